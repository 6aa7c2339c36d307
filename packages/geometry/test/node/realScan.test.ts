import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readMeshPositions } from "../../src/node/mesh.ts";
import { readScan } from "../../src/node/readScan.ts";
import { findScans } from "../../src/node/scanFolders.ts";
import { readLabelMap, readLabelRules } from "../../src/node/tables.ts";
import { readSegments } from "../../src/sources/scannet/segments.ts";

const sharedData = process.env.VSI_SHARED_DATA ?? join(import.meta.dirname, "../../../../../shared/data");
const root = join(sharedData, "scannet");
const isThere = existsSync(join(root, "scans", "scene0000_00"));
if (!isThere) process.stderr.write(`Skipped the tests on the real scene0000_00: no ${root}\n`);

(isThere ? describe : describe.skip)("the real scene0000_00", () => {
  test("has 81,369 vertices in 668 segments", async () => {
    const [{ path, scanId }] = await findScans(root);
    const positions = await readMeshPositions(join(path, `${scanId}_vh_clean_2.ply`));
    expect(positions).toHaveLength(81_369 * 3);
    const bytes = await readFile(join(path, `${scanId}_vh_clean_2.0.010000.segs.json`));
    const segmentIds = readSegments(bytes, { vertexCount: 81_369, sceneName: scanId });
    expect(new Set(segmentIds).size).toBe(668);
    expect([...segmentIds]).toEqual(JSON.parse(bytes.toString()).segIndices);
  });

  test("has 67 objects, 3 of them trash cans", async () => {
    const [folder] = await findScans(root);
    const { facts, warnings } = await readScan(folder, { labelRules: await readLabelRules() });
    expect(warnings).toEqual([]);
    expect(facts.objects).toHaveLength(67);
    expect(facts.objects.filter(({ label }) => label === "trash can")).toHaveLength(3);
  });

  test("of 49 objects that questions may name, one has vertices that stick out, and two have under 50", async () => {
    const [folder] = await findScans(root);
    const { facts } = await readScan(folder, { labelRules: await readLabelRules() });
    const nameable = facts.objects.filter(({ excluded }) => excluded === null);
    expect(nameable).toHaveLength(49);
    const scattered = nameable.filter(({ box, core_size }) =>
      box.size.some((length, side) => length - core_size![side] > 0.05 * Math.max(...box.size)),
    );
    expect(scattered.map(({ label }) => label)).toEqual(["stool"]);
    const thin = nameable.filter(({ points }) => points! < 50);
    expect(thin.map(({ label, points }) => [label, points])).toEqual(
      expect.arrayContaining([
        ["clock", 46],
        ["shoes", 43],
      ]),
    );
    expect(thin).toHaveLength(2);
  });

  test("the label map has 607 labels, the short row of the furnace among them", async () => {
    const labels = await readLabelMap(join(root, "scannetv2-labels.combined.tsv"));
    expect(labels.size).toBe(607);
    expect(labels.get("furnace")).toEqual({ category: "furnace", nyu40id: 39, nyu40class: "otherfurniture" });
  });
});
