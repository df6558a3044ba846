// Which classes are taken for which, and the figures of each class that follow from it.

/** How many test rows of class `label` were taken for class `predicted`; at least 1. */
export interface ConfusionCell {
  readonly label: number;
  readonly predicted: number;
  readonly rows: number;
}

/** A share is undefined where it would be 0/0. */
export interface ClassFigures {
  /** Of the rows taken for this class, the share that is of it. */
  readonly precision: number | undefined;
  /** Of the rows of this class, the share that was taken for it. */
  readonly recall: number | undefined;
  /** Harmonic mean of the two. */
  readonly f1: number | undefined;
  /** Test rows of this class. */
  readonly support: number;
}

/** The pairs of label and predicted class that occur, counted, in their order. Room for as many as there are rows. */
export function confusionOf(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): ConfusionCell[] {
  const rows = new Map<number, number>();
  for (let i = 0; i < labels.length; i++) {
    const pair = labels[i] * classes + predicted[i];
    rows.set(pair, (rows.get(pair) ?? 0) + 1);
  }
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([pair, count]) => ({ label: Math.floor(pair / classes), predicted: pair % classes, rows: count }));
}

/** Precision, recall and F1 = 2·TP / (2·TP + FP + FN), each undefined where it would be 0/0. */
export function classFigures(confusion: readonly ConfusionCell[], classes: number): ClassFigures[] {
  const right = new Float64Array(classes);
  const support = new Float64Array(classes);
  const taken = new Float64Array(classes);
  for (const { label, predicted, rows } of confusion) {
    support[label] += rows;
    taken[predicted] += rows;
    if (label === predicted) right[label] += rows;
  }
  return Array.from({ length: classes }, (_, k) => ({
    precision: share(right[k], taken[k]),
    recall: share(right[k], support[k]),
    f1: share(2 * right[k], support[k] + taken[k]),
    support: support[k],
  }));
}

function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}
