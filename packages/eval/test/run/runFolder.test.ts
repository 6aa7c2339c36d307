import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { openRunFolder } from "../../src/run/runFolder.ts";
import type { RunSettings } from "../../src/run/runSettings.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const settings: RunSettings = {
  schema: "vsi-run/1",
  model: "tiny",
  base_url: "http://127.0.0.1:1/v1",
  mode: "vanilla",
  prompts: "evaluation",
  frames: 16,
  max_pixels: 100_352,
  max_tokens: 1024,
  temperature: 0,
  seed: null,
  data: "test.jsonl",
  data_sha256: "0".repeat(64),
  limit: null,
  images: "unknown",
  versions: { "vsi-eval": "0.1.0" },
};
const NEITHER = { resume: false, overwrite: false };

describe("openRunFolder", () => {
  const folder = temporaryFolder();

  test("files of others in the folder are no matter, and stay", async () => {
    const out = join(folder(), "notes");
    await mkdir(out);
    await writeFile(join(out, "notes.txt"), "mine");
    expect((await openRunFolder(out, settings, NEITHER)).answers.size).toBe(0);
    await openRunFolder(out, settings, { resume: false, overwrite: true });
    expect(await readFile(join(out, "notes.txt"), "utf8")).toBe("mine");
  });

  test.each([NEITHER, { resume: true, overwrite: false }, { resume: false, overwrite: true }])(
    "an answers.jsonl of somebody else is never touched: %j",
    async (flags) => {
      const out = join(folder(), JSON.stringify(flags).replaceAll(/\W/g, ""));
      await mkdir(out);
      await writeFile(join(out, "answers.jsonl"), "mine");
      await expect(openRunFolder(out, settings, flags)).rejects.toThrow("no settings.json of vsi-eval run");
      await writeFile(join(out, "settings.json"), '{"theme": "dark"}');
      await expect(openRunFolder(out, settings, flags)).rejects.toThrow("nothing was touched");
      expect(await readFile(join(out, "answers.jsonl"), "utf8")).toBe("mine");
      expect(await readFile(join(out, "settings.json"), "utf8")).toBe('{"theme": "dark"}');
    },
  );

  test("the same model at another address goes on, and what was found out about the images is kept", async () => {
    const out = join(folder(), "moved");
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
    const out = join(folder(), `other-${name}`);
    await mkdir(out);
    await openRunFolder(out, settings, NEITHER);
    const resumed = openRunFolder(out, { ...settings, ...change }, { resume: true, overwrite: false });
    await expect(resumed).rejects.toThrow(said);
  });
});
