// What one rank holds for a whole run: its kernels, its net over the shared parameters, and views on the shared arrays.
import {
  Affine,
  type Input,
  type MultiLayerNet,
  type Optimizer,
  type ParameterLayout,
  windows,
} from "@gradloom/core";
import {
  Arena,
  createKernels,
  type GatherOptions,
  type IntegerTensor,
  type Kernels,
  type Tensor,
} from "@gradloom/kernels";
import { ownParameters } from "./cuts.ts";
import { netLayout, type SamplePlaces } from "./memory-layout.ts";
import { netOver } from "./net.ts";
import { optimizerOf } from "./optimizer.ts";
import { PhaseClock } from "./phase-clock.ts";
import { PiecedProducts } from "./pieced-products.ts";
import { viewOf } from "./place.ts";
import { inputOf, type RunPlan } from "./run-plan.ts";
import type { ParameterSlice } from "./shards.ts";

/** One set of samples as a rank sees it. */
export interface Samples {
  readonly images: Input;
  /** Of the rows that `images` has, from the first of them on. */
  readonly labels: IntegerTensor<Int32Array>;
  /** Of all rows of the run, whose numbers count from `firstRow` on in `images`. */
  readonly allLabels: IntegerTensor<Int32Array>;
  readonly firstRow: number;
  /** How rows are gathered into a minibatch: scaled, but where they stay bytes. */
  readonly scale: GatherOptions;
}

export interface RankState {
  readonly rank: number;
  readonly worldSize: number;
  /** Whether the step is cut the same way for any number of workers. */
  readonly fixedCuts: boolean;
  /** How many pieces it is cut into then, at most. */
  readonly pieces: number;
  readonly kernels: Kernels;
  /** The net's kernels, where the cuts are fixed. */
  readonly products: PiecedProducts | undefined;
  readonly net: MultiLayerNet;
  readonly affines: readonly Affine[];
  /** Where each Affine stands among the net's layers. */
  readonly affineLayers: readonly number[];
  readonly optimizer: Optimizer;
  readonly layout: ParameterLayout;
  /** Its part of the parameters, as long as the cuts are even or fixed. */
  readonly slice: ParameterSlice;
  readonly train: Samples;
  readonly validation: Samples | undefined;
  readonly test: Samples;
  readonly order: IntegerTensor<Int32Array>;
  readonly parameters: Tensor;
  readonly gradients: Tensor;
  /** What the optimizer keeps. */
  readonly optimizerState: readonly Tensor[];
  /** Windows on the flat gradient vector: W1, b1, W2, b2. */
  readonly grads: Readonly<Record<string, Tensor>>;
  readonly x: Input;
  readonly t: IntegerTensor<Int32Array>;
  readonly out: readonly Tensor[];
  readonly dout: readonly Tensor[];
  readonly y: Tensor;
  readonly losses: Tensor;
  /** Measures the phases of a step, when the run is profiled. */
  readonly clock: PhaseClock | undefined;
  /** Where evaluation puts each row's class and loss. */
  readonly evaluated: { readonly predicted: IntegerTensor<Int32Array>; readonly losses: Tensor };
}

export function rankState(plan: RunPlan, rank: number): RankState {
  const { memory, arrays, splits, net: description } = plan;
  const kernels = createKernels({ backend: plan.backend, arena: new Arena(memory, plan.scratch[rank]) });
  const parameters = viewOf(memory, arrays.parameters);
  const gradients = viewOf(memory, arrays.gradients);
  const products = plan.fixedCuts ? new PiecedProducts(kernels) : undefined;
  const net = netOver(parameters, description, {
    kernels: products?.kernels ?? kernels,
    sparseInput: plan.sparseInput,
    ...(plan.byteScale !== undefined && { byteScale: plan.byteScale }),
  });
  const affineLayers = net.layers.flatMap((layer, index) => (layer instanceof Affine ? [index] : []));
  const parameterLayout = netLayout(description.sizes);
  if (rank >= plan.workers) throw new RangeError(`rank ${rank} is outside a world of ${plan.workers}`);
  const cutter = { rank, worldSize: plan.workers, fixedCuts: plan.fixedCuts, pieces: plan.pieces };
  return {
    train: samplesOf(plan, splits.train),
    validation: splits.validation && samplesOf(plan, splits.validation),
    test: samplesOf(plan, splits.test),
    ...cutter,
    kernels,
    products,
    net,
    affines: net.layers.filter((layer) => layer instanceof Affine),
    affineLayers,
    optimizer: optimizerOf(plan.optimizer.name, { ...plan.optimizer, kernels }),
    layout: parameterLayout,
    slice: ownParameters(parameterLayout, affineLayers.length, cutter),
    order: viewOf(memory, arrays.order),
    parameters,
    gradients,
    optimizerState: arrays.state.map((place) => viewOf(memory, place)),
    grads: windows(parameterLayout, gradients),
    x: inputOf(memory, arrays.x),
    t: viewOf(memory, arrays.t),
    out: arrays.out.map((place) => viewOf(memory, place)),
    dout: arrays.dout.map((place) => viewOf(memory, place)),
    y: viewOf(memory, arrays.y),
    losses: viewOf(memory, arrays.losses),
    clock: phaseClock(plan, rank),
    evaluated: {
      predicted: viewOf(memory, arrays.predicted),
      losses: viewOf(memory, arrays.evaluatedLosses),
    },
  };
}

function samplesOf({ memory, byteScale }: RunPlan, places: SamplePlaces): Samples {
  const allLabels = viewOf(memory, places.labels);
  return {
    images: inputOf(memory, places.images),
    labels: allLabels.lo(places.firstRow),
    allLabels,
    firstRow: places.firstRow,
    scale: byteScale === undefined ? { scale: places.scale } : {},
  };
}

function phaseClock({ profile, memory, arrays }: RunPlan, rank: number): PhaseClock | undefined {
  const place = arrays.phases[rank];
  return profile && place !== undefined ? new PhaseClock(viewOf(memory, place).data) : undefined;
}
