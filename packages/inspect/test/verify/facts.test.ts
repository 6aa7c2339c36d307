import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { SceneFacts } from "@vsi/dataset";
import { factsFromMetaInfo, pointToBoxDistance } from "@vsi/geometry";
import { forgedDataset } from "@vsi/testing/forgedDataset";
import { type EditedRecord, editJsonFile } from "@vsi/testing/jsonFiles";
import { readScene } from "../../src/folder/scene.ts";
import { checkFacts } from "../../src/verify/facts.ts";

const SCENE = "scenes/scene9000_00.json";

/** The frame in the middle of the stream. */
const MIDDLE = 8;

/** The first nameable object that takes up some room along each axis. */
function solid(objects: readonly EditedRecord[]): EditedRecord {
  return objects.find(({ excluded, box }) => excluded === null && box.size.every((length: number) => length > 0.1));
}

/** A change of a scene's facts that no question's answer need show, and the code that must name it. */
const FACTS: readonly [name: string, edit: (facts: EditedRecord) => void, code: string][] = [
  ["a room's area times 1.5 with the same outline", ({ room }) => (room.area_m2 *= 1.5), "room-area"],
  [
    "an outline with a corner moved",
    ({ room }) => {
      // Along both axes: along a wall, nothing would change.
      const [corner] = room.outline[0];
      corner[0] -= 0.1;
      corner[1] += 0.2;
    },
    "room-area",
  ],
  ["a walkable floor cut short", ({ room }) => (room.walkable.cells = "10 20"), "room-walkable"],
  [
    "a box doubled with the same aabb",
    ({ objects }) => {
      const { box } = solid(objects);
      box.size = box.size.map((length: number) => 2 * length);
    },
    "box-bounds",
  ],
  ["a box twice as long", ({ objects }) => (solid(objects).box.size[0] *= 2), "box-bounds"],
  ["a box half as high", ({ objects }) => (solid(objects).box.size[2] /= 2), "box-bounds"],
  ["a box moved", ({ objects }) => (solid(objects).box.center[0] += 0.05), "box-bounds"],
  ["an aabb that ends before it begins", ({ objects }) => (solid(objects).aabb.max[1] = -99), "box-bounds"],
  ["a centroid outside of its box", ({ objects }) => (solid(objects).centroid[0] += 9), "box-bounds"],
  ["a box with a stretched axis", ({ objects }) => (solid(objects).box.axes[0][0] *= 1.1), "box-axes"],
  ["a surface distance of 99 m", (facts) => (facts.surface_distances[0].distance_m = 99), "surface-distance"],
  [
    "a surface distance below the boxes'",
    ({ surface_distances }) => {
      const farthest = surface_distances.reduce((one: EditedRecord, other: EditedRecord) =>
        other.distance_m > one.distance_m ? other : one,
      );
      farthest.distance_m /= 2;
    },
    "surface-distance",
  ],
  ["a surface distance less", ({ surface_distances }) => surface_distances.pop(), "surface-distance"],
  [
    "closest points 5 mm farther apart than the distance",
    ({ surface_distances }) => {
      const [pair] = surface_distances;
      const [a, b] = pair.closest;
      // Along their own line: the points stay near their objects.
      for (const axis of [0, 1, 2]) b[axis] += ((b[axis] - a[axis]) / pair.distance_m) * 0.005;
    },
    "closest-points",
  ],
  [
    "closest points as far apart as the distance, off their objects",
    ({ surface_distances }) => {
      for (const point of surface_distances[0].closest) point[2] += 9;
    },
    "closest-points",
  ],
  [
    "closest points of each other's objects",
    ({ surface_distances }) =>
      surface_distances.find(({ distance_m }: EditedRecord) => distance_m > 1).closest.reverse(),
    "closest-points",
  ],
  ["a pose with a stretched axis", ({ camera }) => (camera.frames[MIDDLE].camera_to_world[0] += 0.5), "camera-pose"],
  [
    "a pose with mirrored axes",
    ({ camera }) => {
      const { camera_to_world: pose } = camera.frames[MIDDLE];
      for (const cell of [0, 4, 8]) pose[cell] *= -1;
    },
    "camera-pose",
  ],
  ["a pose with another last row", ({ camera }) => (camera.frames[MIDDLE].camera_to_world[15] = 2), "camera-pose"],
  ["a pose moved by ten metres", ({ camera }) => (camera.frames[MIDDLE].camera_to_world[11] += 10), "camera-visible"],
  [
    "a camera turned round",
    ({ camera }) => {
      const { camera_to_world: pose } = camera.frames[MIDDLE];
      // About its own down axis: right and forward are both reversed.
      for (const cell of [0, 4, 8, 2, 6, 10]) pose[cell] *= -1;
    },
    "camera-visible",
  ],
  [
    "more pixels of an object than the image has",
    ({ camera }) => (camera.frames[MIDDLE].visible[0].pixels = 1e9),
    "camera-visible",
  ],
  [
    "an object seen that is not there",
    ({ camera }) => camera.frames[MIDDLE].visible.push({ object_id: 999, pixels: 50 }),
    "camera-visible",
  ],
  [
    "a pixel count that takes an object out of sight where it was first seen",
    ({ camera }) => {
      const { index, object_id } = camera.first_seen[0];
      const frame = camera.frames.find((sampled: EditedRecord) => sampled.index === index);
      frame.visible.find((seen: EditedRecord) => seen.object_id === object_id).pixels = 1;
    },
    "first-seen",
  ],
  [
    "an object first seen after a frame that shows it",
    ({ camera }) => Object.assign(camera.first_seen.at(-1), { index: 298, time_s: 298 / 30 }),
    "first-seen",
  ],
  ["a first appearance less", ({ camera }) => camera.first_seen.shift(), "first-seen"],
  ["a time that is not the frame's", ({ camera }) => (camera.first_seen[0].time_s += 0.01), "first-seen"],
  ["a core longer than its box", ({ objects }) => (solid(objects).core_size[0] += 0.1), "box-core"],
  ["a core of nothing", ({ objects }) => (solid(objects).core_size = null), "box-core"],
  [
    "a core of a wall",
    ({ objects }) => {
      const wall = objects.find(({ excluded }: EditedRecord) => excluded !== null);
      wall.core_size = wall.box.size;
    },
    "box-core",
  ],
  [
    "an object 5 mm nearer to the camera than its box",
    ({ camera, objects }) => {
      const [seen] = camera.frames[MIDDLE].visible;
      const { box } = objects.find(({ id }: EditedRecord) => id === seen.object_id);
      const pose = camera.frames[MIDDLE].camera_to_world;
      seen.distance_m = pointToBoxDistance(box, [pose[3], pose[7], pose[11]]) - 0.005;
    },
    "camera-distance",
  ],
  [
    "an object as far from the camera as the farthest corner of its bounds",
    ({ camera, objects }) => {
      const [seen] = camera.frames[MIDDLE].visible;
      const { aabb } = objects.find(({ id }: EditedRecord) => id === seen.object_id);
      const pose = camera.frames[MIDDLE].camera_to_world;
      const offsets = [3, 7, 11].map((cell, axis) =>
        Math.max(Math.abs(aabb.min[axis] - pose[cell]), Math.abs(aabb.max[axis] - pose[cell])),
      );
      seen.distance_m = Math.hypot(...offsets) + 0.002;
    },
    "camera-distance",
  ],
  ["a distance less", ({ camera }) => delete camera.frames[MIDDLE].visible[0].distance_m, "camera-distance"],
  ["frames in another order", ({ camera }) => camera.frames.reverse(), "camera-frames"],
  ["more frames than the stream has", ({ camera }) => (camera.frames_total = 3), "camera-frames"],
];

describe("facts that contradict each other are found out", () => {
  const { healthy, problemsAfter } = forgedDataset();
  const settings = { box: "gravity", minVisiblePixels: 20 } as const;

  function codesOf(facts: SceneFacts): string[] {
    const codes: string[] = [];
    checkFacts(facts, settings, ({ code, file }) => codes.push(`${file} ${code}`));
    return codes;
  }

  test("nothing is found in facts as they were made", async () => {
    expect(codesOf(await readScene(healthy, "scene9000_00"))).toEqual([]);
    expect(codesOf(await readScene(healthy, "scene9001_00"))).toEqual([]);
  });

  test.each(FACTS)("%s", async (_name, edit, code) => {
    const facts = await readScene(healthy, "scene9000_00");
    edit(facts);
    expect(codesOf(facts)).toContain(`${SCENE} ${code}`);
  });

  test("in a dataset whose checksums were written anew", async () => {
    const problems = await problemsAfter((copy) =>
      editJsonFile(copy, SCENE, ({ surface_distances }) => (surface_distances[0].distance_m = 99)),
    );
    expect(problems.map(({ file, code }) => `${file} ${code}`)).toContain(`${SCENE} surface-distance`);
  });
});

const SHARED_DATA = process.env.VSI_SHARED_DATA ?? join(import.meta.dirname, "../../../../../shared/data");
const PUBLISHED_FACTS = join(SHARED_DATA, "vsi-bench/scannet_meta_info_val.json");

describe("VSI-Bench's published facts", () => {
  const settings = { box: "gravity", minVisiblePixels: 50 } as const;

  test("nothing is found in any, and a doubled box is", () => {
    if (!existsSync(PUBLISHED_FACTS)) {
      console.warn(`Skipped: no published facts at ${PUBLISHED_FACTS} (set VSI_SHARED_DATA).`);
      return;
    }
    const scenes = factsFromMetaInfo(JSON.parse(readFileSync(PUBLISHED_FACTS, "utf8")));
    expect(scenes).toHaveLength(88);
    const codes: string[] = [];
    for (const facts of scenes) checkFacts(facts, settings, ({ code }) => codes.push(code));
    expect(codes).toEqual([]);
    const forged: EditedRecord = structuredClone(scenes[0]);
    forged.objects[0].box.size = forged.objects[0].box.size.map((length: number) => 2 * length);
    checkFacts(forged, settings, ({ code }) => codes.push(code));
    expect(new Set(codes)).toEqual(new Set(["box-bounds"]));
  });
});
