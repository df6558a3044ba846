// Philox4x32-10 against the known answers that its authors publish with Random123.
import { expect, test } from "vitest";
import { philox4x32 } from "../src/index.ts";

const F = 0xffffffff;

test.each<[counter: number[], key: number[], block: string]>([
  [[0, 0, 0, 0], [0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
  [[F, F, F, F], [F, F], "408f276d 41c83b0e a20bc7c6 6d5451fd"],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    "d16cfe09 94fdcceb 5001e420 24126ea1",
  ],
])(
  "counter %s under key %s gives the published block",
  ([c0 = 0, c1 = 0, c2 = 0, c3 = 0], [k0 = 0, k1 = 0], block) => {
    const out = new Uint32Array(4);
    philox4x32(c0, c1, c2, c3, k0, k1, out);
    expect([...out].map((word) => word.toString(16).padStart(8, "0")).join(" ")).toBe(block);
  },
);
