// Finds what the READMEs and the pages behind them show: runnable ts blocks with the output printed below them, and shell commands.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const ROOT: string = fileURLToPath(new URL("../../", import.meta.url));

export const DOCUMENTS = [
  "README.md",
  "ARCHITECTURE.md",
  "packages/kernels/README.md",
  "packages/core/README.md",
  "packages/collective/README.md",
  "apps/trainer/README.md",
  "apps/trainer/docs/several-machines.md",
] as const;

interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

/** A ts block and the text block right after it, which is what it prints. */
export interface Snippet {
  readonly document: string;
  readonly line: number;
  readonly code: string;
  readonly output: string | undefined;
}

export interface Command {
  readonly document: string;
  readonly line: number;
  readonly command: string;
}

export function snippets(): Snippet[] {
  return DOCUMENTS.flatMap((document) => {
    const all = blocks(document);
    return all.flatMap(({ language, text, line }, i): Snippet[] => {
      if (language !== "ts") return [];
      const next = all[i + 1];
      return [{ document, line, code: text, output: next?.language === "text" ? next.text : undefined }];
    });
  });
}

/** Every line of every sh block, comments and continuation lines folded in. */
export function commands(): Command[] {
  return DOCUMENTS.flatMap((document) =>
    blocks(document)
      .filter(({ language }) => language === "sh")
      .flatMap(({ text, line }) =>
        text
          .split("\n")
          .map((command, i) => ({
            document,
            line: line + 1 + i,
            command: command.replace(/\s+#.*$|^#.*$/, "").trim(),
          }))
          .filter(({ command }) => command !== ""),
      ),
  );
}

function blocks(document: string): Block[] {
  const lines = readFileSync(ROOT + document, "utf8").split("\n");
  const found: Block[] = [];
  let open: { language: string; line: number; text: string[] } | undefined;
  for (const [i, line] of lines.entries()) {
    const fence = /^```(\w*)/.exec(line);
    if (open === undefined) {
      if (fence !== null) open = { language: fence[1] ?? "", line: i + 1, text: [] };
    } else if (fence !== null) {
      found.push({ ...open, text: open.text.join("\n") });
      open = undefined;
    } else {
      open.text.push(line);
    }
  }
  if (open !== undefined)
    throw new Error(`${document}: the block opened in line ${open.line} is never closed`);
  return found;
}
