// One worker's share of the packing: copies a stretch of the gradients to where the records of the buckets want it.
import { viewOf } from "../place.ts";
import type { RunPlan } from "../run-plan.ts";
import type { Range } from "../shards.ts";

/** The work of packing the elements from `from` to `to`, whichever buckets they belong to. */
export function packing({ arrays, memory, net, share }: RunPlan, { from, to }: Range): () => void {
  const { exchange } = arrays;
  if (exchange === undefined || share === undefined) return () => {};
  const gradients = viewOf(memory, exchange.gradients).data;
  const Float = net.dtype === "float32" ? Float32Array : Float64Array;
  const pieces = exchange.buckets.flatMap(({ from: first, slice, records }) => {
    if (records === undefined) return [];
    const sent = viewOf(memory, records.sent).data;
    return Array.from({ length: share.place.size }, (_, rank) => {
      const zero = first + rank * slice;
      const [start, end] = [Math.max(from, zero), Math.min(to, zero + slice)];
      const source = gradients.subarray(start, Math.max(start, end));
      const record = new Float(sent.buffer as ArrayBuffer, sent.byteOffset + rank * records.bytes, slice);
      return { source, target: record.subarray(Math.max(0, start - zero)) };
    }).filter(({ source }) => source.length > 0);
  });
  return () => {
    for (const { source, target } of pieces) target.set(source);
  };
}
