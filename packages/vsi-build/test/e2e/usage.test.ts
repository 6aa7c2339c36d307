import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type RunResult, runVsiBuild } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { makeRawFolder } from "../support/makeRawFolder.ts";

const STACK_LINE = /^\s+at /m;

/** What a raw folder looks like must be shown to whoever gave another one. */
const RAW_FOLDER = "<root>/scans/scene0000_00/scene0000_00_vh_clean_2.ply";

/** Everything below the temporary folder that the words name. */
const FILES: Record<string, string> = {
  "a-file": "no folder",
  "bad-lines.txt": "# my scans\nscene9000_00\nscene9\n",
  "no-lines.txt": "# none\n",
  "not-json.json": "{scannet",
  "list.json": '["raw"]',
  "unknown-key.json": '{"scannet": "raw", "scanet": "raw"}',
  "two-outs.json": '{"scannet": "raw", "out": ["one", "two"]}',
  "good.json": '{"scannet": "raw", "out": "built", "types": ["room_size_estimation"], "seed": 4, "workers": 1}',
};

/** Wrong usage as words, and what the text must hold for the user to get on. */
const WRONG: readonly (readonly [words: string, ...expected: (string | RegExp)[]])[] = [
  ["", "--scannet ./raw", "scans/scene0000_00/", "--help"],
  ["--scannet", "--scannet", "got no value"],
  ["--scannet nowhere", "nowhere", "nothing at this path", RAW_FOLDER],
  ["--scannet empty", "empty", "an empty folder", RAW_FOLDER],
  ["--scannet a-file", "a-file", "got a file", RAW_FOLDER],
  ["--scannet raw --scannet raw", "--scannet", "once"],
  ["--scannet raw --scanet raw", "--scanet", "Did you mean --scannet?", "--help"],
  ["--scannet raw leftover", "leftover", "--help"],
  ["--scannet raw --out one --out two", "--out", "one and two", "once"],
  ["--scannet raw --out=", "--out", "got no value"],
  ["--scannet raw --types object_count", "--types", "object_count", "object_counting", "room_size_estimation"],
  ["--scannet raw --types=", "--types", "got no value", "object_counting"],
  ["--scannet raw --types", "--types", "got no value"],
  ["--scannet raw --max-per-scene 20", "--max-per-scene", "got 20", "object_abs_distance=20"],
  ["--scannet raw --max-per-scene object_counting=-1", "got object_counting=-1", "TYPE=N"],
  ["--scannet raw --max-per-scene chairs=3", "got chairs=3", "object_counting"],
  [
    "--scannet raw --max-per-scene route_planning=3",
    "--max-per-scene: vsi-100k has no route_planning",
    "only object_counting",
  ],
  ["--scannet raw --scenes scene0707_00", "--scenes", "scene0707_00 not found", "scene9000_00"],
  ["--scannet raw --scenes no-such-file", "--scenes no-such-file", "one id per line"],
  ["--scannet raw --scenes bad-lines.txt", "bad-lines.txt: line 3", '"scene9"', "scene0000_00"],
  ["--scannet raw --scenes no-lines.txt", "no-lines.txt", "scene0000_00"],
  ["--scannet raw --split test", "--split test", "no annotation", "train, validation or all"],
  ["--scannet raw --split half", "--split", "half", "train, validation, test, all"],
  ["--scannet raw --config not-json.json", "not-json.json, line 1", "JSON"],
  ["--scannet raw --config no-such.json", "no-such.json", "got no such file", "Check the path"],
  ["--scannet raw --config list.json", "list.json", "got a list", "in JSON or"],
  ["--config unknown-key.json", "unknown-key.json, line 1", "scanet", "Did you mean scannet?"],
  ["--config two-outs.json", "two-outs.json, line 1: out", "one and two"],
  ["--scannet raw --resume --overwrite", "--resume", "--overwrite", "only one"],
  ["--scannet raw --seed abc", "--seed", "got abc", "whole number"],
  ["--scannet raw --seed -1", "--seed", "got -1", "at least 0"],
  ["--scannet raw --seed 0.5", "--seed", "got 0.5", "whole number"],
  ["--scannet raw --workers 0", "--workers", "got 0", "at least 1"],
  ["--scannet raw --protocol vsi-1k", "protocol", "vsi-1k", "vsi-100k"],
  ["verifi raw", "verifi", "Did you mean vsi-build verify?"],
  ["samples rooms --vertices 10", "--vertices", "got 10"],
  ["samples rooms --vertices 1000", "got 1000", "expected"],
];

describe("the command line", () => {
  const folder = temporaryFolder();
  const run = (words: string): Promise<RunResult> => runVsiBuild(words === "" ? [] : words.split(" "), { cwd: folder });

  beforeAll(async () => {
    await makeRawFolder(join(folder, "raw"), 1);
    await mkdir(join(folder, "empty"));
    for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
  });

  test.each(WRONG.map(([words, ...expected]) => ({ words, expected })))(
    "vsi-build $words: exit code 2, no stack, and text that helps",
    async ({ words, expected }) => {
      const { exitCode, stdout, stderr } = await run(words);
      expect(stderr).toMatch(/^vsi-build: /);
      expect(stderr).not.toMatch(STACK_LINE);
      for (const part of expected) expect(stderr).toMatch(part);
      expect(stdout).toBe("");
      expect(exitCode).toBe(2);
    },
  );

  test("wrong usage makes no dataset", async () => {
    const names = await readdir(folder);
    expect(names.filter((name) => ["vsi-100k", "one", "two"].includes(name))).toEqual([]);
  });

  test("regression: audit --overwrite put its page in the place of the questions that it audits", async () => {
    const text = FILES["no-lines.txt"];
    await writeFile(join(folder, "asked.jsonl"), `${text}`);
    expect(await run("audit asked.jsonl --html ./asked.jsonl --overwrite")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("--html ./asked.jsonl: already used as an input"),
    });
    expect(await readFile(join(folder, "asked.jsonl"), "utf8")).toBe(text);
  });

  test("a good --config builds with its options", async () => {
    const { exitCode, stderr } = await run("--config good.json");
    expect(stderr).not.toMatch(STACK_LINE);
    expect(exitCode).toBe(0);
    const manifest = JSON.parse(await readFile(join(folder, "built", "manifest.json"), "utf8"));
    expect(manifest.seed).toBe(4);
    expect(manifest.settings.types).toEqual(["room_size_estimation"]);
  });

  test("a flag wins over --config", async () => {
    expect((await run("--config good.json --seed 5 --out other")).exitCode).toBe(0);
    expect(JSON.parse(await readFile(join(folder, "other", "manifest.json"), "utf8")).seed).toBe(5);
  });

  test("--help-all shows every flag, an example and the exit codes", async () => {
    const { exitCode, stdout, stderr } = await run("--help-all");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const flags =
      "scannet out protocol types split scenes seed max-per-scene box workers resume overwrite dry-run quiet json log-level config";
    for (const flag of flags.split(" ")) expect(stdout).toMatch(new RegExp(`^ {2}--${flag}\\b`, "m"));
    expect(stdout).toMatch(/^ {2}vsi-build --scannet \.\/raw\n {6}\S/m);
    expect(stdout).toContain("Exit codes: 0 done");
  });

  test("--version prints the package's version", async () => {
    const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
    expect(await run("--version")).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
  });
});
