// The weights into each unit of the first layer, as pictures of the size of the samples.
import type { Tensor } from "@gradloom/core";
import { divergingPicture } from "../pictures/diverging.ts";
import type { FirstLayer } from "../report.ts";
import type { Size } from "./image-size.ts";

const MOST_UNITS = 64;
/** Few weights are much larger than the others: full colour for them would leave the rest pale. */
const FULL_COLOUR_FROM = 0.995;

/** W (D, units); the units shown are the first ones, all on one scale. */
export function firstLayer(W: Tensor, size: Size): FirstLayer {
  const [inputs = 0, totalUnits = 0] = W.shape;
  const planes = Array.from({ length: Math.min(totalUnits, MOST_UNITS) }, (_, unit) =>
    Float64Array.from({ length: inputs }, (_, i) => W.get(i, unit)),
  );
  const limit = limitOf(planes);
  return { units: planes.map((data) => divergingPicture({ ...size, data }, limit)), totalUnits, limit };
}

/** The size that all but the largest 0.5 % of the weights stay below; the largest where that is 0. */
function limitOf(planes: readonly Float64Array[]): number {
  const sizes = Float64Array.from(planes.flatMap((plane) => [...plane.map(Math.abs)])).sort();
  const at = Math.min(sizes.length - 1, Math.floor(sizes.length * FULL_COLOUR_FROM));
  return sizes[at] > 0 ? sizes[at] : sizes[sizes.length - 1];
}
