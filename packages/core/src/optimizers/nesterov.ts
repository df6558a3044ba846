// Nesterov: momentum that looks ahead to where it is rolling.
import { Momentum, type MomentumOptions } from "./momentum.ts";

/** As for Momentum. */
export type NesterovOptions = MomentumOptions;

/**
 * v ← α·v + ∂L/∂W; W ← W − η·(∂L/∂W + α·v), the definition of PyTorch's `SGD(momentum=α, nesterov=True)`.
 * Source: Nesterov 1983, in the form of Sutskever et al. 2013, section 2. The book's code has the same walk with η in v.
 */
export class Nesterov extends Momentum {
  override readonly name: string = "nesterov";
  protected override readonly nesterov: boolean = true;
}
