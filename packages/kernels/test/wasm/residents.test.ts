// What is remembered of typed arrays: nobody from another memory passes for one of this, and nobody of a memory that grew.
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import { ShapeError } from "../../src/errors.ts";
import { Arena } from "../../src/memory.ts";
import { createKernels } from "../../src/select.ts";
import { engine, type LinearMemory } from "../../src/wasm/engine.ts";
import { Residents } from "../../src/wasm/residents.ts";

const LINE = 64;

interface Growing extends LinearMemory {
  grow(pages: number): number;
}

describe("residents of a memory", () => {
  test("an array at the address of one that is known, but in another memory, is no resident", () => {
    const [here, elsewhere] = [new ArrayBuffer(8 * LINE), new ArrayBuffer(8 * LINE)];
    const residents = new Residents(here);
    expect(residents.has(new Float32Array(here, 2 * LINE, 4))).toBe(true);
    expect(residents.has(new Float32Array(elsewhere, 2 * LINE, 4))).toBe(false);
  });

  test("more arrays than are remembered, of two memories by turns, are all told apart, again and again", () => {
    const [here, elsewhere] = [new ArrayBuffer(2000 * LINE), new ArrayBuffer(2000 * LINE)];
    const residents = new Residents(here);
    const inside = Array.from({ length: 2000 }, (_, i) => new Uint8Array(here, i * LINE, 4));
    const outside = Array.from({ length: 2000 }, (_, i) => new Uint8Array(elsewhere, i * LINE, 4));
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < inside.length; i++) {
        expect([residents.has(inside[i]), residents.has(inside[i]), residents.has(outside[i])]).toEqual([
          true,
          true,
          false,
        ]);
      }
    }
  });
});

describe.each(["wasm", "wasm-relaxed"] as const)("on %s", (backend) => {
  test("a tensor whose data is exchanged for an array elsewhere is computed with what it holds then", () => {
    const arena = Arena.create({ byteLength: 4 * 1024 * 1024 });
    const kernels = createKernels({ backend, arena });
    const [a, b, out] = [1, 2, 3].map(() => arena.allocate("float32", [2, 2]));
    a.data.set([1, 2, 3, 4]);
    b.data.set([1, 0, 0, 1]);
    expect([...kernels.matmul(a, b, out).data]).toEqual([1, 2, 3, 4]);
    // At the same offset in its memory as the array before.
    const other = new Float32Array(new ArrayBuffer(a.data.byteOffset + 16), a.data.byteOffset, 4);
    a.data = other.fill(7);
    expect([...kernels.matmul(a, b, out).data]).toEqual([7, 7, 7, 7]);
  });

  test("arrays of a memory that grew, so that they hold nothing any more, are refused by name", () => {
    const { Memory } = engine();
    const memory = new Memory({ initial: 100, maximum: 101, shared: false }) as Growing;
    const arena = new Arena(memory);
    const kernels = createKernels({ backend, arena });
    const [a, b, out] = [1, 2, 3].map(() => arena.allocate("float32", [2, 2]));
    kernels.matmul(a, b, out);
    kernels.relu(a, out);
    memory.grow(1);
    expect(() => kernels.matmul(a, b, out)).toThrow(ShapeError);
    expect(() => kernels.matmul(a, b, out)).toThrow("its data has 0 elements: the view leaves its data");
    expect(() => kernels.relu(a, out)).toThrow("its data has 0 elements: the view leaves its data");
    expect(() => kernels.matmul(ndarray(new Float32Array(4), [2, 2]), b, out)).toThrow(ShapeError);
  });
});
