import { describe, expect, test } from "@jest/globals";
import { readValues } from "@vsi/command/internal/program";
import type { QuestionType } from "@vsi/dataset";
import { buildWords, type DatasetSettings, settingsOf } from "@vsi/publish";
import { PROTOCOLS, protocolTypes, RULES_NAMES } from "@vsi/questions";
import { settings } from "@vsi/testing/question";
import fc from "fast-check";
import { buildOptions } from "../../src/commands/build.ts";
import { BUILD } from "../../src/commands/flags.ts";
import { completeOptions } from "../../src/options.ts";

/** The settings that the command reads from what was typed. */
async function settingsFrom(words: readonly string[]): Promise<DatasetSettings> {
  return settingsOf(completeOptions(await buildOptions(await readValues(BUILD, words.slice(1), "vsi-build")), "test"));
}

const anySettings: fc.Arbitrary<DatasetSettings> = fc
  .record({
    protocol: fc.constantFrom("vsi-100k" as const, "vsi-bench" as const),
    rules: fc.constantFrom(...RULES_NAMES),
    balance: fc.boolean(),
    thinSizes: fc.boolean(),
    labels: fc.constantFrom("raw" as const, "canonical" as const),
    distance: fc.constantFrom(null, "centroid" as const, "box" as const),
    split: fc.constantFrom("all" as const, "val" as const),
    seed: fc.nat(),
    maxPerScene: fc.constantFrom({}, { object_counting: 3, object_abs_distance: 20 }),
    target: fc.constantFrom(null, "vsi-100k" as const),
    box: fc.constantFrom("gravity" as const, "pca" as const),
    minVisiblePixels: fc.constantFrom(20, 50),
    format: fc.constantFrom("jsonl" as const, "parquet" as const),
    fewTypes: fc.boolean(),
    frames: fc.option(
      fc.record({
        frames: fc.integer({ min: 1, max: 64 }),
        sampling: fc.constantFrom("uniform" as const, "coverage" as const, { every: 10 }),
        size: fc.constantFrom(null, { width: 640, height: 480 }),
        video: fc.boolean(),
      }),
      { nil: null },
    ),
    flag: fc.boolean(),
  })
  .map(({ fewTypes, flag, ...fields }) => {
    const types: QuestionType[] = fewTypes ? ["object_counting"] : protocolTypes(PROTOCOLS[fields.protocol]);
    const { frames } = fields;
    const countVisible = frames !== null && flag;
    // Without frames, other pixels mean nothing: a build refuses them.
    const minVisiblePixels = frames === null ? 50 : fields.minVisiblePixels;
    // A build refuses a limit for a type that it does not ask.
    const limits = Object.entries(fields.maxPerScene).filter(([type]) => types.includes(type as QuestionType));
    return settings({
      ...fields,
      maxPerScene: Object.fromEntries(limits),
      minVisiblePixels,
      types,
      countVisible,
      pixels: frames === null || frames.video || flag,
    });
  });

describe("buildWords", () => {
  test("the command on the card, typed again, gives the settings of the dataset", async () => {
    const property = async (chosen: DatasetSettings) => {
      expect(await settingsFrom(buildWords(chosen, false))).toEqual(chosen);
    };
    await fc.assert(fc.asyncProperty(anySettings, property), { numRuns: 100 });
  });

  test.each([
    [["--rules", "careful"], { rules: "careful", balance: true }],
    [["--rules", "published"], { rules: "published", balance: false }],
    [["--rules", "paper"], { rules: "paper", balance: false }],
    [["--no-balance"], { rules: "careful", balance: false }],
    [["--rules", "paper", "--balance"], { rules: "paper", balance: true }],
    [["--thin-sizes"], { thinSizes: true }],
  ])("%j: %j", async (words, expected) => {
    expect(await settingsFrom(["vsi-build", "--scannet", "./raw", ...words])).toEqual(
      settings(expected as Partial<DatasetSettings>),
    );
  });

  test("says nothing that is a default, but the seed", () => {
    expect(buildWords(settings(), false).join(" ")).toBe("vsi-build --scannet ./raw --seed 0");
    expect(buildWords(settings({ seed: 3 }), true).join(" ")).toBe("vsi-build --meta-info FILE --seed 3");
    expect(buildWords(settings(), false, true, true).join(" ")).toBe(
      "vsi-build --scannet ./raw --any-name --room-tables FILE --seed 0",
    );
  });
});

describe("flags that mean nothing without another", () => {
  const typed = async (...words: string[]) =>
    buildOptions(await readValues(BUILD, ["--scannet", "./raw", ...words], "vsi-build"));

  test.each([
    [["--sampling", "uniform"], "--sampling: means nothing without --frames N. Add it, or leave this out."],
    [["--min-visible-pixels", "9"], "--min-visible-pixels: means nothing without --frames N"],
    [["--frame-size", "64x48"], "--frame-size: means nothing without --frames N"],
    [["--no-pixels"], "--no-pixels: means nothing without --frames N"],
    [["--video"], "--video: means nothing without --frames N"],
    [
      ["--types", "camera_displacement", "--protocol", "vsi-bench"],
      "camera_displacement asks about the scans' streams",
    ],
    [["--types", "object_counting,obj_appearance_order", "--protocol", "vsi-bench"], "add --frames N, or leave it out"],
    // The second took the first one's place without a word.
    [
      ["--max-per-scene", "object_counting=1", "--max-per-scene", "object_counting=2"],
      "got object_counting=1 and object_counting=2, expected one number for each type",
    ],
  ])("regression: %j was taken and did nothing", async (words, said) => {
    await expect(typed(...words)).rejects.toThrow(said);
    await typed(...words, "--frames", "4").catch((error: Error) => expect(error.message).not.toContain("--frames"));
  });

  test("a switch that stays as it is asks for nothing", async () => {
    expect((await typed("--pixels", "--no-video")).frames).toBeUndefined();
  });

  test.each([
    ["scans without frames", ["--scannet", "./raw"]],
    ["published facts", ["--meta-info", "facts.json"]],
  ])("regression: vsi-bench on %s was refused for types that nobody had asked for by name", async (_, source) => {
    const words = [...source, "--protocol", "vsi-bench"];
    expect((await settingsFrom(["vsi-build", ...words])).types).toEqual(protocolTypes(PROTOCOLS["vsi-bench"]));
  });

  test("boxes are fitted to meshes, which published facts do not have", async () => {
    const words = ["--meta-info", "facts.json", "--box", "pca"];
    await expect(readValues(BUILD, words, "vsi-build")).rejects.toThrow(
      "--box: means nothing without --scannet FOLDER",
    );
  });

  test("regression: a limit for a type that is not asked for was taken and did nothing", async () => {
    const words = ["--types", "object_counting", "--max-per-scene", "object_abs_distance=3"];
    await expect(typed(...words)).rejects.toThrow(
      "--max-per-scene: got a limit for object_abs_distance, which is not among --types object_counting. Add it there, or leave the limit out.",
    );
    expect((await typed("--max-per-scene", "object_abs_distance=3")).maxPerScene).toEqual({ object_abs_distance: 3 });
    const given = { scannet: "./raw", types: ["object_counting" as const], maxPerScene: { object_abs_distance: 3 } };
    expect(() => completeOptions(given, "buildDataset")).toThrow("maxPerScene");
  });
});
