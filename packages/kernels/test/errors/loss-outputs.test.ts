// The outputs of softmaxCrossEntropy that share a byte with another operand are refused, each pair by name.
import ndarray from "ndarray";
import { expect, test } from "vitest";
import { AliasError, createKernels, type IntegerTensor, type Tensor } from "../../src/index.ts";

const kernels = createKernels({ backend: "reference" });
const [N, C] = [2, 3];
/** Room for all operands, and two apart from each other in it. */
const memory = new ArrayBuffer(256);
const PLACES = { x: 0, t: 32, y: 64, losses: 96, dx: 128 };
type Name = keyof typeof PLACES;

/** The call with all operands at their places, or at others. */
function run(moved: Partial<Record<Name, number>>): void {
  const place = { ...PLACES, ...moved };
  const matrix = (at: number): Tensor => ndarray(new Float32Array(memory, at, N * C), [N, C]);
  const t: IntegerTensor = ndarray(new Int32Array(memory, place.t, N).fill(0), [N]);
  const losses: Tensor = ndarray(new Float32Array(memory, place.losses, N), [N]);
  kernels.softmaxCrossEntropy(matrix(place.x), t, { y: matrix(place.y), losses, dx: matrix(place.dx) });
}

const BYTES = { x: 24, t: 8, y: 24, losses: 8, dx: 24 };
const PAIRS: readonly (readonly [Name, Name])[] = [
  ["y", "x"],
  ["y", "t"],
  ["losses", "x"],
  ["losses", "t"],
  ["losses", "y"],
  ["dx", "x"],
  ["dx", "t"],
  ["dx", "y"],
  ["dx", "losses"],
];

test.each(PAIRS)("%s on the first or the last bytes of %s is refused, and beside it not", (out, other) => {
  const message = `softmaxCrossEntropy: ${out} shares memory with ${other}`;
  const at = 192; // where nothing else is
  const [before, after] = [at - BYTES[out], at + BYTES[other]];
  for (const meeting of [before + 4, at, after - 4]) {
    expect(() => run({ [other]: at, [out]: meeting })).toThrow(AliasError);
    expect(() => run({ [other]: at, [out]: meeting })).toThrow(message);
  }
  run({ [other]: at, [out]: before });
  run({ [other]: at, [out]: after });
});

test("outputs in the gaps of another operand's array are apart from it", () => {
  const data = new Float32Array(12);
  const x: Tensor = ndarray(data, [2, 3], [6, 2], 0); // every second element
  const y: Tensor = ndarray(data, [2, 3], [6, 2], 1);
  kernels.softmaxCrossEntropy(x, ndarray(Int32Array.of(0, 1)), { y });
  expect([...data].filter((_, i) => i % 2 === 0)).toEqual([0, 0, 0, 0, 0, 0]);
});
