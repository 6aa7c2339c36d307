import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { SceneFacts } from "@vsi/dataset";
import { AXES_TOLERANCE } from "../../src/sources/published/values.ts";
import { factsFromMetaInfo } from "../../src/sources/publishedFacts.ts";

const sharedData = process.env.VSI_SHARED_DATA ?? join(import.meta.dirname, "../../../../../shared/data");
const path = join(sharedData, "vsi-bench/scannet_meta_info_val.json");
const isThere = existsSync(path);
if (!isThere) process.stderr.write(`Skipped: VSI-Bench's published facts are not at ${path} (set VSI_SHARED_DATA).\n`);

interface PublishedScene {
  room_size: number;
  object_counts: Record<string, number>;
  object_bbox: Record<string, unknown[]>;
}

(isThere ? describe : describe.skip)("VSI-Bench's published facts of 88 ScanNet scans", () => {
  const published: Record<string, PublishedScene> = isThere ? JSON.parse(readFileSync(path, "utf8")) : {};
  const facts: SceneFacts[] = isThere ? factsFromMetaInfo(published) : [];
  const boxesOf = (scene: SceneFacts, category: string) =>
    scene.objects.filter((object) => object.category === category).length;

  test("all are read, and rooms are as published", () => {
    expect(facts).toHaveLength(88);
    expect(facts.map((scene) => scene.scene_name)).toEqual(Object.keys(published).sort());
    for (const scene of facts) {
      expect(scene.dataset).toBe("scannet");
      expect(scene.room.area_m2).toBe(published[scene.scene_name].room_size);
      expect(scene.counts).toEqual(published[scene.scene_name].object_counts);
    }
  });

  test("only the printers of 9 scans are doubled, and their counts say so", () => {
    const doubled = facts.flatMap((scene) =>
      Object.entries(published[scene.scene_name].object_bbox)
        .filter(([category, boxes]) => boxes.length !== boxesOf(scene, category))
        .map(([category, boxes]) => ({
          category,
          times: boxes.length / boxesOf(scene, category),
          isCount: scene.counts![category] === boxesOf(scene, category),
        })),
    );
    expect(doubled).toEqual(new Array(9).fill({ category: "printer", times: 2, isCount: true }));
  });

  test("after that, counts differ from boxes in 3 categories, and are kept", () => {
    const different = facts.flatMap((scene) =>
      Object.entries(scene.counts!)
        .filter(([category, count]) => count !== boxesOf(scene, category))
        .map(([category, count]) => [scene.scene_name, category, boxesOf(scene, category), count]),
    );
    expect(different).toEqual([
      ["scene0474_04", "chair", 4, 3],
      ["scene0500_00", "chair", 39, 38],
      ["scene0500_00", "window", 5, 7],
    ]);
  });

  test("the axes are orthonormal a billion times closer than is asked", () => {
    let worst = 0;
    for (const { axes } of facts.flatMap((scene) => scene.objects.map((object) => object.box))) {
      for (let first = 0; first < 3; first += 1) {
        for (let second = 0; second < 3; second += 1) {
          const product = axes[first].reduce((sum, value, k) => sum + value * axes[second][k], 0);
          worst = Math.max(worst, Math.abs(product - (first === second ? 1 : 0)));
        }
      }
    }
    expect(worst).toBeLessThan(AXES_TOLERANCE / 1e9);
  });

  test("the facts go through JSON unchanged", () => {
    expect(JSON.parse(JSON.stringify(facts))).toStrictEqual(facts);
  });
});
