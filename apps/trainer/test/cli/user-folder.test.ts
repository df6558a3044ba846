// Paths are the user's: from where they stand, also when a package manager walked elsewhere, and written back so.
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { forUser, fromUser, programOf, shellWord, userFolder } from "../../src/cli/user-folder.ts";

const script = { INIT_CWD: "/repo/data", npm_package_json: "/repo/package.json" };

describe("where the user stands", () => {
  test.each([
    ["a shell", "/here", {}, "/here"],
    ["a package script, called from a folder below", "/repo", script, "/repo/data"],
    ["a program that a package script has started elsewhere", "/tmp/x", script, "/tmp/x"],
    ["a script without the variable", "/repo", { npm_package_json: "/repo/package.json" }, "/repo"],
  ])("%s", (_, cwd, env, expected) => {
    expect(userFolder(cwd, env)).toBe(expected);
  });

  test("a relative path of theirs counts from there; an absolute one stays", () => {
    expect(fromUser("iris.csv", "/repo", script)).toBe("/repo/data/iris.csv");
    expect(fromUser("../iris.csv", "/repo", script)).toBe("/repo/iris.csv");
    expect(fromUser("/x/iris.csv", "/repo", script)).toBe("/x/iris.csv");
    expect(fromUser("./iris.csv", process.cwd(), {})).toBe("./iris.csv");
  });

  test("a path is written back as they would write it", () => {
    expect(forUser("/repo/data/runs/001", "/repo", script)).toBe("runs/001");
    expect(forUser("/repo/runs/001", "/repo", script)).toBe("/repo/runs/001");
    expect(forUser("runs/001", process.cwd(), {})).toBe("runs/001");
    expect(forUser(".", process.cwd(), {})).toBe(resolve("."));
  });
});

test.each([
  [{}, "gradloom"],
  [{ npm_lifecycle_event: "npx" }, "npx gradloom"],
  [{ npm_lifecycle_event: "train", npm_package_name: "gradloom-workspace" }, "npx pnpm@12 gradloom"],
  [{ npm_lifecycle_event: "train", npm_package_name: "mine" }, "gradloom"],
])("with %o the program is started by %s", (env, expected) => {
  expect(programOf(env)).toBe(expected);
});

test.each([
  ["runs/001", "runs/001"],
  ["my runs/1", "'my runs/1'"],
  ["it's", "'it'\\''s'"],
  ["$(rm -r x)", "'$(rm -r x)'"],
  ["", "''"],
])("%j is the shell's word %s", (word, expected) => {
  expect(shellWord(word)).toBe(expected);
});
