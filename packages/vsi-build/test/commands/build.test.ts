import { describe, expect, test } from "@jest/globals";
import { readValues } from "@vsi/command/program";
import type { QuestionType } from "@vsi/dataset";
import { buildWords, type DatasetSettings, settingsOf } from "@vsi/publish";
import { PROTOCOLS, protocolTypes, RULES_NAMES } from "@vsi/questions";
import { settings } from "@vsi/testing/question";
import fc from "fast-check";
import { buildOptions } from "../../src/commands/build.ts";
import { BUILD } from "../../src/commands/flags.ts";

/** The settings that the command reads from what was typed. */
async function settingsFrom(words: readonly string[]): Promise<DatasetSettings> {
  return settingsOf(await buildOptions(await readValues(BUILD, words.slice(1), "vsi-build")));
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
    return settings({ ...fields, types, countVisible, pixels: frames === null || frames.video || flag });
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
  });
});
