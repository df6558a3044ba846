// The SHA-256 of strict-results.mjs on the reference backend; every strict engine must give it.
export const STRICT_SHA256 = "5dae477d55902b04d2f4efcf445c37e778b1841abb64fc018f2bbad9c0ab6a9f";
