// Everything a report shows, as plain data: what `collect` makes and `reportHtml` draws.
import type { ClassFigures, ConfusionCell } from "../../evaluate/class-figures.ts";
import type { EpochRecord } from "../../training-state.ts";

/** What one epoch took: from a clock, and so no part of a run's reproducible record. */
export interface EpochTiming {
  /** From 1. */
  readonly epoch: number;
  readonly seconds: number;
  readonly samplesPerSecond: number;
}

/** Names and values, as text, in the order shown. */
export type Facts = readonly (readonly [name: string, value: string])[];

/** The figures at the head of a report. Accuracies are shares from 0 to 1, losses means over rows. */
export interface Figures {
  readonly testAccuracy: number;
  readonly testLoss: number;
  readonly testRows: number;
  readonly trainRows: number;
  readonly validationRows?: number | undefined;
  readonly trainAccuracy?: number | undefined;
  readonly trainLoss?: number | undefined;
  readonly seconds: number;
  readonly samplesPerSecond: number;
  readonly workers: number;
  readonly backend: string;
  /** Of the weights, 64 hexadecimal digits. */
  readonly sha256: string;
  /** The last epoch that was trained. */
  readonly epochs: number;
  /** Why there were no more, when more had been asked for. */
  readonly endedEarly?: string | undefined;
  /** The epoch whose weights these are, where a validation set chose it. */
  readonly bestEpoch?: number | undefined;
  /** Width of every layer, the input's first. */
  readonly layers: readonly number[];
  readonly parameters: number;
}

/** An image as a PNG file. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly png: Uint8Array;
}

/** A test row that was taken for another class. */
export interface Mistake {
  /** From 0. */
  readonly row: number;
  readonly label: number;
  readonly predicted: number;
  /** Probability of the predicted class. */
  readonly confidence: number;
  /** Probability of the class it is of. */
  readonly labelProbability: number;
  readonly picture?: Picture;
  /** In the units of the data, before any standardization; one for each of `Mistakes.columns`. */
  readonly values?: readonly number[];
}

export interface Mistakes {
  readonly total: number;
  /** The most confident first. */
  readonly shown: readonly Mistake[];
  /** Names of the columns of `values`. */
  readonly columns: readonly string[];
  /** Columns that the data have beyond those. */
  readonly moreColumns: number;
}

/** What the first layer looks for: the weights into each hidden unit, as a picture. */
export interface FirstLayer {
  readonly units: readonly Picture[];
  readonly totalUnits: number;
  /** Weights of this size and more have full colour, in every picture. */
  readonly limit: number;
}

/** counts[i] values from `from` + i·w on, w = (to − from) / counts.length. */
export interface Histogram {
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
  readonly values: number;
  readonly mean: number;
  readonly deviation: number;
  /** Share of values that are exactly 0. */
  readonly zeros: number;
}

/** How the values of one parameter are distributed, and those of its gradient. */
export interface Distribution {
  /** Such as W1. */
  readonly parameter: string;
  readonly shape: readonly number[];
  readonly weights: Histogram;
  readonly gradients: Histogram;
}

export interface Distributions {
  readonly shown: readonly Distribution[];
  readonly totalParameters: number;
  /** Training rows that the gradients are of. */
  readonly rows: number;
}

/** One run, ready to be drawn. */
export interface Report {
  readonly title: string;
  readonly figures: Figures;
  /** The epochs that were judged. */
  readonly history: readonly EpochRecord[];
  readonly timings: readonly EpochTiming[];
  /** One for each class. */
  readonly classNames: readonly string[];
  /** The pairs that occur, in the order of label and predicted. */
  readonly confusion: readonly ConfusionCell[];
  /** One for each class. */
  readonly perClass: readonly ClassFigures[];
  readonly mistakes: Mistakes;
  /** Only for image data. */
  readonly firstLayer?: FirstLayer | undefined;
  readonly distributions: Distributions;
  readonly data: Facts;
  readonly configuration: Facts;
  readonly machine: Facts;
}
