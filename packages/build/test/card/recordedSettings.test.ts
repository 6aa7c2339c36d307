import { expect, test } from "@jest/globals";
import { recordedSettings } from "../../src/card/recordedSettings.ts";
import { emptyCounts } from "../../src/output/buildCounts.ts";
import { buildManifest } from "../../src/output/buildManifest.ts";
import { settings } from "../support/question.ts";

test("a manifest's settings, also after its JSON was read back, are those it was made of", () => {
  const chosen = settings({ protocol: "vsi-bench", seed: 7, format: "parquet", maxPerScene: { object_counting: 2 } });
  const written = JSON.stringify(buildManifest(chosen, emptyCounts(["train"]), {}));
  expect(recordedSettings(JSON.parse(written))).toEqual(chosen);
});
