import { expect, test } from "@jest/globals";
import { emptySummary, manifest } from "@vsi/testing/question";
import {
  citations,
  isForEvaluation,
  isPublished,
  knownLimits,
  licenceOf,
  sourceTerms,
  termsBySource,
} from "../src/terms.ts";

const keys = (protocol: string, datasets: string[]) =>
  citations(protocol, { scenesByDataset: new Map(datasets.map((name) => [name, 1])) }).map(
    (entry) => /^@\w+\{(\w+),/.exec(entry)?.[1],
  );

test("the protocol's paper, and ScanNet's where its scans are", () => {
  expect(keys("vsi-100k", ["scannet"])).toEqual(["liao2025improved", "yang2024thinking", "dai2017scannet"]);
  expect(keys("vsi-bench", ["vsi-synth"])).toEqual(["yang2024thinking"]);
});

const published = manifest({ inputs: { scans_read: 1, scans_skipped: {}, scenes_from: "published-facts" } });

test("the manifest says that facts were published; of an older one a test split does", () => {
  expect(isPublished(published, emptySummary())).toBe(true);
  expect(isPublished(manifest(), emptySummary(["test"]))).toBe(true);
  expect(isPublished(manifest(), emptySummary())).toBe(false);
  const own = { ...emptySummary(["test"]), scenesByDataset: new Map([["own", 1]]) };
  expect(isPublished(manifest(), own)).toBe(false);
});

test("only what is all test is for evaluation alone", () => {
  expect(isForEvaluation(published, emptySummary(["test"]))).toBe(true);
  expect(isForEvaluation(published, emptySummary(["train", "test"]))).toBe(false);
});

const frames = { frames: 8, sampling: "uniform", size: null, video: false } as const;
const limits = (...[fields, changed]: Parameters<typeof manifest>) =>
  knownLimits(manifest(fields, changed), emptySummary()).join("\n");

test("what the distance means is the setting, or the protocol's own", () => {
  expect(limits()).toContain("between the means of the objects' vertices");
  expect(limits({}, { protocol: "vsi-bench" })).toMatch(/closest vertices .* or, without a mesh, .* boxes/);
  const published = knownLimits(manifest({}, { protocol: "vsi-bench" }), emptySummary(["test"])).join("\n");
  expect(published).toContain("Distances are measured between the objects' boxes");
  expect(limits({}, { distance: "sampled" })).toContain("as in VSI-Bench");
  expect(limits({}, { types: ["object_counting"] })).not.toContain("Distances");
});

test("careful rules say what a name may not be", () => {
  expect(limits({}, { rules: "careful" })).toContain("a name that could also mean another object in the room");
  expect(limits({}, { rules: "paper" })).not.toContain("could also mean");
});

test.each(["paper", "published"] as const)("%s rules say that labels are literal", (rules) => {
  expect(limits({}, { rules })).toContain(`(\`--rules ${rules}\`). Labels are taken literally`);
  expect(limits({}, { rules: "careful" })).not.toContain("literally");
});

test("what was done against guessing: nothing, too little, or with how many rooms", () => {
  const inputs = (rooms?: number) => ({
    inputs: { scans_read: 2, scans_skipped: {}, ...(rooms === undefined ? {} : { rooms_learnt_from: rooms }) },
  });
  expect(limits(inputs(), { balance: false })).toContain("were not selected to keep");
  expect(limits(inputs(0), { balance: true })).toContain("Fewer than 20 rooms are too few");
  expect(limits(inputs(24), { balance: true })).toContain("as far as can be learned from 24 rooms");
});

test("whether what is asked about was seen depends on the frames", () => {
  expect(limits()).toContain("was not checked");
  expect(limits({}, { frames, minVisiblePixels: 33 })).toContain("at least 33 pixels");
});

test("scans left out, types without a question and candidates never drawn are counted, and only where there are any", () => {
  const text = limits({
    inputs: { scans_read: 3, scans_skipped: { "ply-truncated": 2, excluded: 1 } },
    counts: { questions: {}, rejects: {}, not_drawn: { object_rel_direction_easy: 1500, object_counting: 0 } },
  });
  expect(text).toContain("3 scans left out: 2 ply-truncated, 1 excluded.");
  expect(text).toContain("No questions of type object_counting, ");
  expect(text).toContain("1,500 candidates not drawn, over the limit per scan: 1,500 object_rel_direction_easy.");
  expect(limits()).not.toMatch(/left out|not drawn/);
});

test.each([
  ["ScanNet's scans", ["train"], ["scannet"], "other", "scannet-terms-of-use"],
  ["sample rooms", ["train"], ["vsi-synth"], "cc0-1.0", null],
  ["both: the strictest for the whole", ["train"], ["scannet", "vsi-synth"], "other", "scannet-terms-of-use"],
  ["VSI-Bench's published facts", ["test"], ["scannet"], "apache-2.0", null],
  ["rooms of one's own: whoever publishes them must say", ["train"], ["own"], "other", "no-licence-stated"],
  ["ScanNet++ beside one's own: the strictest", ["train"], ["own", "scannetpp"], "other", "scannetpp-terms-of-use"],
  ["no questions: nothing shows that ScanNet's terms do not hold", ["train"], [], "other", "scannet-terms-of-use"],
] as const)("%s", (_, splits, datasets, id, name) => {
  const scenesByDataset = new Map(datasets.map((dataset) => [dataset as string, 1]));
  const licence = licenceOf(manifest(), { ...emptySummary(splits), scenesByDataset });
  expect(licence).toMatchObject({ id, name });
  expect(licence.link).toMatch(/^https?:/);
});

test("every source's terms stand on the card, with what they mean for publishing", () => {
  const scenesByDataset = new Map([
    ["scannet", 3],
    ["unheard-of", 1],
    ["vsi-synth", 2],
  ]);
  const [scannet, unknown, synth] = termsBySource({ scenesByDataset });
  expect(scannet).toMatch(
    /^`scannet` \(3 scenes with questions\): .*no redistribution.*only with `--include-restricted`/,
  );
  expect(unknown).toMatch(/"unheard-of" are not known.*--include-restricted/);
  expect(synth).toMatch(/no restrictions.*may be passed on\.$/);
});

test("a source is known however its name is written, and an unknown one may not be shared", () => {
  expect(sourceTerms("ScanNet")).toBe(sourceTerms("scannet"));
  expect(sourceTerms("constructor").mayBeShared).toBe(false);
});
