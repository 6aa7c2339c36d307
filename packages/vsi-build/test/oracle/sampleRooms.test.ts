import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Question, QuestionType } from "@vsi/dataset";
import { findScans } from "@vsi/geometry/node";
import {
  type RoomTruth,
  trueCentroidDistance,
  trueCount,
  trueDirection,
  trueLongestSide,
  trueNearest,
  trueRoomArea,
} from "@vsi/synth";
import { writeRawScanNet } from "@vsi/synth/node";
import { DEFAULT_BUILD_OPTIONS } from "../../src/options.ts";
import { processOptions, processScan, type ScanSuccess } from "../../src/pipeline/processScan.ts";

const ROOMS = 24;

/** Half a step of the last digit, and a little for the rounding of facts to a micrometre. */
const halfOf = (step: number): number => step / 2 + 2e-5;

interface BuiltRoom {
  truth: RoomTruth;
  result: ScanSuccess;
}

/** One check a type: reads the question's own text and asks the room's construction. */
const CHECKS = {
  object_counting({ question, ground_truth }: Question, truth: RoomTruth) {
    const [, label = ""] = match(question, /^How many (.+)\(s\) are in this room\?$/);
    expect(ground_truth).toBe(String(trueCount(truth, label)));
  },
  object_size_estimation({ question, ground_truth }: Question, truth: RoomTruth) {
    const [, label = ""] = match(question, /height\) of the (.+), measured in centimeters\?$/);
    expect(ground_truth).toMatch(/^\d+$/);
    expect(Math.abs(Number(ground_truth) - trueLongestSide(truth, label))).toBeLessThanOrEqual(halfOf(1));
  },
  object_abs_distance({ question, ground_truth }: Question, truth: RoomTruth) {
    const [, first = "", second = ""] = match(
      question,
      /^What is the distance between the (.+) and the (.+) \(in meters\)\?$/,
    );
    expect(ground_truth).toMatch(/^\d+\.\d$/);
    const distance = trueCentroidDistance(truth, first, second);
    expect(Math.abs(Number(ground_truth) - distance)).toBeLessThanOrEqual(halfOf(0.1));
  },
  object_rel_distance({ question, ground_truth }: Question, truth: RoomTruth) {
    const [, list = "", target = ""] = match(
      question,
      /^Which of these objects \((.+)\) is the closest to the (.+)\?$/,
    );
    const labels = list.split(", ");
    expect(labels).toHaveLength(4);
    expect(ground_truth).toBe(trueNearest(truth, target, labels));
  },
  object_rel_direction_easy({ question, ground_truth }: Question, truth: RoomTruth) {
    const [, positioning = "", orienting = "", querying = "", again] = match(
      question,
      /^If I am standing by the (.+) and facing the (.+), is the (.+) to the left or the right of the (.+)\?$/,
    );
    expect(again).toBe(orienting);
    expect(ground_truth).toBe(trueDirection(truth, positioning, orienting, querying).side);
  },
  room_size_estimation({ ground_truth }: Question, truth: RoomTruth) {
    const area = trueRoomArea(truth);
    expect(Math.abs(Number(ground_truth) - area)).toBeLessThanOrEqual(Math.max(0.2, 0.01 * area));
  },
} satisfies Partial<Record<QuestionType, (question: Question, truth: RoomTruth) => void>>;

function match(text: string, pattern: RegExp): RegExpExecArray {
  const found = pattern.exec(text);
  if (found === null) throw new Error(`${JSON.stringify(text)} is not worded as ${pattern}`);
  return found;
}

describe("sample rooms: every answer equals what the room was built from", () => {
  const rooms: BuiltRoom[] = [];
  let root = "";
  let excludedLabels = new Set<string>();

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "vsi-oracle-"));
    await writeRawScanNet(root, { rooms: ROOMS, seed: 7, vertexCount: 20_000 });
    const options = await processOptions(DEFAULT_BUILD_OPTIONS);
    excludedLabels = new Set(
      [...options.labelRules].filter(([, rule]) => rule.excluded !== null).map(([label]) => label),
    );
    for (const folder of await findScans(root)) {
      const result = await processScan({ kind: "raw", folder }, options, null, () => {});
      if (result.status !== "read") throw new Error(result.reject.message);
      const truth = JSON.parse(await readFile(join(root, "truth", `${folder.scanId}.json`), "utf8")) as RoomTruth;
      rooms.push({ truth, result });
    }
  });

  afterAll(() => rm(root, { recursive: true, force: true }));

  test("all four kinds of room are among them", () => {
    expect(new Set(rooms.map(({ truth }) => truth.shape)).size).toBe(4);
  });

  test.each(Object.keys(CHECKS) as (keyof typeof CHECKS)[])("%s", (type) => {
    let checked = 0;
    for (const { truth, result } of rooms) {
      for (const question of result.questions.filter((candidate) => candidate.question_type === type)) {
        CHECKS[type](question, truth);
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThanOrEqual(ROOMS);
  });

  test("every question the recipe calls for is asked, and none about walls, floors or objects without a meaning", () => {
    for (const { truth, result } of rooms) {
      const made = (type: QuestionType): number =>
        result.questions.filter((question) => question.question_type === type).length;
      const named = Object.entries(truth.counts).filter(([label]) => !excludedLabels.has(label));
      const single = named.filter(([, count]) => count === 1).length;
      expect(made("object_counting")).toBe(named.length - single);
      expect(made("object_size_estimation")).toBe(single);
      expect(made("object_abs_distance")).toBe((single * (single - 1)) / 2);
      expect(made("object_rel_distance")).toBeGreaterThanOrEqual(single - 1);
      expect(made("object_rel_distance")).toBeLessThanOrEqual(single);
      expect(made("object_rel_direction_easy")).toBe(6);
      expect(made("room_size_estimation")).toBe(1);
      const namedIds = new Set(result.questions.flatMap((question) => question.evidence.object_ids));
      for (const object of truth.objects) {
        if (excludedLabels.has(object.label)) expect(namedIds.has(object.id)).toBe(false);
      }
    }
  });

  test("facts: centroids are the means of the vertices written, boxes have the construction's sides", () => {
    for (const { truth, result } of rooms) {
      expect(result.facts.objects.map((object) => object.id)).toEqual(truth.objects.map((object) => object.id));
      for (const [index, object] of result.facts.objects.entries()) {
        const known = truth.objects[index]!;
        for (const axis of [0, 1, 2] as const) expect(object.centroid[axis]).toBeCloseTo(known.centroid[axis], 5);
        if (known.box === null) continue;
        const sides = [...object.box.size].sort((a, b) => a - b);
        for (const [side, expected] of [...known.box.size].sort((a, b) => a - b).entries()) {
          expect(sides[side]).toBeCloseTo(expected, 4);
        }
      }
    }
  });
});
