// Where a BLAS usually is: names for the system's own search, and folders that the search leaves out.
// OpenBLAS, MKL, BLIS, Apple's Accelerate, then whatever a system calls its BLAS.

// Fedora's libopenblas.so.0 is built without locks for several threads, libopenblasp.so.0 with them.
const LINUX = [
  "libopenblasp.so.0",
  "libopenblas.so.0",
  "libopenblas.so",
  "libmkl_rt.so.2",
  "libmkl_rt.so.3",
  "libmkl_rt.so.1",
  "libmkl_rt.so",
  "/opt/intel/oneapi/mkl/latest/lib/libmkl_rt.so.2",
  "/opt/intel/oneapi/mkl/latest/lib/libmkl_rt.so.3",
  "/opt/intel/oneapi/mkl/latest/lib/intel64/libmkl_rt.so.2",
  "libblis.so.4",
  "libblis.so.3",
  "libblis.so",
  "libcblas.so.3",
  "libblas.so.3",
];

const MACOS = [
  "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
  "/usr/local/opt/openblas/lib/libopenblas.dylib",
  "/opt/local/lib/libopenblas.dylib",
  "libopenblas.dylib",
  "/opt/intel/oneapi/mkl/latest/lib/libmkl_rt.2.dylib",
  "/opt/homebrew/opt/blis/lib/libblis.dylib",
  "/usr/local/opt/blis/lib/libblis.dylib",
  "/System/Library/Frameworks/Accelerate.framework/Accelerate",
];

const WINDOWS = [
  "libopenblas.dll",
  "openblas.dll",
  "mkl_rt.2.dll",
  "mkl_rt.3.dll",
  "mkl_rt.dll",
  "libblis.dll",
];

/** What to try on a platform, in this order. */
export function usualNames(platform: string): readonly string[] {
  if (platform === "darwin") return MACOS;
  return platform === "win32" ? WINDOWS : LINUX;
}

/** What to install where none is found. */
export function howToInstall(platform: string): string {
  if (platform === "darwin") return "brew install openblas";
  if (platform === "win32") return "OpenBLAS for Windows, with the folder of libopenblas.dll in PATH";
  return "apt-get install libopenblas0-pthread (Debian, Ubuntu), dnf install openblas-threads (Fedora, RHEL)";
}
