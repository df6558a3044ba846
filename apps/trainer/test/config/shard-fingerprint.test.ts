// The fingerprint of data in shards: one for any number of processes, and another for other rows, wherever they are.
import { expect, test } from "vitest";
import { dataFingerprint } from "../../src/config/run-identity.ts";
import { dataOutline, runFingerprint } from "../../src/config/shard-fingerprint.ts";
import { loadData } from "../../src/data/load-data.ts";
import { loadPart } from "../../src/data/part/load-part.ts";
import { ownRowsOf } from "../../src/parallel/ranks/own-rows.ts";
import { rowsOf } from "../../src/parallel/shards.ts";
import { folderOf, learnableFiles, TEST_IMAGES, TRAIN_IMAGES, TRAIN_LABELS } from "../support/data-folder.ts";

const READING = { validation: 0.1, seed: 3 };
const options = { shards: 8, batchSize: 40, limit: 350 };

/** As the ranks of a job find it, each from its own rows; one hash a shard is all that they tell each other. */
async function sharedBy(size: number, path: string): Promise<string> {
  const told: string[] = [];
  let found = "";
  // The last rank hears of all others; the first runs of the others hear only of those before.
  for (let rank = 0; rank < size; rank++) {
    const data = await loadPart(path, READING, ownRowsOf(options.limit, { rank, size }, rank === 0));
    found = await runFingerprint(data, options, rowsOf(8, size, rank), (own) => {
      told.push(...own);
      return told;
    });
  }
  expect(told).toHaveLength(8);
  return found;
}

test("1, 2, 4 and 8 ranks find the fingerprint of one process that has all rows", async () => {
  const path = folderOf(learnableFiles(403));
  const whole = await runFingerprint(await loadData(path, READING), options);
  for (const size of [1, 2, 4, 8]) expect(await sharedBy(size, path), `${size} ranks`).toBe(whole);
});

test("without shards it is that of the data alone", async () => {
  const data = await loadData(folderOf(learnableFiles(60)));
  expect(await runFingerprint(data, {})).toBe(await dataFingerprint(data));
});

test.each([
  ["the last pixel of the training rows", TRAIN_IMAGES],
  ["the last label", TRAIN_LABELS],
  ["the last pixel of the test rows", TEST_IMAGES],
])("%s changes it", async (_, name) => {
  const files = learnableFiles(403);
  const bytes = files[name]?.slice() ?? new Uint8Array();
  const last = bytes.length - 1;
  bytes[last] = bytes[last] === 1 ? 0 : 1;
  const [before, after] = [
    await loadData(folderOf(files)),
    await loadData(folderOf({ ...files, [name]: bytes })),
  ];
  const all = { shards: 8 };
  expect(await runFingerprint(after, all)).not.toBe(await runFingerprint(before, all));
});

test("what all ranks know of the data is the same for each, and for one that has read them whole", async () => {
  const path = folderOf(learnableFiles(403));
  const outline = dataOutline(await loadData(path, READING));
  for (const rank of [0, 1, 3]) {
    const part = await loadPart(path, READING, ownRowsOf(undefined, { rank, size: 4 }, rank === 0));
    expect(dataOutline(part)).toBe(outline);
  }
});

test("a label, a size or a row that all look at changes what all know", async () => {
  const files = learnableFiles(403);
  const outlineOf = async (changed: Record<string, Uint8Array>): Promise<string> =>
    dataOutline(await loadPart(folderOf(changed), {}, ownRowsOf(undefined, { rank: 3, size: 4 }, false)));
  const spoilt = files[TRAIN_IMAGES]?.slice() ?? new Uint8Array();
  spoilt[16] = 1 - (spoilt[16] ?? 0);
  const outlines = [
    await outlineOf(files),
    await outlineOf({ ...files, [TRAIN_IMAGES]: spoilt }),
    await outlineOf({
      ...files,
      [TRAIN_LABELS]: Uint8Array.from(files[TRAIN_LABELS] ?? [], (byte, i) =>
        i === 9 ? (byte + 1) % 3 : byte,
      ),
    }),
    await outlineOf(learnableFiles(404)),
  ];
  expect(new Set(outlines).size).toBe(outlines.length);
});
