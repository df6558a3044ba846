// The MNIST that everyone installs is the MNIST that NumPy reads.
import { beforeAll, describe, expect, test } from "vitest";
import { type Dataset, limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";

let data: TrainingData;
beforeAll(async () => {
  data = await loadMnist();
});

function pixelSum({ images }: Dataset): number {
  let sum = 0;
  for (const value of images) sum += value;
  return sum;
}

function perClass({ labels, classes }: Dataset): number[] {
  const counts = Array.from({ length: classes }, () => 0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

describe.each([
  {
    set: "train" as const,
    rows: 60_000,
    sum: 1_567_298_545,
    first: [5, 0, 4, 1, 9, 2, 1, 3, 1, 4],
    counts: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
  },
  {
    set: "test" as const,
    rows: 10_000,
    sum: 264_923_200,
    first: [7, 2, 1, 0, 4, 1, 4, 9, 5, 9],
    counts: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
  },
])("$set", ({ set, rows, sum, first, counts }) => {
  test("has the rows, columns, classes and scale of MNIST", () => {
    expect(data[set]).toMatchObject({ rows, columns: 784, classes: 10, scale: 1 / 255 });
    expect(data[set].images).toHaveLength(rows * 784);
  });

  test("has MNIST's pixels and labels", () => {
    expect(pixelSum(data[set])).toBe(sum);
    expect(Array.from(data[set].labels.subarray(0, 10))).toEqual(first);
    expect(perClass(data[set])).toEqual(counts);
  });
});

test("the first rows of MNIST are views of the same memory", () => {
  const few = limitRows(data.train, 10);
  expect(few).toMatchObject({ rows: 10, columns: 784, classes: 10 });
  expect(few.images).toHaveLength(7840);
  expect(few.images.buffer).toBe(data.train.images.buffer);
  expect(data.name).toBe("MNIST");
});
