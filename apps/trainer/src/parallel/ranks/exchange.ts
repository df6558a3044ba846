// A step's exchange between ranks, made by one worker of each: the gradients' sum over all ranks, and what each has to
// say. Buckets of gradients follow one another while later ones are still being computed:
//
//   computed   bucket 0 │ bucket 1   │ bucket 2                │
//   sent                │ alltoall 0 │ allgather 0, alltoall 1 │ allgather 1, alltoall 2 │ allgather 2
//
// An alltoall begins after the one before it has ended and its sums are on their way. So the order of the collectives is
// one on every rank, as it must be. All of them begun as soon as can be, the allgathers in a communicator of their own,
// was slower: over TCP a receiver's leave to send a large message waits behind those that are on their way.
import { openWorld, type Pending, type World } from "@gradloom/collective";
import type { Kernels } from "@gradloom/kernels";
import type { RunPlan } from "../run-plan.ts";
import { BucketExchange, type Said } from "./bucket-exchange.ts";
import { Heartbeat } from "./heartbeat.ts";
import type { RanksAddress } from "./ranks.ts";

/** The world as workers see it, watched. */
export function worldOf({ world, heartbeat }: RanksAddress): World {
  return new Heartbeat(heartbeat).watch(openWorld(world));
}

export class Exchange {
  readonly #buckets: readonly BucketExchange[];
  #said: Said = { loss: Number.NaN, wish: 0, iteration: 0 };
  /** How many buckets of this step are packed, and how many are summed. */
  #packed = 0;
  #summed = 0;
  /** The alltoall under way, of the first bucket that is not summed. */
  #scattering: Pending | undefined;
  #gathering: Pending[] = [];

  constructor(plan: RunPlan, kernels: Kernels) {
    const { ranks, arrays } = plan;
    if (ranks === undefined) throw new RangeError("a run of one rank has nothing to exchange");
    const at = { world: worldOf(ranks), kernels };
    this.#buckets = (arrays.exchange?.buckets ?? []).map((bucket) => new BucketExchange(plan, bucket, at));
  }

  /** Before a step's first bucket. */
  begin(said: Said): void {
    this.#said = said;
    this.#packed = 0;
    this.#summed = 0;
    this.#gathering = [];
  }

  /** All workers have packed the next bucket. */
  addPacked(): void {
    this.#packed += 1;
    this.moveOn();
  }

  /** Does what can be done without waiting: called again and again between other work, it keeps the bytes moving. */
  moveOn(): void {
    this.#scatterNext();
    while (this.#scattering?.test() === true) this.#sum();
    this.#gathering = this.#gathering.filter((pending) => !pending.test());
  }

  /**
   * When all buckets are packed: waits until this rank's gradients are the sum of all ranks'.
   * @returns what all ranks together say: the sum of their losses, and every wish.
   */
  end(): Omit<Said, "iteration"> {
    this.#scatterNext();
    while (this.#scattering !== undefined) {
      this.#scattering.wait();
      this.#sum();
    }
    for (const pending of this.#gathering) pending.wait();
    const last = this.#buckets.at(-1);
    if (last === undefined || this.#summed < this.#buckets.length)
      throw new RangeError(`only ${this.#packed} of ${this.#buckets.length} buckets have been packed`);
    return last.heard();
  }

  #sum(): void {
    const bucket = this.#buckets[this.#summed];
    if (bucket !== undefined) this.#gathering.push(bucket.gather(this.#said.iteration));
    this.#summed += 1;
    this.#scattering = undefined;
    this.#scatterNext();
  }

  #scatterNext(): void {
    if (this.#scattering !== undefined || this.#summed === this.#packed) return;
    this.#scattering = this.#buckets[this.#summed]?.scatter(this.#said);
  }
}
