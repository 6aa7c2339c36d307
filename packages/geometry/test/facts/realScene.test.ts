import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { SceneFacts, SceneObject } from "@vsi/dataset";
import { centroidDistance } from "../../src/distances/boxes.ts";
import { buildSceneFacts } from "../../src/facts/sceneFacts.ts";

const sharedData = process.env.VSI_SHARED_DATA ?? join(import.meta.dirname, "../../../../../shared/data");
const folder = join(sharedData, "scannet/scans/scene0000_00");
const isThere = existsSync(folder);
if (!isThere) process.stderr.write(`Skipped: the real scan scene0000_00 is not in ${folder} (set VSI_SHARED_DATA).\n`);

/** Reads the four files in the plainest way, so that this test leans on none of the package's readers. */
function readFacts(): SceneFacts {
  const path = (ending: string) => join(folder, `scene0000_00${ending}`);
  const mesh = readFileSync(path("_vh_clean_2.ply"));
  const header = mesh.toString("latin1", 0, mesh.indexOf("end_header\n") + 11);
  const count = Number(/element vertex (\d+)/.exec(header)![1]);
  const positions = Float32Array.from({ length: 3 * count }, (_, index) =>
    mesh.readFloatLE(header.length + 16 * Math.floor(index / 3) + 4 * (index % 3)),
  );
  const { segIndices } = JSON.parse(readFileSync(path("_vh_clean_2.0.010000.segs.json"), "utf8"));
  const { segGroups } = JSON.parse(readFileSync(path(".aggregation.json"), "utf8"));
  const alignment = /axisAlignment = (.*)/.exec(readFileSync(path(".txt"), "utf8"))![1];
  return buildSceneFacts(
    {
      dataset: "scannet",
      sceneName: "scene0000_00",
      positions,
      segmentIds: Int32Array.from(segIndices),
      aggregation: {
        sceneName: "scene0000_00",
        objects: segGroups.map((group: { objectId: number; label: string; segments: number[] }) => ({
          id: group.objectId,
          label: group.label,
          segments: group.segments,
        })),
        warnings: [],
      },
      axisAlignment: Float64Array.from(alignment.trim().split(/\s+/), Number),
    },
    { surfaceDistances: true },
  ).facts;
}

// The answers that the paper prints in its figure 2, where geometry agrees with them (arXiv 2504.00883).
(isThere ? describe : describe.skip)("the facts of the real scan scene0000_00", () => {
  const facts = isThere ? readFacts() : (undefined as unknown as SceneFacts);
  const only = (label: string): SceneObject => {
    const found = facts.objects.filter((object) => object.label === label);
    expect(found).toHaveLength(1);
    return found[0];
  };

  test("67 instances, 3 of them trash cans", () => {
    expect(facts.objects).toHaveLength(67);
    expect(facts.objects.filter((object) => object.label === "trash can")).toHaveLength(3);
  });

  test("6.1 m from the shower to the kitchen counter", () => {
    expect(centroidDistance(only("shower"), only("kitchen counter"))).toBeCloseTo(6.08, 2);
  });

  test("a coffee table of 111 to 113 cm", () => {
    const longest = Math.max(...only("coffee table").box.size);
    expect(longest).toBeGreaterThan(1.11);
    expect(longest).toBeLessThan(1.13);
  });

  test("the bed is the nearest to the bicycle, the sink the farthest", () => {
    const ranked = ["sink", "pillow", "bed", "guitar"].flatMap((label) =>
      facts.objects
        .filter((object) => object.label === label)
        .map((object) => ({ label, distance: centroidDistance(object, only("bicycle")) })),
    );
    ranked.sort((a, b) => a.distance - b.distance);
    expect(ranked[0].label).toBe("bed");
    expect(ranked[0].distance).toBeCloseTo(4.66, 2);
    expect(ranked.at(-1)!.label).toBe("sink");
  });

  test("from the shelf, facing the shower, the bicycle is 72 degrees to the right", () => {
    const [standX, standY] = only("shelf").centroid;
    const angleTo = (label: string) => Math.atan2(only(label).centroid[1] - standY, only(label).centroid[0] - standX);
    const degrees = ((angleTo("bicycle") - angleTo("shower")) * 180) / Math.PI;
    expect(((degrees + 540) % 360) - 180).toBeCloseTo(-72, 0);
  });

  test("47.28 m2: the alpha shape of all 81,369 vertices, within 0.1 %", () => {
    expect(Math.abs(facts.room.area_m2 / 47.2797 - 1)).toBeLessThan(0.001);
  });

  test("no two surfaces are closer than their axis-aligned boxes", () => {
    const byId = new Map(facts.objects.map((object) => [object.id, object]));
    expect(facts.surface_distances).toHaveLength((67 * 66) / 2);
    for (const { a, b, distance_m } of facts.surface_distances!) {
      const first = byId.get(a)!.aabb;
      const second = byId.get(b)!.aabb;
      const gaps = [0, 1, 2].map((k) => Math.max(0, first.min[k] - second.max[k], second.min[k] - first.max[k]));
      expect(distance_m).toBeGreaterThan(Math.hypot(...gaps) - 3e-6);
    }
  });

  test("the closest vertices lie in their objects' bounds, as far apart as the surfaces", () => {
    const byId = new Map(facts.objects.map((object) => [object.id, object]));
    for (const { a, b, distance_m, closest } of facts.surface_distances!) {
      const [ofA, ofB] = closest!;
      expect(Math.abs(Math.hypot(...ofA.map((value, k) => value - ofB[k])) - distance_m)).toBeLessThan(0.0018);
      for (const [id, point] of [
        [a, ofA],
        [b, ofB],
      ] as const) {
        const { min, max } = byId.get(id)!.aabb;
        expect(point.every((value, k) => value >= min[k] - 0.001 && value <= max[k] + 0.001)).toBe(true);
      }
    }
  });
});
