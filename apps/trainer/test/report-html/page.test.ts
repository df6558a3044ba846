// report.html as a page: sound HTML, safe whatever the data say, the same for the same run, and small.
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { collectReport, type ReportInput } from "../../src/report/html/collect.ts";
import { reportHtml } from "../../src/report/html/report-html.ts";
import { attributesOf, elementsOf, pageText, parseErrors, textOf } from "./page-tree.ts";
import { history, PICTURES, sampleRun, TABLE, timings } from "./sample-runs.ts";

const page = (input: ReportInput): string => reportHtml(collectReport(input));

const HOSTILE = `"><img src=x onerror=alert(1)><script>alert(2)</script></style>]]><!--'\u202E\u0000`;

/** Every name and every text that can come from a user is hostile. */
function hostileRun(kind: "pictures" | "table"): ReportInput {
  const names = ["a", "b", "c"].map((letter) => letter + HOSTILE);
  const input = sampleRun({
    ...(kind === "pictures" ? PICTURES : TABLE),
    name: HOSTILE,
    description: {
      ...(kind === "pictures" ? PICTURES : TABLE).description,
      classNames: names,
      columnNames: names,
    },
  });
  return {
    ...input,
    run: { ...input.run, backend: HOSTILE, sha256: HOSTILE, endedEarly: HOSTILE },
    config: { [HOSTILE]: HOSTILE, list: [HOSTILE], object: { [HOSTILE]: HOSTILE } },
    machine: [[HOSTILE, HOSTILE]],
  };
}

const RUNS: Readonly<Record<string, ReportInput>> = {
  pictures: sampleRun(PICTURES),
  "a table": sampleRun(TABLE),
  "hostile pictures": hostileRun("pictures"),
  "a hostile table": hostileRun("table"),
  "one epoch": sampleRun({ ...PICTURES, epochs: 1 }),
  "no epoch judged": { ...sampleRun(PICTURES), history: [] },
  "no epoch judged and none timed": { ...sampleRun(PICTURES), history: [], timings: [] },
  "many epochs": { ...sampleRun(TABLE), history: history(3000, "validation"), timings: timings(3000) },
  "one layer": sampleRun({ ...TABLE, hidden: [] }),
  "many classes": sampleRun({ rows: 400, classes: 200 }),
};

describe.each(Object.entries(RUNS))("the report of %s", (_, input) => {
  const text = page(input);
  const elements = elementsOf(text);
  const attributes = elements.flatMap((element) => Object.entries(attributesOf(element)));

  test("is HTML without any parse error", () => {
    expect(parseErrors(text)).toEqual([]);
  });

  test("runs nothing and loads nothing: no script, no handler, no style by the way, no address but its own", () => {
    const forbidden = [
      "script",
      "link",
      "iframe",
      "object",
      "embed",
      "base",
      "form",
      "foreignobject",
      "image",
      "use",
    ];
    expect(elements.filter(({ tagName }) => forbidden.includes(tagName))).toEqual([]);
    expect(attributes.filter(([name]) => /^on|^style$|^srcset$|^action$|:href$/.test(name))).toEqual([]);
    const addresses = attributes.filter(([name]) => ["src", "href", "content", "fill"].includes(name));
    for (const [name, address] of addresses) {
      if (name === "src") expect(address).toMatch(/^data:image\/png;base64,[\w+/]+=*$/);
      if (name === "href") expect(address).toMatch(/^#[\w-]+$/);
      if (name === "fill") expect(address).toBe("url(#diverging)");
    }
    expect(text).not.toMatch(/@import|https?:/);
  });

  test("allows by its policy the one style sheet it has, and no more", () => {
    const styles = elements.filter(({ tagName }) => tagName === "style").map(textOf);
    expect(styles.length).toBe(1);
    const hash = createHash("sha256").update(styles[0]).digest("base64");
    const policies = elements
      .map(attributesOf)
      .filter((one) => one["http-equiv"] === "Content-Security-Policy");
    expect(policies.map(({ content }) => content)).toEqual([
      `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`,
    ]);
  });

  test("has no number that is none, and no undefined", () => {
    expect(text.replaceAll(HOSTILE, "")).not.toMatch(/\bNaN\b|Infinity|undefined|\[object/);
  });

  test("has every id once, and links and labels that lead to one", () => {
    const ids = attributes.filter(([name]) => name === "id").map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = attributes.flatMap(([name, value]) =>
      name === "href" ? [value.slice(1)] : name === "aria-labelledby" ? value.split(" ") : [],
    );
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  test("has headings that go down one step at a time, and tables with captions and heads", () => {
    const levels = elements.flatMap(({ tagName }) => (/^h\d$/.test(tagName) ? [Number(tagName[1])] : []));
    expect(levels[0]).toBe(1);
    for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
    const count = (name: string): number => elements.filter(({ tagName }) => tagName === name).length;
    expect(count("caption")).toBe(count("table"));
    const heads = elements.filter(({ tagName }) => tagName === "th").map(attributesOf);
    expect(heads.every(({ scope }) => scope === "col" || scope === "row")).toBe(true);
  });

  test("is small, and the same when it is made again", () => {
    expect(Buffer.byteLength(text)).toBeLessThan(2_000_000);
    expect(page(input) === text).toBe(true);
  });
});

test("hostile names are there to be read, as text", () => {
  const text = pageText(page(hostileRun("table")));
  expect(text).toContain('"><img src=x onerror=alert(1)>');
  for (const unfit of ["\u0000", "\u202E"]) expect(text).not.toContain(unfit);
});

test("the largest report that a run can make stays below 2 MB", () => {
  const names = (count: number): string[] =>
    Array.from({ length: count }, (_, i) => `${i}${"ẞ".repeat(5000)}`);
  const pictures = sampleRun({
    rows: 120,
    columns: 128 * 128,
    classes: 60,
    hidden: [80, 20, 20, 20, 20, 20, 20, 20, 20],
    description: { imageShape: [128, 128], classNames: names(60) },
  });
  const table = sampleRun({
    kind: "floats",
    rows: 120,
    columns: 500,
    classes: 26,
    description: { classNames: names(26), columnNames: names(500) },
  });
  for (const input of [pictures, table]) {
    const text = page({ ...input, history: history(5000), timings: timings(5000) });
    expect(Buffer.byteLength(text)).toBeLessThan(2_000_000);
  }
});
