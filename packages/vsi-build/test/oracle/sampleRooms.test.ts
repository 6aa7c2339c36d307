import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Question, QuestionType, SceneFacts } from "@vsi/dataset";
import { findScans } from "@vsi/geometry/node";
import { RULES_NAMES, type RulesName } from "@vsi/questions";
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
import { runVsiBuild } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { DEFAULT_BUILD_OPTIONS } from "../../src/options.ts";
import { processOptions } from "../../src/pipeline/processScan.ts";

const ROOMS = 24;

/** Half a step of the last digit, and a little for the rounding of facts to a micrometre. */
const halfOf = (step: number): number => step / 2 + 2e-5;

interface BuiltRoom {
  truth: RoomTruth;
  facts: SceneFacts;
  questions: Question[];
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

const folder = temporaryFolder();
const raw = join(folder, "raw");

beforeAll(() => writeRawScanNet(raw, { rooms: ROOMS, seed: 7, vertexCount: 20_000 }));

/** By the built command, as users build. */
async function buildRooms(rules: RulesName): Promise<BuiltRoom[]> {
  const out = join(folder, rules);
  const built = await runVsiBuild(["--scannet", raw, "--out", out, "--rules", rules, "--quiet"]);
  expect(built).toMatchObject({ exitCode: 0, stderr: "" });
  const lines = await Promise.all(
    ["train", "validation"].map((split) => readFile(join(out, "data", `${split}.jsonl`), "utf8")),
  );
  const questions = lines
    .join("")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Question);
  const rooms: BuiltRoom[] = [];
  for (const { scanId } of await findScans(raw)) {
    rooms.push({
      truth: JSON.parse(await readFile(join(raw, "truth", `${scanId}.json`), "utf8")),
      facts: JSON.parse(await readFile(join(out, "scenes", `${scanId}.json`), "utf8")),
      questions: questions.filter(({ scene_name }) => scene_name === scanId),
    });
  }
  return rooms;
}

describe.each(RULES_NAMES)("sample rooms, %s rules: every answer equals what the room was built from", (rules) => {
  let rooms: BuiltRoom[] = [];
  let excludedLabels = new Set<string>();

  beforeAll(async () => {
    rooms = await buildRooms(rules);
    const { labelRules } = await processOptions(DEFAULT_BUILD_OPTIONS);
    excludedLabels = new Set([...labelRules].filter(([, rule]) => rule.excluded !== null).map(([label]) => label));
  });

  test("all four kinds of room are among them", () => {
    expect(rooms).toHaveLength(ROOMS);
    expect(new Set(rooms.map(({ truth }) => truth.shape)).size).toBe(4);
  });

  test.each(Object.keys(CHECKS) as (keyof typeof CHECKS)[])("%s", (type) => {
    let checked = 0;
    for (const { truth, questions } of rooms) {
      for (const question of questions.filter((candidate) => candidate.question_type === type)) {
        CHECKS[type](question, truth);
        checked += 1;
      }
    }
    // Of sample rooms' counts most are 2, and most of these too common to be asked for.
    const least = rules === "careful" && type === "object_counting" ? ROOMS / 3 : ROOMS;
    expect(checked).toBeGreaterThanOrEqual(least);
  });

  test("none is about walls, floors or objects without a meaning", () => {
    for (const { truth, questions } of rooms) {
      const namedIds = new Set(questions.flatMap((question) => question.evidence.object_ids));
      for (const object of truth.objects) {
        if (excludedLabels.has(object.label)) expect(namedIds.has(object.id)).toBe(false);
      }
    }
  });

  if (rules === "paper") {
    test("every question the recipe calls for is asked", () => {
      for (const { truth, questions } of rooms) {
        const made = (type: QuestionType): number =>
          questions.filter((question) => question.question_type === type).length;
        const named = Object.entries(truth.counts).filter(([label]) => !excludedLabels.has(label));
        const single = named.filter(([, count]) => count === 1).length;
        expect(made("object_counting")).toBe(named.length - single);
        expect(made("object_size_estimation")).toBe(single);
        expect(made("object_abs_distance")).toBe((single * (single - 1)) / 2);
        expect(made("object_rel_distance")).toBeGreaterThanOrEqual(single - 1);
        expect(made("object_rel_distance")).toBeLessThanOrEqual(single);
        expect(made("object_rel_direction_easy")).toBe(6);
        expect(made("room_size_estimation")).toBe(1);
      }
    });
  }

  test("facts: centroids are the means of the vertices written, boxes have the construction's sides", () => {
    for (const { truth, facts } of rooms) {
      expect(facts.objects.map((object) => object.id)).toEqual(truth.objects.map((object) => object.id));
      for (const [index, object] of facts.objects.entries()) {
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
