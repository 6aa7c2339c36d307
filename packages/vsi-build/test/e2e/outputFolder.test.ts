import {
  access,
  chmod,
  constants,
  cp,
  lstat,
  mkdir,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type RunResult, runVsiBuild } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { buildDataset } from "../../src/buildDataset.ts";
import { type BuildOptions, DEFAULT_BUILD_OPTIONS } from "../../src/options.ts";
import { makeRawFolder } from "../support/makeRawFolder.ts";

const FOREIGN = { "thesis.tex": "three years", "scenes/notes.txt": "by hand", "data/mine.jsonl": "{}\n" };

describe("the output folder", () => {
  const folder = temporaryFolder();
  const path = (name: string): string => join(folder, name);
  let scanIds: string[] = [];
  /** The dataset as it is built into a new folder. */
  let dataset: Record<string, string> = {};

  const build = (name: string, ...words: string[]): Promise<RunResult> =>
    runVsiBuild(["--scannet", path("raw"), "--out", path(name), "--workers", "1", "--quiet", ...words]);

  beforeAll(async () => {
    scanIds = await makeRawFolder(path("raw"), 3);
    expect(await build("finished")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    dataset = await folderContent(path("finished"));
    expect(Object.keys(dataset)).toHaveLength(3 + 7 + 6); // A file a scene, seven that every dataset has, a picture a type.
  });

  /** A folder with these files in it. */
  async function fill(name: string, files: Record<string, string>): Promise<void> {
    for (const [file, text] of Object.entries(files)) {
      await mkdir(join(path(name), file, ".."), { recursive: true });
      await writeFile(join(path(name), file), text);
    }
  }

  /** A copy of the finished dataset. */
  const copyFinished = (name: string): Promise<void> => cp(path("finished"), path(name), { recursive: true });

  /** Exit code 2, one line that has all parts, and the folder as it was. */
  async function expectRefusal(name: string, words: string[], parts: string[]): Promise<void> {
    const before = await folderContent(path(name));
    const { exitCode, stdout, stderr } = await build(name, ...words);
    expect(stderr).toMatch(/^vsi-build: .+\n$/);
    for (const part of [path(name), ...parts]) expect(stderr).toContain(part);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(await folderContent(path(name))).toEqual(before);
    // --dry-run foretells it, with the same words and exit code.
    const dry = await build(name, ...words, "--dry-run");
    expect({ ...dry, stderr: dry.stderr.slice(0, stderr.length - 1) }).toEqual({
      exitCode: 2,
      stdout: expect.stringContaining("would be refused"),
      stderr: stderr.slice(0, -1),
    });
    expect(await folderContent(path(name))).toEqual(before);
  }

  async function expectDataset(name: string, besides: Record<string, string> = {}): Promise<void> {
    const content = await folderContent(path(name));
    for (const [file, text] of Object.entries(besides)) {
      expect(await readFile(join(path(name), file), "utf8")).toBe(text);
      delete content[file];
    }
    expect(content).toEqual(dataset);
  }

  describe("that holds something else", () => {
    test("is refused whatever the flags, and gets no file", async () => {
      await fill("foreign", FOREIGN);
      for (const words of [[], ["--resume"], ["--overwrite"]]) {
        await expectRefusal("foreign", words, ["other files", "thesis.tex"]);
      }
    });

    test.each(["README.md", "manifest.json", "data/train.jsonl", "scenes/scene9001_00.json", "rejects.jsonl", "data"])(
      "a %s that is not ours is refused even with --overwrite, before a scan is read",
      async (file) => {
        const name = `in-the-way-${file.replaceAll("/", "-")}`;
        await fill(name, { [file]: "mine" });
        await expectRefusal(name, ["--overwrite"], ["other files", file.split("/")[0] ?? ""]);
      },
    );

    test("a link of a dataset file's name is refused although it leads nowhere", async () => {
      await mkdir(path("dangling"));
      await symlink(path("no-such-file"), join(path("dangling"), "README.md"));
      await expectRefusal("dangling", ["--overwrite"], ["other files", "README.md"]);
      expect((await lstat(join(path("dangling"), "README.md"))).isSymbolicLink()).toBe(true);
    });

    test("a SHA256SUMS of somebody else does not make it a dataset of ours", async () => {
      const sums = `${"0".repeat(64)}  thesis.tex\n`;
      await fill("foreign-sums", { ...FOREIGN, SHA256SUMS: sums });
      await expectRefusal("foreign-sums", ["--overwrite"], ["SHA256SUMS", "other files"]);
      await fill("foreign-manifest", { ...FOREIGN, SHA256SUMS: sums, "manifest.json": '{"schema": "web-app/1"}' });
      await expectRefusal("foreign-manifest", ["--overwrite"], ["SHA256SUMS", "other files"]);
    });

    test("what git and the hub put into a new folder is in nobody's way", async () => {
      const clone = { ".git/config": "[core]", ".gitattributes": "*.jsonl filter=lfs\n", ".cache/huggingface/x": "" };
      await fill("clone", clone);
      expect(await build("clone")).toMatchObject({ exitCode: 0, stderr: "" });
      await expectDataset("clone", clone);
      expect(await build("clone", "--overwrite")).toMatchObject({ exitCode: 0, stderr: "" });
      await expectDataset("clone", clone);
    });
  });

  describe("that is read", () => {
    test("regression: a dataset could be written among the scans, where the next build looks for scans", async () => {
      const raw = await folderContent(path("raw"));
      await symlink(path("raw"), path("raw-link"));
      for (const [name, said] of [
        ["raw", "is the folder of the raw scans"],
        ["raw-link", "is the folder of the raw scans"],
        [".", "holds the folder of the raw scans"],
        ["raw/scans", "lies within the raw scans"],
        ["raw/scans/scene0707_00", "lies within the raw scans"],
        ["raw-link/scans/scene0707_00/vsi-100k", "lies within the raw scans"],
        ["raw/scans_test", "lies within the raw scans"],
        ["raw/scene0707_00", "lies within the raw scans"],
        [`raw/scans/${scanIds[0]}/vsi-100k`, "lies within the raw scans"],
      ] as const) {
        for (const words of [[], ["--dry-run"], ["--overwrite"]]) {
          const { exitCode, stderr } = await build(name, ...words);
          expect({ name, exitCode, stderr }).toEqual({ name, exitCode: 2, stderr: expect.stringContaining(said) });
        }
      }
      expect(await folderContent(path("raw"))).toEqual(raw);
    });

    test("regression: nor in a scan that a link leads to", async () => {
      await mkdir(join(path("linked"), "scans"), { recursive: true });
      const [scanId = ""] = scanIds;
      await symlink(join(path("raw"), "scans", scanId), join(path("linked"), "scans", scanId));
      const words = ["--scannet", path("linked"), "--out", join(path("raw"), "scans", scanId, "out")];
      expect(await runVsiBuild(words)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining(`lies within the scan ${scanId}`),
      });
    });

    test("beside the scans in their folder it is nobody's input: as built in the raw folder itself", async () => {
      await cp(path("raw"), path("mine"), { recursive: true });
      const words = ["--scannet", ".", "--workers", "1", "--quiet"];
      expect(await runVsiBuild(words, { cwd: path("mine") })).toMatchObject({ exitCode: 0, stderr: "" });
      await expectDataset("mine/vsi-100k");
      expect((await runVsiBuild([...words, "--any-name", "--out", "again"], { cwd: path("mine") })).exitCode).toBe(0);
      await expectDataset("mine/again");
      // In the folder of the scans itself, too, by whichever name the raw folder is given.
      const scans = { cwd: join(path("mine"), "scans") };
      expect((await runVsiBuild([...words], scans)).exitCode).toBe(0);
      await expectDataset("mine/scans/vsi-100k");
      const again = [...words.slice(2), "--overwrite", "--scannet"];
      expect(await runVsiBuild([...again, ".."], scans)).toMatchObject({ exitCode: 0, stderr: "" });
      await expectDataset("mine/scans/vsi-100k");
      expect((await runVsiBuild([...words, "--any-name", "--overwrite"], { cwd: path("mine") })).exitCode).toBe(0);
      await expectDataset("mine/vsi-100k");
    });
  });

  describe("that holds a finished dataset", () => {
    test("regression: could not be made again when the raw scans had been moved into it", async () => {
      await copyFinished("around");
      await cp(path("raw"), path("around/raw"), { recursive: true });
      const raw = await folderContent(path("around/raw"));
      const words = ["--scannet", path("around/raw"), "--out", path("around"), "--workers", "1", "--quiet"];
      for (const flag of ["--overwrite", "--resume"]) {
        expect(await runVsiBuild([...words, flag])).toMatchObject({ exitCode: 0, stderr: "" });
        expect(await folderContent(path("around/raw"))).toEqual(raw);
      }
      await rm(path("around/raw"), { recursive: true });
      await expectDataset("around");
    });

    test("is refused without --overwrite", async () => {
      await expectRefusal("finished", [], ["finished dataset", "--overwrite"]);
    });

    test("is done already for --resume, as long as settings and scans are its own", async () => {
      const told = async (...words: string[]) => {
        const { stdout } = await runVsiBuild(["--scannet", path("raw"), "--json", "--out", path("told"), ...words]);
        const { seconds: _, ...report } = JSON.parse(stdout) as Record<string, unknown>;
        return report;
      };
      const made = await told();
      expect(await told("--resume")).toEqual(made);
      await expectDataset("told");
      await expectRefusal("told", ["--resume", "--seed", "7"], ["finished dataset", "--overwrite"]);
      await expectRefusal("told", ["--resume", "--scenes", scanIds.slice(1).join(",")], ["finished dataset"]);
      await writeFile(join(path("told"), "data", "train.jsonl"), "");
      await expectRefusal("told", ["--resume"], ["data/train.jsonl", "does not match SHA256SUMS"]);
    });

    test("is replaced with --overwrite: files of scans that are no longer asked for go, foreign ones stay", async () => {
      await copyFinished("fewer");
      await fill("fewer", FOREIGN);
      const kept = scanIds.slice(1);
      expect((await build("fewer", "--overwrite", "--scenes", kept.join(","))).exitCode).toBe(0);
      expect((await readdir(join(path("fewer"), "scenes"))).sort()).toEqual([
        "notes.txt",
        ...kept.map((scanId) => `${scanId}.json`),
      ]);
      expect((await build("fewer", "--overwrite")).exitCode).toBe(0);
      await expectDataset("fewer", FOREIGN);
    });

    test("is refused with --overwrite when the user changed one of its files", async () => {
      await copyFinished("edited");
      await fill("edited", { "README.md": "my own words" });
      await expectRefusal("edited", ["--overwrite"], ["README.md is in the way", "was changed since", "Move it away"]);
    });

    test("is refused with --overwrite when a folder took the place of one of its files", async () => {
      await copyFinished("folder-instead");
      await rm(join(path("folder-instead"), "rejects.jsonl"));
      await fill("folder-instead", { "rejects.jsonl/mine": "mine" });
      await expectRefusal("folder-instead", ["--overwrite"], ["rejects.jsonl is in the way"]);
    });

    test("gets back a file that was deleted", async () => {
      await copyFinished("deleted");
      await rm(join(path("deleted"), "data", "train.jsonl"));
      expect((await build("deleted", "--overwrite")).exitCode).toBe(0);
      await expectDataset("deleted");
    });
  });

  describe("that holds an interrupted build", () => {
    /** A build that was stopped once its first scan was done. */
    async function interrupt(name: string, changes: Partial<BuildOptions> = {}): Promise<void> {
      const stop = new AbortController();
      const options = { ...DEFAULT_BUILD_OPTIONS, scannet: path("raw"), out: path(name), workers: 0, ...changes };
      const built = buildDataset(options, { signal: stop.signal, onScan: () => stop.abort("stopped") });
      await expect(built).rejects.toBe("stopped");
      expect(await readdir(path(name))).toEqual([".vsi-build"]);
    }

    test("is refused without flags; --resume finishes it", async () => {
      await interrupt("interrupted");
      await expectRefusal("interrupted", [], ["interrupted", "--resume", "--overwrite"]);
      expect((await build("interrupted", "--resume")).exitCode).toBe(0);
      await expectDataset("interrupted");
    });

    test.each(["results", "scenes"])("a kept file of %s that was cut or emptied is made again", async (kept) => {
      const name = `damaged-${kept}`;
      await interrupt(name);
      const path = join(folder, name, ".vsi-build", kept);
      const [file] = await readdir(path);
      await writeFile(join(path, file as string), "");
      expect(await build(name, "--resume")).toMatchObject({ exitCode: 0, stderr: "" });
      await expectDataset(name);
    });

    test("a result of other settings is not taken up, even where the note of the settings agrees", async () => {
      await interrupt("mixed");
      await interrupt("seed-7", { seed: 7 });
      const results = (name: string) => join(folder, name, ".vsi-build", "results");
      await cp(results("seed-7"), results("mixed"), { recursive: true });
      expect(await build("mixed", "--resume")).toMatchObject({ exitCode: 0, stderr: "" });
      await expectDataset("mixed");
    });

    test("is refused with --resume and other settings, naming both; --overwrite starts again", async () => {
      await interrupt("other-settings");
      const { exitCode, stderr } = await build("other-settings", "--resume", "--seed", "7");
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/then: .*"seed":0.*\n.*now: .*"seed":7.*\n.*--overwrite/);
      expect((await build("other-settings", "--overwrite", "--seed", "7")).exitCode).toBe(0);
      expect(JSON.parse(await readFile(join(path("other-settings"), "manifest.json"), "utf8")).seed).toBe(7);
    });
  });

  test("that is a file, or lies below one, is refused", async () => {
    await writeFile(path("a-file"), "mine");
    for (const name of ["a-file", "a-file/out"]) {
      const { exitCode, stderr } = await build(name, "--overwrite");
      expect(stderr).toMatch(/^vsi-build: --out .+: got a file, expected a folder\. .+\n$/);
      expect(exitCode).toBe(2);
    }
    expect(await readFile(path("a-file"), "utf8")).toBe("mine");
  });

  test("that lies below folders that are not there yet is made", async () => {
    expect((await build("not/yet/there")).exitCode).toBe(0);
    await expectDataset("not/yet/there");
  });

  test("that is a link to a folder is written through the link", async () => {
    await mkdir(path("target"));
    await symlink(path("target"), path("link"));
    expect((await build("link")).exitCode).toBe(0);
    expect((await lstat(path("link"))).isSymbolicLink()).toBe(true);
    await expectDataset("target");
  });

  test("that may not be written gives one line without a stack", async () => {
    await mkdir(path("read-only"));
    await chmod(path("read-only"), 0o500);
    const isAllowedAnyway = await access(path("read-only"), constants.W_OK).then(
      () => true,
      () => false,
    );
    if (isAllowedAnyway) {
      console.warn("skipped: this user (root?) may write into read-only folders");
      return;
    }
    const { exitCode, stderr } = await build("read-only/out");
    expect(stderr).toMatch(/^vsi-build: .+no permission.+\n$/);
    expect(exitCode).toBe(1);
  });
});
