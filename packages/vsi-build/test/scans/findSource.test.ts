import { expect, test } from "@jest/globals";
import { withFolder } from "@vsi/testing/folders";
import { findBuildSource } from "../../src/scans/findSource.ts";
import type { SourceOptions } from "../../src/scans/source.ts";

const OPTIONS: Omit<SourceOptions, "scannet"> = {
  metaInfo: null,
  anyName: true,
  split: "all",
  scenes: null,
  exclude: [],
  roomTables: [],
  seed: 0,
};

test("regression: one folder whose name can't be a file's stopped the whole build; it is refused by its name", async () => {
  await withFolder({ "my office/a.ply": "", "kitchen/a.ply": "" }, async (root) => {
    const { scans, unusable } = await findBuildSource({ ...OPTIONS, scannet: root });
    expect(scans.map(({ scanId }) => scanId)).toEqual(["kitchen"]);
    expect(unusable).toMatchObject([{ dataset: "own", scene_name: "my office", code: "scan-name-unsafe" }]);
    expect(unusable[0]?.message).toMatch(/^"my office": got a folder with a mesh under this name, .*Rename the folder/);
    expect(unusable[0]?.message).not.toContain(root);
    expect((await findBuildSource({ ...OPTIONS, scannet: root, scenes: ["kitchen"] })).unusable).toEqual([]);
  });
});
