// How weights and gradients are distributed: where a net has died or exploded, it shows here first.
import type { MultiLayerNet } from "@gradloom/core";
import ndarray from "ndarray";
import type { Dataset } from "../../../data/dataset.ts";
import { heldPart } from "../../../data/held-rows.ts";
import type { Distributions } from "../report.ts";
import { histogramOf } from "./histogram.ts";
import { samplesOf, spacedRows } from "./samples.ts";

const BATCH = 256;
/** W and b of eight layers. */
const MOST_PARAMETERS = 16;

/** The gradients are those of one batch of training rows, evenly spaced: a file may be sorted by class. */
export function distributionsOf(net: MultiLayerNet, set: Dataset): Distributions {
  // Of a run of several processes, this one's rows.
  const train = heldPart(set);
  const rows = spacedRows(train.rows, BATCH);
  const labels = Int32Array.from(rows, (row) => train.labels[row]);
  const gradients = net.gradient(samplesOf(train, rows, net.dtype), ndarray(labels));
  const all = Object.entries(net.params);
  return {
    shown: all.slice(0, MOST_PARAMETERS).map(([parameter, values]) => ({
      parameter,
      shape: [...values.shape],
      weights: histogramOf(values),
      gradients: histogramOf(gradients[parameter]),
    })),
    totalParameters: all.length,
    rows: rows.length,
  };
}
