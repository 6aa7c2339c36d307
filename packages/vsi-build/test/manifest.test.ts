import { expect, test } from "@jest/globals";
import { recordedSettings } from "@vsi/publish";
import { settings } from "@vsi/testing/question";
import { emptyCounts } from "../src/counts.ts";
import { buildManifest } from "../src/manifest.ts";

test("a manifest's settings, also after its JSON was read back, are those it was made of", () => {
  const chosen = settings({ protocol: "vsi-bench", seed: 7, format: "parquet", maxPerScene: { object_counting: 2 } });
  const written = JSON.stringify(buildManifest(chosen, emptyCounts(["train"]), {}));
  expect(recordedSettings(JSON.parse(written))).toEqual(chosen);
});
