import { expect, test } from "@jest/globals";
import { scanOf } from "../../src/benchmark/scanOf.ts";
import { evalQuestion } from "../support/evalQuestions.ts";

test("two datasets' scenes of one name are two scans", () => {
  const names = ["scannet", "scannetpp"].map((dataset) =>
    scanOf({ ...evalQuestion("1"), dataset, scene_name: "scene0000_00" }),
  );
  expect(names).toEqual(["scannet/scene0000_00", "scannetpp/scene0000_00"]);
});
