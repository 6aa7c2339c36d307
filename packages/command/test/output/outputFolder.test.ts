import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { writeChecksums } from "@vsi/dataset/node";
import { type OutputFolderOptions, openOutputFolder, planOutputFolder } from "../../src/output/outputFolder.ts";
import { WORKING_FOLDER } from "../../src/output/ownership.ts";
import { isPublishing, publish } from "../../src/output/publish.ts";

let root: string;
let out: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "vsi-output-"));
  out = join(root, "out");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const OPTIONS: OutputFolderOptions = {
  command: "vsi-build",
  identity: { file: "manifest.json", schema: "vsi-dataset/1", noun: "dataset" },
  resume: false,
  overwrite: false,
  settings: "seed 0",
  firstFiles: ["README.md"],
};

type Content = Record<string, string>;

const MANIFEST = '{"schema":"vsi-dataset/1"}';
const FIRST: Content = { "README.md": "one", "manifest.json": MANIFEST, "data/train.jsonl": "1", "scenes/a.json": "a" };
const SECOND: Content = {
  "README.md": "two",
  "manifest.json": MANIFEST,
  "data/train.jsonl": "2",
  "scenes/b.json": "b",
};

function write(folder: string, content: Content): void {
  for (const [path, text] of Object.entries(content)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** All files below a folder, but checksums, which follow from the others. */
function read(folder: string): Content {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && entry.name !== "SHA256SUMS")
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
  );
}

async function build(content: Content, options: Partial<OutputFolderOptions> = {}): Promise<unknown> {
  const folder = await openOutputFolder(out, { ...OPTIONS, ...options });
  try {
    if (folder.finished !== undefined) return folder.finished;
    rmSync(folder.stagingFolder, { recursive: true, force: true });
    write(folder.stagingFolder, content);
    await writeChecksums(folder.stagingFolder);
    await publish(folder, { said: "done" });
    return undefined;
  } finally {
    folder.release();
  }
}

describe("a new folder", () => {
  test("holds what was staged, and nothing of the work", async () => {
    await build(FIRST);
    expect(read(out)).toEqual(FIRST);
    execFileSync("sha256sum", ["--check", "--quiet", "SHA256SUMS"], { cwd: out });
  });

  test("may hold what git and the hub put there", async () => {
    const foreign = { ".git/config": "g", ".gitattributes": "x", ".cache/huggingface/y": "z" };
    write(out, foreign);
    await build(FIRST);
    expect(read(out)).toEqual({ ...FIRST, ...foreign });
  });

  test.each([["notes.txt"], ["thesis/main.tex"], [".bashrc"], ["SHA256SUMS"], ["manifest.json"]])(
    "that holds somebody's %s is refused, with --overwrite too, and gets no file",
    async (path) => {
      write(out, { [path]: MANIFEST });
      for (const overwrite of [false, true]) {
        await expect(build(FIRST, { overwrite })).rejects.toThrow("holds other files");
      }
      expect(readdirSync(out)).toEqual([path.split("/")[0]]);
    },
  );

  test("is refused while another command is at work in it", async () => {
    const folder = await openOutputFolder(out, OPTIONS);
    for (const flags of [{}, { resume: true }, { overwrite: true }]) {
      await expect(build(FIRST, flags)).rejects.toThrow(/interrupted|is using it/);
    }
    await expect(build(FIRST, { overwrite: true })).rejects.toThrow("is using it");
    folder.release();
    await build(FIRST, { resume: true });
    expect(read(out)).toEqual(FIRST);
  });

  test("reached by a link is the folder that the link leads to", async () => {
    mkdirSync(join(root, "real"));
    symlinkSync(join(root, "real"), out);
    await build(FIRST);
    expect(read(join(root, "real"))).toEqual(FIRST);
  });
});

describe("a finished folder", () => {
  beforeEach(() => build(FIRST));

  test("is refused without --overwrite", async () => {
    await expect(build(SECOND)).rejects.toThrow("holds a finished dataset");
    expect(read(out)).toEqual(FIRST);
  });

  test("is replaced with --overwrite: what the new one lacks goes, what is foreign stays", async () => {
    const foreign = { ".git/HEAD": "ref", "scenes/notes.txt": "n", "data/mine.csv": "1,2", "analysis/a.ipynb": "{}" };
    write(out, foreign);
    await build(SECOND, { overwrite: true });
    expect(read(out)).toEqual({ ...SECOND, ...foreign });
  });

  test("an edited file of ours is foreign: it is named where a new one must go, and stays where none must", async () => {
    writeFileSync(join(out, "README.md"), "mine");
    await expect(build(SECOND, { overwrite: true })).rejects.toThrow("README.md is in the way");
    rmSync(join(out, "README.md"));
    writeFileSync(join(out, "scenes/a.json"), "mine");
    await build(SECOND, { overwrite: true });
    expect(read(out)).toEqual({ ...SECOND, "scenes/a.json": "mine" });
  });

  test("a file edited while the build ran is found before anything is touched", async () => {
    const folder = await openOutputFolder(out, { ...OPTIONS, overwrite: true });
    write(folder.stagingFolder, SECOND);
    await writeChecksums(folder.stagingFolder);
    writeFileSync(join(out, "data/train.jsonl"), "9");
    await expect(publish(folder, null)).rejects.toThrow("data/train.jsonl is in the way");
    folder.release();
    expect(read(out)).toMatchObject({ ...FIRST, "data/train.jsonl": "9" });
    expect(await isPublishing(out)).toBe(false);
  });

  test.each(["scenes", "data"])("a link in place of %s leads nowhere: nothing behind it is touched", async (name) => {
    const elsewhere = join(root, "elsewhere");
    rmSync(join(out, name), { recursive: true });
    write(elsewhere, { "a.json": "a", "b.json": "b", "train.jsonl": "1" });
    symlinkSync(elsewhere, join(out, name));
    await expect(build(SECOND, { overwrite: true })).rejects.toThrow(`${name} is in the way`);
    expect(read(elsewhere)).toEqual({ "a.json": "a", "b.json": "b", "train.jsonl": "1" });
  });

  test("a SHA256SUMS from elsewhere reaches nothing outside the folder", async () => {
    write(root, { "keep/thesis.tex": "t" });
    const sums = readFileSync(join(out, "SHA256SUMS"), "utf8");
    const hash = "e3b98a4da31a127d4bde6e43033f66ba274cab0eb7eb1c70ec41402bf6273dd8";
    writeFileSync(join(out, "SHA256SUMS"), `${sums}${hash}  ../keep/thesis.tex\n`);
    await expect(build(SECOND, { overwrite: true })).rejects.toThrow("a path inside the folder");
    expect(read(join(root, "keep"))).toEqual({ "thesis.tex": "t" });
  });

  test("a SHA256SUMS that names git's own files does not make them ours", async () => {
    write(out, { ".git/HEAD": "ref: refs/heads/main" });
    await writeChecksums(out, []);
    expect(readFileSync(join(out, "SHA256SUMS"), "utf8")).toContain(".git/HEAD");
    await build(SECOND, { overwrite: true });
    expect(readFileSync(join(out, ".git/HEAD"), "utf8")).toBe("ref: refs/heads/main");
  });

  test("a link in the folder to a file of the right content is not ours", async () => {
    write(root, { "keep/a.json": "a" });
    rmSync(join(out, "scenes/a.json"));
    symlinkSync(join(root, "keep/a.json"), join(out, "scenes/a.json"));
    await build(SECOND, { overwrite: true });
    expect(read(join(root, "keep"))).toEqual({ "a.json": "a" });
    expect(existsSync(join(out, "scenes/a.json"))).toBe(true);
  });

  test("files that share their bytes with the new ones by hard links stay whole", async () => {
    const folder = await openOutputFolder(out, { ...OPTIONS, overwrite: true });
    write(folder.stagingFolder, { ...SECOND });
    rmSync(join(folder.stagingFolder, "README.md"));
    linkSync(join(out, "README.md"), join(folder.stagingFolder, "README.md"));
    await writeChecksums(folder.stagingFolder);
    await publish(folder, null);
    folder.release();
    expect(read(out)).toEqual({ ...SECOND, "README.md": "one" });
  });
});

describe("interrupted work", () => {
  const begin = async (options: Partial<OutputFolderOptions> = {}): Promise<void> => {
    const folder = await openOutputFolder(out, { ...OPTIONS, ...options });
    write(folder.workingFolder, { "results/a.json": "kept" });
    folder.release();
  };

  test("needs a flag; --resume keeps it, --overwrite begins again", async () => {
    await begin();
    await expect(build(FIRST)).rejects.toThrow("Add --resume to continue it");
    const resumed = await openOutputFolder(out, { ...OPTIONS, resume: true });
    expect(existsSync(join(resumed.workingFolder, "results/a.json"))).toBe(true);
    resumed.release();
    const begun = await openOutputFolder(out, { ...OPTIONS, overwrite: true });
    expect(existsSync(join(begun.workingFolder, "results/a.json"))).toBe(false);
    begun.release();
  });

  test("of other settings is not gone on with", async () => {
    await begin();
    await expect(build(FIRST, { resume: true, settings: "seed 7" })).rejects.toThrow(/seed 0.*\n.*seed 7/);
  });

  test("with other settings begun again can't be resumed with the old ones (a kill between removal and note)", async () => {
    await begin();
    const folder = await openOutputFolder(out, { ...OPTIONS, overwrite: true, settings: "seed 7" });
    folder.release();
    await expect(build(FIRST, { resume: true })).rejects.toThrow("was started with other settings");
  });

  test("that keeps nothing is begun again by the same command alone", async () => {
    await begin({ beginsAgain: true });
    await expect(build(FIRST, { beginsAgain: true, settings: "seed 7" })).rejects.toThrow("was interrupted");
    await build(FIRST, { beginsAgain: true });
    expect(read(out)).toEqual(FIRST);
  });

  test.each(["settings.json.partial", "results", "staging"])(
    "whose %s is a link reaches nothing outside",
    async (name) => {
      mkdirSync(join(out, WORKING_FOLDER), { recursive: true });
      write(root, { "keep/thesis.tex": "mine" });
      symlinkSync(
        join(root, "keep", name === "settings.json.partial" ? "thesis.tex" : ""),
        join(out, WORKING_FOLDER, name),
      );
      const marker = {
        schema: "vsi-publishing/1",
        command: "vsi-build",
        settings: "seed 0",
        files: { "thesis.tex": createHash("sha256").update("mine").digest("hex") },
        replaced: {},
        report: null,
      };
      if (name === "staging") writeFileSync(join(out, WORKING_FOLDER, "publishing.json"), JSON.stringify(marker));
      await expect(openOutputFolder(out, { ...OPTIONS, overwrite: true })).rejects.toThrow(
        `.vsi-build holds ${name}, a link, pipe or device`,
      );
      expect(readFileSync(join(root, "keep/thesis.tex"), "utf8")).toBe("mine");
    },
  );

  test("whose settings are a pipe is refused at once", async () => {
    mkdirSync(join(out, WORKING_FOLDER), { recursive: true });
    execFileSync("mkfifo", [join(out, WORKING_FOLDER, "settings.json")]);
    await expect(openOutputFolder(out, { ...OPTIONS, resume: true })).rejects.toThrow(
      "holds settings.json, a link, pipe",
    );
  });

  test("that somebody is at is not called interrupted", async () => {
    const folder = await openOutputFolder(out, OPTIONS);
    mkdirSync(join(folder.workingFolder, "results"));
    await expect(openOutputFolder(out, OPTIONS)).rejects.toThrow("is using it");
    folder.release();
  });

  test("a working folder that is a link is refused", async () => {
    mkdirSync(out);
    write(root, { "keep/settings.json": "{}" });
    symlinkSync(join(root, "keep"), join(out, WORKING_FOLDER));
    await expect(build(FIRST, { overwrite: true })).rejects.toThrow(`${WORKING_FOLDER} is a link`);
    expect(existsSync(join(root, "keep/settings.json"))).toBe(true);
  });
});

describe("an interrupted publication", () => {
  /** Stops a publication after it has moved `moved` files, by what such a process leaves. */
  const interrupt = async (moved: number): Promise<void> => {
    const folder = await openOutputFolder(out, { ...OPTIONS, overwrite: true });
    write(folder.stagingFolder, SECOND);
    await writeChecksums(folder.stagingFolder);
    let moves = 0;
    const aborted = new AbortController();
    const lock = { ...folder.lock, lost: aborted.signal };
    await publish({ ...folder, lock }, { said: "done" }, () => {
      moves += 1;
      if (moves > moved) throw new Error("killed");
    }).catch((error: Error) => {
      if (error.message !== "killed") throw error;
    });
    folder.release();
  };

  test.each([0, 1, 2, 3, 4])(
    "is finished by the same command after %i moves, which gets what there was to report",
    async (moved) => {
      await build(FIRST);
      await interrupt(moved);
      expect(await isPublishing(out)).toBe(true);
      await expect(build(SECOND, { overwrite: true })).resolves.toEqual({ said: "done" });
      expect(read(out)).toEqual(SECOND);
    },
  );

  test("is finished before another command replaces it", async () => {
    await build(FIRST);
    await interrupt(2);
    await build(FIRST, { overwrite: true, settings: "seed 7" });
    expect(read(out)).toEqual(FIRST);
  });

  test.each([
    ["paths that lead out", { "../keep/thesis.tex": "0".repeat(64) }],
    ["an absolute path", { "/etc/hostname": "0".repeat(64) }],
    ["no list", null],
    ["a path of the working folder", { ".vsi-build/settings.json": "0".repeat(64) }],
  ])("with a marker of %s is refused, and nothing is touched", async (_, replaced) => {
    await build(FIRST);
    write(root, { "keep/thesis.tex": "t" });
    const marker = { schema: "vsi-publishing/1", command: "vsi-build", settings: "seed 0", files: {}, replaced };
    write(out, { [`${WORKING_FOLDER}/publishing.json`]: JSON.stringify(marker) });
    await expect(build(SECOND, { overwrite: true })).rejects.toThrow("was not written by this version");
    expect(read(join(root, "keep"))).toEqual({ "thesis.tex": "t" });
    expect(read(out)).toMatchObject(FIRST);
  });

  test("whose new file was changed is not finished", async () => {
    await build(FIRST);
    await interrupt(0);
    writeFileSync(join(out, WORKING_FOLDER, "staging/data/train.jsonl"), "x");
    const before = read(out);
    await expect(build(SECOND, { overwrite: true })).rejects.toThrow("was changed before it could be moved");
    expect(read(out)).toEqual(before);
  });

  test("is announced, and left as it is, where somebody only asks what would be done", async () => {
    await build(FIRST);
    await interrupt(2);
    const before = read(out);
    expect(await planOutputFolder(out, OPTIONS)).toBe("finish");
    const other = { ...OPTIONS, settings: "seed 7" };
    await expect(planOutputFolder(out, other)).rejects.toThrow("holds a finished dataset");
    expect(await planOutputFolder(out, { ...other, overwrite: true })).toBe("replace");
    expect(read(out)).toEqual(before);
    writeFileSync(join(out, WORKING_FOLDER, "publishing.json"), "{}");
    await expect(planOutputFolder(out, OPTIONS)).rejects.toThrow("was not written by this version");
  });

  test("whose report is none is finished, and then a folder like any other", async () => {
    await build(FIRST);
    await interrupt(1);
    const options = { ...OPTIONS, isReport: () => false };
    await expect(openOutputFolder(out, options)).rejects.toThrow("holds a finished dataset");
    expect(await isPublishing(out)).toBe(false);
    expect(read(out)).toMatchObject(SECOND);
  });

  test("whose new file has gone says so", async () => {
    await build(FIRST);
    await interrupt(0);
    rmSync(join(out, WORKING_FOLDER, "staging/data/train.jsonl"));
    await expect(build(SECOND, { overwrite: true })).rejects.toThrow("disappeared while being moved into place");
  });
});

test("regression: a misspelt option was passed by, and a missing one was a raw TypeError", async () => {
  const misspelt = { ...OPTIONS, overwrit: true };
  await expect(openOutputFolder(out, misspelt)).rejects.toThrow("overwrit: got an option that does not exist");
  const nothing = {} as unknown as OutputFolderOptions;
  await expect(openOutputFolder(out, nothing)).rejects.toThrow("command: got nothing, expected a string.");
  await expect(openOutputFolder("", OPTIONS)).rejects.toThrow("expected a path");
  expect(existsSync(out)).toBe(false);
});
