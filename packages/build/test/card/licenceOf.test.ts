import { expect, test } from "@jest/globals";
import { licenceOf } from "../../src/card/licenceOf.ts";
import { emptySummary } from "../support/question.ts";

test.each([
  ["ScanNet's scans", ["train"], ["scannet"], "other", "scannet-terms-of-use"],
  ["sample rooms", ["train"], ["vsi-synth"], "cc0-1.0", null],
  ["both: the strictest for the whole", ["train"], ["scannet", "vsi-synth"], "other", "scannet-terms-of-use"],
  ["VSI-Bench's published facts", ["test"], ["scannet"], "apache-2.0", null],
  ["no questions: nothing shows that ScanNet's terms do not hold", ["train"], [], "other", "scannet-terms-of-use"],
] as const)("%s", (_, splits, datasets, id, name) => {
  const scenesByDataset = new Map(datasets.map((dataset) => [dataset as string, 1]));
  const licence = licenceOf({ ...emptySummary(splits), scenesByDataset });
  expect(licence).toMatchObject({ id, name });
  expect(licence.link).toMatch(/^https?:/);
});
