import { expect, test } from "@jest/globals";
import { knownLimits } from "../../src/card/knownLimits.ts";
import { emptySummary, manifest } from "../support/question.ts";

const frames = { frames: 8, sampling: "uniform", size: null, video: false } as const;
const limits = (...[fields, changed]: Parameters<typeof manifest>) =>
  knownLimits(manifest(fields, changed), emptySummary()).join("\n");

test("what the distance means is the setting, or the protocol's own", () => {
  expect(limits()).toContain("between the means of the objects' vertices");
  expect(limits({}, { protocol: "vsi-bench" })).toMatch(/closest vertices .* or, without a mesh, .* boxes/);
  const published = knownLimits(manifest({}, { protocol: "vsi-bench" }), emptySummary(["test"])).join("\n");
  expect(published).toContain("Distances are measured between the objects' boxes");
  expect(limits({}, { distance: "sampled" })).toContain("as VSI-Bench did");
  expect(limits({}, { types: ["object_counting"] })).not.toContain("Distances");
});

test("whether what is asked about was seen depends on the frames", () => {
  expect(limits()).toContain("was not checked");
  expect(limits({}, { frames, minVisiblePixels: 33 })).toContain("from 33 pixels");
});

test("scans left out, types without a question and candidates never drawn are counted, and only where there are any", () => {
  const text = limits({
    inputs: { scans_read: 3, scans_skipped: { "ply-truncated": 2, excluded: 1 } },
    counts: { questions: {}, rejects: {}, not_drawn: { object_rel_direction_easy: 1500, object_counting: 0 } },
  });
  expect(text).toContain("3 scans left out: 2 ply-truncated, 1 excluded.");
  expect(text).toContain("There are no questions of: object_counting, ");
  expect(text).toContain("1,500 candidates never drawn, past a limit a scan: 1,500 object_rel_direction_easy.");
  expect(limits()).not.toMatch(/left out|never drawn/);
});
