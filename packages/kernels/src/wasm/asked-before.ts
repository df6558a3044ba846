// Calls that were judged lately, by three of their operands: one that comes again is worth remembering.
import type { ByteTensor, IntegerTensor, Tensor } from "../tensor.ts";

type View = Tensor | ByteTensor | IntegerTensor;

/** More than a step of a small net has layers. */
const PLACES = 16;

/**
 * Views that are new every time never come again, and to remember each of their calls would cost more than to judge it. Ask
 * only for views in the arena: they are held, and with others whole arrays would be.
 */
export class AskedBefore {
  /** Three of each call, in places of their own. */
  readonly #asked: (View | undefined)[] = new Array(3 * PLACES).fill(undefined);
  #oldest = 0;

  isAskedAgain(a: View, b: View, c?: View): boolean {
    const asked = this.#asked;
    for (let i = 0; i < 3 * PLACES; i += 3) {
      if (asked[i] === a && asked[i + 1] === b && asked[i + 2] === c) return true;
    }
    const place = this.#oldest;
    asked[place] = a;
    asked[place + 1] = b;
    asked[place + 2] = c;
    this.#oldest = (place + 3) % (3 * PLACES);
    return false;
  }
}
