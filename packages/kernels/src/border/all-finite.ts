// allFinite at the border: one operand of any rank, nothing written.
import type { Backend } from "../backend.ts";
import type { Tensor } from "../tensor.ts";
import { judgeFloats } from "./operands.ts";

export function allFinite(backend: Backend, x: Tensor): boolean {
  judgeFloats("allFinite", "x", x);
  return backend.allFinite(x);
}
