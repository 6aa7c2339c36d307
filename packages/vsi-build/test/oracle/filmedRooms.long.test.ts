import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Question, QuestionType, SceneFacts } from "@vsi/dataset";
import { type StreamTruth, trueFirstSeen } from "@vsi/synth";
import { runVsiBuild } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";

const ROOMS = 4;

/** Ten seconds: first appearances a second apart need time. */
const STREAM_FRAMES = 300;
const LEAST_PIXELS = 20;

const folder = temporaryFolder();
const raw = join(folder, "raw");
const truths = new Map<string, StreamTruth>();

// By the built command, as users build.
beforeAll(async () => {
  const samples = ["samples", raw, "--rooms", String(ROOMS), "--seed", "11", "--frames", String(STREAM_FRAMES)];
  expect(await runVsiBuild(samples)).toMatchObject({ exitCode: 0 });
  for (const file of await readdir(join(raw, "truth"))) {
    const truth = JSON.parse(await readFile(join(raw, "truth", file), "utf8")) as StreamTruth;
    truths.set(truth.sceneName, truth);
  }
});

describe.each(["careful", "paper"])("filmed sample rooms, %s rules: answers equal what the camera did", (rules) => {
  const out = join(folder, rules);
  let questions: Question[] = [];

  beforeAll(async () => {
    const words = ["--scannet", raw, "--out", out, "--protocol", "vsi-bench", "--labels", "raw", "--frames", "32"];
    const built = await runVsiBuild([...words, "--min-visible-pixels", String(LEAST_PIXELS), "--rules", rules]);
    expect(built).toMatchObject({ exitCode: 0 });
    const splits = await Promise.all(
      ["train", "validation"].map((split) => readFile(join(out, "data", `${split}.jsonl`), "utf8")),
    );
    questions = splits
      .join("")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  });

  function forEach(type: QuestionType, check: (question: Question, truth: StreamTruth) => void): number {
    const asked = questions.filter((question) => question.question_type === type);
    for (const question of asked) {
      const truth = truths.get(question.scene_name);
      if (truth === undefined) throw new Error(`${question.scene_name} was not filmed`);
      check(question, truth);
    }
    return asked.length;
  }

  test("obj_appearance_order: the order in which the renderer first drew enough of each category", () => {
    const checked = forEach("obj_appearance_order", (question, truth) => {
      const labelOf = new Map(truth.objects.map((object) => [object.id, object.label]));
      const firstOf = new Map<string, number>();
      for (const [id, frame] of trueFirstSeen(truth.frames, LEAST_PIXELS)) {
        const label = labelOf.get(id) ?? "";
        firstOf.set(label, Math.min(frame, firstOf.get(label) ?? Number.POSITIVE_INFINITY));
      }
      const [, asked = ""] = /in the video: (.+)\?$/.exec(question.question) ?? [];
      const first = (label: string) => firstOf.get(label) ?? Number.NaN;
      const expected = asked.split(", ").sort((a, b) => first(a) - first(b));
      expect(question.ground_truth).toBe(expected.join(", "));
      expect(question.options).toHaveLength(4);
    });
    expect(checked).toBeGreaterThan(0);
  });

  test("camera_displacement: the straight line between the two true camera positions", () => {
    const checked = forEach("camera_displacement", (question, truth) => {
      const [from, to] = posesOf(question, truth);
      const moved = Math.hypot(...movement(from, to));
      expect(Math.abs(Number(question.ground_truth) - moved)).toBeLessThanOrEqual(0.05 + 1e-4);
      expect(moved).toBeGreaterThan(0.19);
    });
    expect(checked).toBeGreaterThan(ROOMS);
  });

  test("camera_movement_direction: the largest part of the movement in the first frame's own axes", () => {
    const checked = forEach("camera_movement_direction", (question, truth) => {
      const [from, to] = posesOf(question, truth);
      const moved = movement(from, to);
      // Column k of the pose is the camera's axis k in the world: x right, y down, z forward.
      const along = [0, 1, 2].map((axis) =>
        moved.reduce((sum, part, row) => sum + part * numberAt(from, 4 * row + axis), 0),
      );
      const axis = along.map(Math.abs).indexOf(Math.max(...along.map(Math.abs)));
      const words = [
        ["right", "left"],
        ["down", "up"],
        ["forward", "backward"],
      ][axis];
      expect(question.ground_truth).toBe(numberAt(along, axis) > 0 ? words?.[0] : words?.[1]);
    });
    expect(checked).toBeGreaterThan(0);
  });

  const measured = rules === "careful" ? "vertex" : "point of its true box";
  test(`camera_obj_abs_dist: from the camera to the object's nearest ${measured}`, async () => {
    const toObject = rules === "careful" ? await distanceToVertices() : distanceToBox;
    const checked = forEach("camera_obj_abs_dist", (question, truth) => {
      expect(Math.abs(Number(question.ground_truth) - toObject(question, truth))).toBeLessThanOrEqual(0.05 + 1e-3);
    });
    expect(checked).toBeGreaterThan(ROOMS);
  });

  test("distances to the mesh: from the pose to every vertex of the object, in the scan's own files", async () => {
    let checked = 0;
    for (const sceneName of truths.keys()) {
      const facts = JSON.parse(await readFile(join(out, "scenes", `${sceneName}.json`), "utf8")) as SceneFacts;
      const verticesOf = await readVertices(join(raw, "scans", sceneName), sceneName);
      for (const { camera_to_world: pose, visible } of facts.camera?.frames ?? []) {
        const place = [3, 7, 11].map((cell) => numberAt(pose, cell));
        for (const { object_id, distance_m } of visible) {
          const distances = (verticesOf.get(object_id) ?? []).map((vertex) =>
            Math.hypot(...vertex.map((value, axis) => value - numberAt(place, axis))),
          );
          expect(Math.abs((distance_m ?? Number.NaN) - Math.min(...distances))).toBeLessThan(2e-6);
          checked += 1;
        }
      }
    }
    expect(checked).toBeGreaterThan(32 * ROOMS);
  });
});

/** Metres from the camera to the object of its true construction. */
function distanceToBox(question: Question, truth: StreamTruth): number {
  const [pose] = posesOf(question, truth);
  const box = truth.objects.find(({ id }) => id === question.evidence.object_ids[0])?.box;
  if (box == null) throw new Error(`${question.id} is about an object without a box`);
  const { center, size, yaw } = box;
  const [x, y, z] = [numberAt(pose, 3) - center[0], numberAt(pose, 7) - center[1], numberAt(pose, 11) - center[2]];
  const local = [x * Math.cos(yaw) + y * Math.sin(yaw), y * Math.cos(yaw) - x * Math.sin(yaw), z];
  return Math.hypot(...local.map((part, axis) => Math.max(0, Math.abs(part) - numberAt(size, axis) / 2)));
}

/** Metres from the camera to the nearest of the object's vertices in the scan's own files. */
async function distanceToVertices(): Promise<typeof distanceToBox> {
  const rooms = new Map<string, Map<number, number[][]>>();
  for (const sceneName of truths.keys()) {
    rooms.set(sceneName, await readVertices(join(raw, "scans", sceneName), sceneName));
  }
  return (question, truth) => {
    const [pose] = posesOf(question, truth);
    const vertices = rooms.get(question.scene_name)?.get(question.evidence.object_ids[0] ?? -1) ?? [];
    return Math.min(
      ...vertices.map((vertex) => Math.hypot(...vertex.map((value, axis) => value - numberAt(pose, 4 * axis + 3)))),
    );
  };
}

/** The aligned vertices of each object, by id, read in the plainest way: by none of the package's readers. */
async function readVertices(folder: string, sceneName: string): Promise<Map<number, number[][]>> {
  const file = (ending: string) => readFile(join(folder, `${sceneName}${ending}`));
  const mesh = await file("_vh_clean_2.ply");
  const start = mesh.indexOf("end_header\n") + "end_header\n".length;
  const count = Number(/element vertex (\d+)/.exec(mesh.toString("latin1", 0, start))?.[1]);
  const { segIndices } = JSON.parse((await file("_vh_clean_2.0.010000.segs.json")).toString());
  const { segGroups } = JSON.parse((await file(".aggregation.json")).toString());
  const m = (/axisAlignment = (.*)/.exec((await file(".txt")).toString())?.[1] ?? "").trim().split(" ").map(Number);
  const vertices = Array.from({ length: count }, (_, vertex) => {
    // Three floats and four bytes of colour, as ScanNet's meshes have them.
    const [x, y, z] = [0, 4, 8].map((offset) => mesh.readFloatLE(start + 16 * vertex + offset)) as [
      number,
      number,
      number,
    ];
    return [0, 4, 8].map(
      (row) => numberAt(m, row) * x + numberAt(m, row + 1) * y + numberAt(m, row + 2) * z + numberAt(m, row + 3),
    );
  });
  return new Map(
    segGroups.map(({ objectId, segments }: { objectId: number; segments: number[] }) => {
      const own = new Set(segments);
      return [objectId, vertices.filter((_, vertex) => own.has(segIndices[vertex]))];
    }),
  );
}

/** The true poses of a question's frames, one or two, row major. */
function posesOf({ evidence }: Question, { frames }: StreamTruth): [readonly number[], readonly number[]] {
  const [from = [], to = []] = (evidence.frames ?? []).map(
    (name) => frames[Number.parseInt(name, 10)]?.cameraToWorld ?? [],
  );
  return [from, to];
}

/** From one camera position to the other; the position is the last column of a pose. */
function movement(from: readonly number[], to: readonly number[]): number[] {
  return [3, 7, 11].map((place) => numberAt(to, place) - numberAt(from, place));
}

/** NaN where there is none: whatever it is compared with, the check fails. */
function numberAt(numbers: readonly number[], index: number): number {
  return numbers[index] ?? Number.NaN;
}
