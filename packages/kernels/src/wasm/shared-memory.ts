// The module for shared memory, made from the one for unshared memory: they differ in what they say of their one import.

/** Flags of a memory's limits (WebAssembly core 5.3.8, with threads): no maximum; a maximum, and shared. */
const UNSHARED = 0;
const SHARED = 3;
/** 65536 pages, all that 32-bit addresses reach, as an unsigned LEB128: any shared memory fits under this maximum. */
const MOST_PAGES = [0x80, 0x80, 0x04];
const IMPORTS = 2;
/** Magic number and version. */
const HEADER = 8;

/**
 * A copy of a module whose only import is an unshared memory of 0 pages or more, which imports a shared one instead.
 * An engine links a module only to the kind of memory that it names.
 * @throws RangeError for a module whose imports are anything else.
 */
export function importingSharedMemory(module: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let at = HEADER;
  while (module[at] !== IMPORTS && at < module.length) at += sectionBytes(module, at);
  // Section number, its length in one byte, the number of imports, their names; at the end kind, flags and least pages.
  const end = at + 2 + module[at + 1];
  const isOurs = module[at + 1] < 128 - MOST_PAGES.length && module[at + 2] === 1;
  if (!isOurs || module[end - 3] !== IMPORTS || module[end - 2] !== UNSHARED || module[end - 1] !== 0) {
    throw new RangeError("The module's only import must be an unshared memory of 0 pages or more.");
  }
  const shared = new Uint8Array(module.length + MOST_PAGES.length);
  shared.set(module.subarray(0, end));
  shared[at + 1] += MOST_PAGES.length;
  shared[end - 2] = SHARED;
  shared.set(MOST_PAGES, end);
  shared.set(module.subarray(end), end + MOST_PAGES.length);
  return shared;
}

/** Bytes of the section at `at`: its number, its length as an unsigned LEB128, and that many bytes. */
function sectionBytes(module: Uint8Array, at: number): number {
  let length = 0;
  let next = at + 1;
  for (let shift = 0; ; shift += 7) {
    const byte = module[next++];
    length |= (byte & 127) << shift;
    if (byte < 128) return next - at + length;
  }
}
