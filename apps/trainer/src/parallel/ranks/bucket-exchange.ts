// One bucket's way between ranks: what each has of it goes to the ranks that sum it, and the sums come back to all.
//
//   sent ──alltoall──► received: my slice from every rank ──tree──► its sum ──allgather──► gradients: all slices
//
// 2·(P−1)/P of the bucket's bytes per rank, as in a ring; the order of the sum is the tree's, whatever P.
import type { Pending, World } from "@gradloom/collective";
import { type Kernels, ndarray, type Tensor } from "@gradloom/kernels";
import { viewOf } from "../place.ts";
import type { RunPlan } from "../run-plan.ts";
import { type Bucket, WORD_BYTES } from "./exchange-layout.ts";
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

export class BucketExchange {
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
  /** This rank's slice of the bucket, from every rank. */
  readonly #slices: readonly Tensor[];

  constructor({ arrays, memory, net }: RunPlan, { from, slice, records }: Bucket, at: At) {
    const { exchange } = arrays;
    if (exchange === undefined || records === undefined) {
      throw new RangeError("a run of one rank has nothing to exchange");
    }
    this.#world = at.world;
    this.#kernels = at.kernels;
    const { size } = at.world;
    const sent = viewOf(memory, records.sent).data;
    const received = viewOf(memory, records.received).data;
    const gradients = viewOf(memory, exchange.gradients).data.subarray(from, from + slice * size);
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

  /** Begins to send this rank's gradients, packed before, to those that sum them. */
  scatter({ loss, wish, iteration }: Said): Pending {
    for (const words of this.#words.sent) words.set([loss, wish, iteration]);
    return this.#world.startAlltoall(this.#bytes.sent, this.#bytes.received);
  }

  /** When that has come to its end: sums this rank's slice, and begins to give it to all. */
  gather(iteration: number): Pending {
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
    return this.#world.startAllgather(this.#bytes.mine, this.#bytes.gradients);
  }

  /** What all ranks together have said with this bucket: the sum of their losses, and every wish. */
  heard(): Omit<Said, "iteration"> {
    const all = this.#words.received;
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

interface At {
  readonly world: World;
  readonly kernels: Kernels;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** The bytes of a view, on memory that collectives take as it is. */
function asBytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Bytes {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}
