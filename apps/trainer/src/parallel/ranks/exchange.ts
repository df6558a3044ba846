// A step's exchange between ranks, made by one worker of each: the gradients' sum over all ranks, and what each has to
// say, in two collectives.
//
//   sent ──alltoall──► received: my slice from every rank ──tree──► its sum ──allgather──► gradients: all slices
//
// 2·(P−1)/P of the vector's bytes per rank, as in a ring; the order of the sum is the tree's, whatever P.
import { openWorld, type World } from "@gradloom/collective";
import type { Kernels, Tensor } from "@gradloom/kernels";
import ndarray from "ndarray";
import { viewOf } from "../place.ts";
import type { RunPlan } from "../run-plan.ts";
import type { Range } from "../shards.ts";
import { WORD_BYTES } from "./exchange-layout.ts";
import { Heartbeat } from "./heartbeat.ts";
import type { RanksAddress } from "./ranks.ts";
import { sumInTree, treeSum } from "./tree.ts";

/** What a rank says with its part of a step's gradients. */
export interface Said {
  /** Σ of the sample losses of its rows. */
  readonly loss: number;
  /** Its wish to stop, as bits. */
  readonly wish: number;
  /** Which step this is: ranks that are not at the same one have gone separate ways. */
  readonly iteration: number;
}

/** The world as workers see it, watched. */
export function worldOf({ world, heartbeat }: RanksAddress): World {
  return new Heartbeat(heartbeat).watch(openWorld(world));
}

export class Exchange {
  readonly #world: World;
  readonly #kernels: Kernels;
  readonly #bytes: {
    readonly sent: Bytes;
    readonly received: Bytes;
    readonly gradients: Bytes;
    readonly mine: Bytes;
  };
  /** Each rank's words, as sent and as received. */
  readonly #words: { readonly sent: Float64Array[]; readonly received: Float64Array[] };
  /** This rank's slice of the gradients, from every rank. */
  readonly #slices: readonly Tensor[];

  constructor(plan: RunPlan, kernels: Kernels) {
    const { ranks, arrays, memory, net } = plan;
    const { exchange } = arrays;
    if (ranks === undefined || exchange?.records === undefined) {
      throw new RangeError("a run of one rank has nothing to exchange");
    }
    this.#world = worldOf(ranks);
    this.#kernels = kernels;
    const { size } = this.#world;
    const { slice, records } = exchange;
    const sent = viewOf(memory, records.sent).data;
    const received = viewOf(memory, records.received).data;
    const gradients = viewOf(memory, exchange.gradients).data;
    const sliceBytes = records.bytes - WORD_BYTES;
    const wordsOf = (all: Uint8Array): Float64Array[] =>
      Array.from({ length: size }, (_, rank) => {
        const offset = all.byteOffset + rank * records.bytes + sliceBytes;
        return new Float64Array(all.buffer, offset, WORD_BYTES / Float64Array.BYTES_PER_ELEMENT);
      });
    this.#words = { sent: wordsOf(sent), received: wordsOf(received) };
    const Float = net.dtype === "float32" ? Float32Array : Float64Array;
    this.#slices = Array.from({ length: size }, (_, rank) =>
      ndarray(new Float(received.buffer as ArrayBuffer, received.byteOffset + rank * records.bytes, slice)),
    );
    this.#bytes = {
      sent: asBytes(sent),
      received: asBytes(received),
      gradients: asBytes(gradients),
      mine: asBytes(received.subarray(0, sliceBytes)),
    };
  }

  /**
   * Replaces this rank's gradients, packed before, by the sum of all ranks'.
   * @returns what all ranks together say: the sum of their losses, and every wish.
   */
  run({ loss, wish, iteration }: Said): Omit<Said, "iteration"> {
    for (const words of this.#words.sent) words.set([loss, wish, iteration]);
    const { sent, received, mine, gradients } = this.#bytes;
    this.#world.alltoall(sent, received);
    const all = this.#words.received;
    const astray = all.findIndex((words) => words[2] !== iteration);
    if (astray >= 0) {
      throw new Error(
        `rank ${astray} is at step ${all[astray]?.[2]} of the run, and rank ${this.#world.rank} at ${iteration}`,
      );
    }
    // Places in the tree would be copies here: all slices are there, so each pair is added where it lies.
    const at: number[] = [];
    sumInTree(
      all.length,
      (rank, place) => {
        at[place] = rank;
      },
      (from, to) => this.#add(at[from] ?? 0, at[to] ?? 0),
    );
    this.#world.allgather(mine, gradients);
    return {
      loss: treeSum(all.map((words) => words[0] ?? Number.NaN)),
      wish: all.reduce((bits, words) => bits | (words[1] ?? 0), 0),
    };
  }

  #add(from: number, to: number): void {
    const [source, target] = [this.#slices[from], this.#slices[to]];
    if (source !== undefined && target !== undefined) this.#kernels.axpy(1, source, target);
  }
}

/** One worker's share of the packing: copies its stretch of the gradients to where the records want it. */
export function packing({ arrays, memory, net }: RunPlan, { from, to }: Range): () => void {
  const { exchange } = arrays;
  if (exchange?.records === undefined) return () => {};
  const { slice, records } = exchange;
  const gradients = viewOf(memory, exchange.gradients).data;
  const sent = viewOf(memory, records.sent).data;
  const Float = net.dtype === "float32" ? Float32Array : Float64Array;
  const pieces = Array.from({ length: gradients.length / slice }, (_, rank) => {
    const [start, end] = [Math.max(from, rank * slice), Math.min(to, (rank + 1) * slice)];
    const source = gradients.subarray(start, Math.max(start, end));
    const record = new Float(sent.buffer as ArrayBuffer, sent.byteOffset + rank * records.bytes, slice);
    return { source, target: record.subarray(start - rank * slice) };
  }).filter(({ source }) => source.length > 0);
  return () => {
    for (const { source, target } of pieces) target.set(source);
  };
}

type Bytes = Uint8Array<ArrayBuffer>;

/** The bytes of a view, on memory that collectives take as it is. */
function asBytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Bytes {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}
