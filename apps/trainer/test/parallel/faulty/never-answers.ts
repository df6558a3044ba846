// A worker that starts and then does nothing, for ever.
export default function faulty(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
