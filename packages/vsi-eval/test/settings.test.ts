import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { flattenSettings, readSettings } from "../src/settings.ts";

describe("flattenSettings", () => {
  test("names what stands inside another by its path, in the order of the names", () => {
    const settings = {
      temperature: 0,
      image: { pixels: 401408, size: { w: 1 } },
      frames: [1, 2],
      key: null,
      model: "a b",
    };
    expect([...flattenSettings(settings)]).toEqual([
      ["frames", "[1,2]"],
      ["image.pixels", "401408"],
      ["image.size.w", "1"],
      ["key", "null"],
      ["model", "a b"],
      ["temperature", "0"],
    ]);
  });

  test("an empty object is a value, no settings are none", () => {
    expect([...flattenSettings({ extra: {} })]).toEqual([["extra", "{}"]]);
    expect(flattenSettings({}).size).toBe(0);
  });
});

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder, ...names);

describe("readSettings", () => {
  beforeAll(async () => {
    for (const name of ["run", "bare"]) await mkdir(at(name));
    await writeFile(at("run", "settings.json"), '{"frames": 16}');
    await writeFile(at("list.json"), "[16]");
    await writeFile(at("broken.json"), '{"frames"');
  });

  test("takes the settings.json beside the predictions, or none", async () => {
    expect(await readSettings(at("run", "predictions.jsonl"))).toEqual({ frames: 16 });
    expect(await readSettings(at("bare", "predictions.jsonl"))).toBeNull();
  });

  test.each([["run"], ["run/settings.json"]])("takes what is given: %s", async (given) => {
    expect(await readSettings(at("bare", "predictions.jsonl"), at(given))).toEqual({ frames: 16 });
  });

  test.each([
    ["nowhere", "settings-missing"],
    ["bare", "settings-missing"],
    ["list.json", "settings-shape"],
    ["broken.json", "settings-shape"],
  ])("refuses %s", async (given, code) => {
    await expect(readSettings(at("p.jsonl"), at(given))).rejects.toMatchObject({ name: "EvaluationError", code });
  });

  test("regression: a missing file was an error (ENOENT)", async () => {
    await expect(readSettings(at("p.jsonl"), at("nowhere"))).rejects.toThrow("nowhere: got no such file, expected");
  });
});
