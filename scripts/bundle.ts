// Bundles the package in the working directory: src/index.ts and all it imports become dist/index.js, one file, because
// an import costs about half a millisecond for each module, on top of reading it.
//
// node ../../scripts/bundle.ts [dependency …]   takes the named dependencies in too; all others stay imports. Of each,
// src may import the default only, a function of at most five arguments, as ndarray is: it is evaluated at its first call.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type OutputChunk, type Plugin, rolldown } from "rolldown";

const inlined = new Set(process.argv.slice(2));
const { dependencies, peerDependencies = {} } = JSON.parse(readFileSync("package.json", "utf8")) as {
  dependencies: Record<string, string>;
  peerDependencies?: Record<string, string>;
};
for (const name of inlined) {
  if (!Object.hasOwn(dependencies, name)) throw new Error(`${name} is not a dependency of this package.`);
}

const AT_FIRST_CALL = "\0at-first-call:";

/** What src imports of a CommonJS package that is taken in: a function that evaluates the package when it is called. */
const evaluatedAtFirstCall: Plugin = {
  name: "evaluated-at-first-call",
  resolveId(id, importer) {
    const [name = ""] = /^(?:@[^/]+\/)?[^/]+/.exec(id) ?? [];
    const ours = importer?.startsWith(join(process.cwd(), "src")) === true;
    return inlined.has(name) && ours ? AT_FIRST_CALL + id : null;
  },
  load(id) {
    if (!id.startsWith(AT_FIRST_CALL)) return null;
    const name = JSON.stringify(id.slice(AT_FIRST_CALL.length));
    return `let known; export default (a, b, c, d, e) => (known ??= require(${name}))(a, b, c, d, e);`;
  },
};

const bundle = await rolldown({
  input: "src/index.ts",
  plugins: [evaluatedAtFirstCall],
  // No parentheses that tell engines to compile a package's code at once.
  optimization: { pifeForModuleWrappers: false },
  platform: "neutral",
  resolve: { mainFields: ["module", "main"] },
  external: [
    /^node:/,
    ...Object.keys({ ...dependencies, ...peerDependencies })
      .filter((name) => !inlined.has(name))
      .flatMap((name) => [name, new RegExp(`^${name}/`)]),
  ],
});
// Minified, since engines are the slower the more there is to read; the source map and src lead back.
const { output } = await bundle.generate({ format: "es", sourcemap: true, minify: true, comments: false });
await bundle.close();
const [chunk, map] = output;
if (output.length !== 2 || map?.type !== "asset") {
  throw new Error(
    `Expected one module and its source map, got ${output.map((file) => file.fileName).join(", ")}.`,
  );
}

rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");
// The minifier writes strings as templates, of which engines keep two texts: quoted, a long one is read in half the time.
writeFileSync("dist/index.js", chunk.code.replaceAll(/`([\w+/]{1000,})`/g, '"$1"'));
writeFileSync("dist/index.js.map", withoutOwnSources(String(map.source)));
const notices = licenses(chunk);
if (notices !== "") writeFileSync("dist/third-party-licenses.txt", notices);

/** The source map without the texts of src, which lies beside dist in the package. */
function withoutOwnSources(text: string): string {
  const parsed = JSON.parse(text) as { sources: string[]; sourcesContent: (string | null)[] };
  const sourcesContent = parsed.sourcesContent.map((content, i) =>
    parsed.sources[i]?.startsWith("../src/") ? null : content,
  );
  return JSON.stringify({ ...parsed, sourcesContent });
}

/** The names, versions and licenses of all packages that the bundle holds code of: their licenses ask for it. */
function licenses({ moduleIds }: OutputChunk): string {
  const folders = new Set(
    moduleIds.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []),
  );
  return [...folders].sort().map(license).join("\n\n");
}

function license(folder: string): string {
  const {
    name,
    version,
    license: kind,
  } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license: string;
  };
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? "" : `\n\n${readFileSync(join(folder, file), "utf8").trim()}`;
  return `${name} ${version} (${kind})${text}\n`;
}
