import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { openOutputFolder, publish } from "@vsi/command";
import { type DatasetSplit, MANIFEST_SCHEMA, type Manifest, type Question } from "@vsi/dataset";
import { validateReject } from "@vsi/dataset/validate";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { DATASET_IDENTITY } from "../src/finishDataset.ts";
import { DEFAULT_DATASET_SETTINGS } from "../src/settings.ts";
import { type DroppedQuestion, writeSubset } from "../src/subset.ts";

describe("writeSubset", () => {
  const MANIFEST: Manifest = {
    schema: MANIFEST_SCHEMA,
    name: "rooms",
    protocol: "vsi-100k",
    seed: 0,
    settings: { ...DEFAULT_DATASET_SETTINGS, types: ["object_counting"] },
    versions: { "vsi-build": "0.1.0" },
    inputs: { scans_read: 2, scans_skipped: {} },
    counts: {
      questions: { train: { object_counting: 2 }, validation: { object_counting: 1 } },
      rejects: {},
      not_drawn: {},
    },
  };

  function question(id: string): Question {
    return {
      schema: "vsi-question/1",
      id: id.repeat(16),
      dataset: "vsi-synth",
      scene_name: "scene9000_00",
      question_type: "object_counting",
      question: `How many ${id}(s) are in this room?`,
      ground_truth: "2",
      options: null,
      mc_answer: null,
      protocol: "vsi-100k",
      frames: [],
      evidence: { object_ids: [4, 7], value: 2, unit: "count", margin: null, route: null, frames: null },
    };
  }

  const folder = temporaryFolder();
  const reason: DroppedQuestion = { code: "debias", message: "Guessed.", value: 0.2, limit: 0.05 };
  const lineOf = (id: string) => `${JSON.stringify(question(id))}\n`;
  let source = "";

  beforeAll(async () => {
    source = join(folder, "source");
    for (const below of ["data", "scenes", "frames/scene9000_00", "exports"]) {
      await mkdir(join(source, below), { recursive: true });
    }
    await writeFile(join(source, "data", "train.jsonl"), lineOf("a") + lineOf("b"));
    await writeFile(join(source, "data", "validation.jsonl"), lineOf("a"));
    await writeFile(join(source, "rejects.jsonl"), "");
    await writeFile(join(source, "scenes", "scene9000_00.json"), "{}");
    await writeFile(join(source, "frames", "scene9000_00", "000000.jpg"), "pixels");
    await writeFile(join(source, "exports", "all.parquet"), "all questions");
  });

  async function subset(name: string, dropped: ReadonlyMap<DatasetSplit, ReadonlyMap<string, DroppedQuestion>>) {
    const out = join(folder, name);
    const target = await openOutputFolder(out, {
      command: "vsi-build",
      identity: DATASET_IDENTITY,
      resume: false,
      overwrite: false,
      firstFiles: [],
      settings: "",
    });
    const manifest = await writeSubset(target, { source, manifest: MANIFEST, dropped, settings: { debias: {} } });
    await publish(target, null);
    target.release();
    return { out, manifest };
  }

  test("drops from the split it is told to, keeps the record of it, and takes scenes and frames along", async () => {
    const before = await folderContent(source);
    const { out, manifest } = await subset("less", new Map([["train", new Map([["a".repeat(16), reason]])]]));
    expect(await readFile(join(out, "data", "train.jsonl"), "utf8")).toBe(lineOf("b"));
    expect(await readFile(join(out, "data", "validation.jsonl"), "utf8")).toBe(lineOf("a"));
    expect(manifest.counts).toEqual({
      questions: { train: { object_counting: 1 }, validation: { object_counting: 1 } },
      rejects: { debias: 1 },
      not_drawn: {},
    });
    expect(JSON.parse(await readFile(join(out, "manifest.json"), "utf8"))).toEqual(manifest);
    expect(manifest.settings).toEqual({ ...MANIFEST.settings, debias: {} });
    const reject: unknown = JSON.parse(await readFile(join(out, "rejects.jsonl"), "utf8"));
    validateReject(reject, { file: "rejects.jsonl" });
    expect(reject).toMatchObject({
      code: "debias",
      scene_name: "scene9000_00",
      object_ids: [4, 7],
      value: 0.2,
      limit: 0.05,
    });
    const files = Object.keys(await folderContent(out));
    for (const file of [
      "README.md",
      "SHA256SUMS",
      "data/validation.jsonl",
      "frames/scene9000_00/000000.jpg",
      "scenes/scene9000_00.json",
    ]) {
      expect(files).toContain(file);
    }
    expect(files).not.toContain("exports/all.parquet");
    // The source, and what the caller holds of it, stay as they were.
    expect(await folderContent(source)).toEqual(before);
    expect(MANIFEST.settings).not.toHaveProperty("debias");
  });

  test("dropping nothing gives the same questions", async () => {
    const { out } = await subset("all", new Map());
    for (const split of ["train", "validation"]) {
      const path = join("data", `${split}.jsonl`);
      expect(await readFile(join(out, path), "utf8")).toBe(await readFile(join(source, path), "utf8"));
    }
  });

  test("a broken line of the source is named, and nothing is published", async () => {
    await writeFile(join(source, "data", "train.jsonl"), `${lineOf("a")}{"id": 3}\n`);
    await expect(subset("broken", new Map())).rejects.toThrow(/train\.jsonl: line 2/);
    expect(Object.keys(await folderContent(join(folder, "broken")))).not.toContain("SHA256SUMS");
  });
});
