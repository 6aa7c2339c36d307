import { expect, test } from "@jest/globals";
import { citations } from "../../src/card/citations.ts";

const keys = (protocol: string, datasets: string[]) =>
  citations(protocol, { scenesByDataset: new Map(datasets.map((name) => [name, 1])) }).map(
    (entry) => /^@\w+\{(\w+),/.exec(entry)?.[1],
  );

test("the protocol's paper, and ScanNet's where its scans are", () => {
  expect(keys("vsi-100k", ["scannet"])).toEqual(["liao2025improved", "yang2024thinking", "dai2017scannet"]);
  expect(keys("vsi-bench", ["vsi-synth"])).toEqual(["yang2024thinking"]);
});
