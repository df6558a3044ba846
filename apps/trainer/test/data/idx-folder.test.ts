// A folder of four IDX files: either spelling is read, and what is missing or damaged is named with its path.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { loadIdxFolder } from "../../src/data/idx-folder.ts";
import {
  folderOf,
  smallFiles,
  TEST_IMAGES,
  TEST_LABELS,
  TRAIN_IMAGES,
  TRAIN_LABELS,
} from "../support/data-folder.ts";
import { bigEndian, F32, idxBytes, U8 } from "../support/idx-bytes.ts";
import { faultOf } from "../support/thrown.ts";

const refusal = async (files: Readonly<Record<string, Uint8Array>>) =>
  faultOf(await loadIdxFolder(folderOf(files)).catch((error: unknown) => error));
const without = (name: string) =>
  Object.fromEntries(Object.entries(smallFiles()).filter(([key]) => key !== name));

test("both sets are read, with the training set's classes for both", async () => {
  const folder = folderOf(smallFiles());
  const { train, test: held, name } = await loadIdxFolder(folder);
  expect(name).toBe(folder);
  expect(train).toMatchObject({ rows: 4, columns: 4, classes: 3 });
  expect(held).toMatchObject({ rows: 2, columns: 4, classes: 3 });
  expect(Array.from(train.images.subarray(0, 5))).toEqual([0, 10, 20, 30, 40]);
  expect(Array.from(held.labels)).toEqual([1, 2]);
});

test("the spelling with a dot is read as well", async () => {
  const dotted = Object.entries(smallFiles()).map(([name, bytes]) => [name.replace("-idx", ".idx"), bytes]);
  expect((await loadIdxFolder(folderOf(Object.fromEntries(dotted)))).train.rows).toBe(4);
});

test("classes that are given hold for both sets", async () => {
  const { train, test: held } = await loadIdxFolder(folderOf(smallFiles()), { classes: 5 });
  expect([train.classes, held.classes]).toEqual([5, 5]);
});

test("float values are read whatever the file name says", async () => {
  const values = bigEndian(F32, [0, 0.25, 0.5, 1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0]);
  const files = { ...smallFiles(), [TRAIN_IMAGES]: idxBytes(F32, [4, 4], values) };
  expect((await loadIdxFolder(folderOf(files))).train).toMatchObject({ columns: 4, scale: 1 });
});

test("a missing folder is named", async () => {
  const folder = join(folderOf({}), "nowhere");
  const fault = faultOf(await loadIdxFolder(folder).catch((error: unknown) => error));
  expect(fault).toMatchObject({ file: folder, found: "nothing at that path" });
});

test("a file in place of the folder is told apart from nothing", async () => {
  const path = join(folderOf(smallFiles()), TRAIN_IMAGES);
  expect(faultOf(await loadIdxFolder(path).catch((error: unknown) => error)).found).toBe("a file");
});

test("a folder in place of a file is refused", async () => {
  const folder = folderOf(without(TEST_LABELS));
  mkdirSync(join(folder, TEST_LABELS));
  const fault = faultOf(await loadIdxFolder(folder).catch((error: unknown) => error));
  expect(fault).toMatchObject({ file: join(folder, TEST_LABELS), found: "a folder" });
});

test.each([TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS])(
  "a missing %s is named in both spellings, with what is there",
  async (name) => {
    const fault = await refusal(without(name));
    expect(fault.expected).toContain(name);
    expect(fault.expected).toContain(name.replace("-idx", ".idx"));
    expect(fault.found).toContain(name === TRAIN_IMAGES ? TRAIN_LABELS : TRAIN_IMAGES);
  },
);

test("an empty folder says so", async () => {
  expect((await refusal({})).found).toBe("an empty folder");
});

test("packed files are read in place of plain ones, in either spelling", async () => {
  const files = smallFiles();
  const packed = Object.entries(files).map(([name, bytes], i) => {
    const spelled = i % 2 === 0 ? name : name.replace("-idx", ".idx");
    return [`${spelled}.gz`, gzipSync(bytes)];
  });
  const { train, test: held } = await loadIdxFolder(folderOf(Object.fromEntries(packed)));
  expect(train).toMatchObject({ rows: 4, columns: 4, classes: 3 });
  expect(Array.from(train.images.subarray(0, 3))).toEqual([0, 10, 20]);
  expect(held.rows).toBe(2);
});

describe("classes.txt", () => {
  const named = (text: string) => ({ ...smallFiles(), "classes.txt": new TextEncoder().encode(text) });

  test("names the classes, and says how many there are", async () => {
    const { train, description } = await loadIdxFolder(
      folderOf(named("T-shirt\r\n  Ankle boot \nBag\nCoat\n\n")),
    );
    expect(description?.classNames).toEqual(["T-shirt", "Ankle boot", "Bag", "Coat"]);
    expect(train.classes).toBe(4);
  });

  test.each([
    ["a name twice", "a\nb\na", 3, '"a" once more'],
    ["an empty line", "a\n\nb", 2, "an empty line"],
    ["nothing", "", 1, "an empty line"],
  ])("with %s is refused with its line", async (_, text, line, found) => {
    expect(await refusal(named(text))).toMatchObject({ line, found });
  });

  test("must have as many names as classes were asked for, and enough for the labels", async () => {
    const folder = folderOf(named("a\nb\nc"));
    const asked = faultOf(await loadIdxFolder(folder, { classes: 4 }).catch((error: unknown) => error));
    expect(asked).toMatchObject({ expected: "4 names, one a class", found: "3" });
    expect(await refusal(named("a\nb"))).toMatchObject({ row: 1, found: "2" });
  });
});

test("what the data are is described: the shape of a picture, where they are pictures", async () => {
  expect((await loadIdxFolder(folderOf(smallFiles()))).description).toEqual({ imageShape: [2, 2] });
  const flat = {
    ...smallFiles(),
    [TRAIN_IMAGES]: idxBytes(
      U8,
      [4, 4],
      Array.from({ length: 16 }, () => 1),
    ),
  };
  expect((await loadIdxFolder(folderOf(flat))).description).toEqual({});
});

test("a damaged file is named with its path", async () => {
  const fault = await refusal({ ...smallFiles(), [TEST_IMAGES]: idxBytes(U8, [2, 2, 2], [1, 2, 3]) });
  expect(fault.file).toMatch(new RegExp(`${TEST_IMAGES}$`));
  expect(fault.offset).toBe(19);
});

test("a test label beyond the training set's classes is refused", async () => {
  const fault = await refusal({ ...smallFiles(), [TEST_LABELS]: idxBytes(U8, [2], [1, 3]) });
  expect(fault).toMatchObject({ row: 1, found: "3" });
});

test("test images of another width are refused", async () => {
  const fault = await refusal({ ...smallFiles(), [TEST_IMAGES]: idxBytes(U8, [2, 3], [1, 2, 3, 4, 5, 6]) });
  expect(fault).toMatchObject({ expected: expect.stringContaining("4 columns"), found: "3" });
});
