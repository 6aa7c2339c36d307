import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { lstat, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { LOCK_FILE } from "@vsi/command/internal";
import { temporaryFolder } from "@vsi/testing/folders";
import { lockRunFolder, openRunFolder as openFor } from "../../src/run/folder.ts";
import type { RunSettings } from "../../src/run/runSettings.ts";

describe("lockRunFolder", () => {
  const folder = temporaryFolder();
  let made = 0;

  function outWith(lock: string | null): string {
    made += 1;
    const out = join(folder, `out-${made}`);
    if (lock === null) return out;
    mkdirSync(out);
    writeFileSync(join(out, "run.lock"), lock);
    return out;
  }

  test("makes the folder, keeps a second one out, and leaves nothing behind", () => {
    const out = outWith(null);
    const lock = lockRunFolder(out);
    expect(() => lockRunFolder(out)).toThrow(`process ${process.pid} on ${hostname()}, since `);
    lock.release();
    expect(readdirSync(out)).toEqual([]);
    lockRunFolder(out).release();
  });

  test("a living process of 0.1 keeps its lock; the same process's lock is nobody's once it is dead", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    await once(child, "spawn");
    const out = outWith(`${child.pid} ${hostname()}\n`);
    expect(() => lockRunFolder(out)).toThrow(`${join(out, "run.lock")}: process ${child.pid} on ${hostname()}`);
    child.kill("SIGKILL");
    await once(child, "exit");
    const lock = lockRunFolder(out);
    expect(readdirSync(out)).toEqual([LOCK_FILE]);
    lock.release();
  });

  test("the number of this process, taken by one before it, as a restarted container's", () => {
    const out = outWith(`${process.pid} ${hostname()}\n`);
    lockRunFolder(out).release();
    expect(existsSync(join(out, "run.lock"))).toBe(false);
  });

  const dead = spawnSync(process.execPath, ["-e", ""]).pid;
  test("a lock of 0.1 of another machine, where nobody can look, stays", () => {
    const text = `${dead} elsewhere.example\n`;
    const out = outWith(text);
    expect(() => lockRunFolder(out)).toThrow("Only one command may write there at a time");
    expect(readFileSync(join(out, "run.lock"), "utf8")).toBe(text);
  });

  test("an empty run.lock, as a power cut leaves it, stays and locks nobody out", () => {
    const out = outWith("");
    lockRunFolder(out).release();
    expect(readFileSync(join(out, "run.lock"), "utf8")).toBe("");
  });

  test("a file in the folder's place is named", () => {
    made += 1;
    const out = join(folder, `out-${made}`);
    writeFileSync(out, "");
    expect(() => lockRunFolder(out)).toThrow(expect.objectContaining({ name: "DatasetError" }));
  });
});

const settings: RunSettings = {
  schema: "vsi-run/1",
  model: "tiny",
  base_url: "http://127.0.0.1:1/v1",
  mode: "vanilla",
  prompts: "evaluation",
  frames: 16,
  frames_shown: null,
  frames_seed: null,
  max_pixels: 100_352,
  max_tokens: 1024,
  temperature: 0,
  seed: null,
  data: "test.jsonl",
  data_sha256: "0".repeat(64),
  subset: null,
  limit: null,
  images: "unknown",
  versions: { "vsi-eval": "0.1.0" },
};

const openRunFolder = (out: string, now: RunSettings, flags: { resume: boolean; overwrite: boolean }) =>
  openFor(out, now, flags, []);

const NEITHER = { resume: false, overwrite: false };

describe("openRunFolder", () => {
  const folder = temporaryFolder();

  test("files of others in the folder are no matter, and stay", async () => {
    const out = join(folder, "notes");
    await mkdir(out);
    await writeFile(join(out, "notes.txt"), "mine");
    expect((await openRunFolder(out, settings, NEITHER)).kept.answers.size).toBe(0);
    await openRunFolder(out, settings, { resume: false, overwrite: true });
    expect(await readFile(join(out, "notes.txt"), "utf8")).toBe("mine");
  });

  test.each([NEITHER, { resume: true, overwrite: false }, { resume: false, overwrite: true }])(
    "an answers.jsonl of somebody else is never touched: %j",
    async (flags) => {
      const out = join(folder, JSON.stringify(flags).replaceAll(/\W/g, ""));
      await mkdir(out);
      await writeFile(join(out, "answers.jsonl"), "mine");
      await expect(openRunFolder(out, settings, flags)).rejects.toThrow("no settings.json from vsi-eval run");
      await writeFile(join(out, "settings.json"), '{"theme": "dark"}');
      await expect(openRunFolder(out, settings, flags)).rejects.toThrow("nothing was touched");
      expect(await readFile(join(out, "answers.jsonl"), "utf8")).toBe("mine");
      expect(await readFile(join(out, "settings.json"), "utf8")).toBe('{"theme": "dark"}');
    },
  );

  test("regression: a run whose server was not up yet refused the same command a minute later", async () => {
    const out = join(folder, "early");
    await mkdir(out);
    await openRunFolder(out, settings, NEITHER);
    const later = await openRunFolder(out, { ...settings, mode: "think" }, NEITHER);
    expect(later.settings.mode).toBe("think");
    await writeFile(join(out, "answers.jsonl"), "");
    await expect(openRunFolder(out, settings, NEITHER)).rejects.toThrow("holds a run. Add --resume");
  });

  test("the same model at another address goes on, and what was found out about the images is kept", async () => {
    const out = join(folder, "moved");
    await mkdir(out);
    await openRunFolder(out, { ...settings, images: "shown" }, NEITHER);
    const moved = { ...settings, base_url: "http://127.0.0.1:2/v1" };
    const opened = await openRunFolder(out, moved, { resume: true, overwrite: false });
    expect(opened.settings).toEqual({ ...moved, images: "shown" });
    expect(JSON.parse(await readFile(join(out, "settings.json"), "utf8"))).toEqual(opened.settings);
  });

  test.each([
    ["model", { model: "other" }, 'model: then "tiny", now "other"'],
    ["data", { data_sha256: "1".repeat(64) }, "data_sha256"],
    ["versions", { versions: { "vsi-eval": "0.2.0" } }, 'then {"vsi-eval":"0.1.0"}, now {"vsi-eval":"0.2.0"}'],
  ])("another %s refuses --resume", async (name, change, said) => {
    const out = join(folder, `other-${name}`);
    await mkdir(out);
    await openRunFolder(out, settings, NEITHER);
    const resumed = openRunFolder(out, { ...settings, ...change }, { resume: true, overwrite: false });
    await expect(resumed).rejects.toThrow(said);
  });

  test.each(["answers.jsonl", "predictions.jsonl", "settings.json"])(
    "a %s that is a link or a folder is refused, and what it leads to stays",
    async (name) => {
      const out = join(folder, `link-${name}`);
      await mkdir(out);
      await openRunFolder(out, settings, NEITHER);
      await rm(join(out, name), { force: true });
      const target = join(folder, `target-${name}`);
      await writeFile(target, JSON.stringify(settings));
      for (const make of [() => symlink(target, join(out, name)), () => mkdir(join(out, name))]) {
        await make();
        for (const flags of [
          { resume: true, overwrite: false },
          { resume: false, overwrite: true },
        ])
          await expect(openRunFolder(out, settings, flags)).rejects.toThrow(/is a (link|folder), expected a file/);
        expect((await lstat(join(out, name))).isFile()).toBe(false);
        await rm(join(out, name), { recursive: true });
      }
      expect(await readFile(target, "utf8")).toBe(JSON.stringify(settings));
    },
  );

  test("--overwrite that is killed while it removes leaves a run that --overwrite takes", async () => {
    const out = join(folder, "killed");
    await mkdir(out);
    await openRunFolder(out, settings, NEITHER);
    // Answers gone, predictions not yet: 0.1 removed settings.json before them and then refused the folder for ever.
    await writeFile(join(out, "predictions.jsonl"), "");
    await openRunFolder(out, { ...settings, seed: 1 }, { resume: false, overwrite: true });
    expect(JSON.parse(await readFile(join(out, "settings.json"), "utf8"))).toMatchObject({ seed: 1 });
    expect(existsSync(join(out, "predictions.jsonl"))).toBe(false);
  });
});
