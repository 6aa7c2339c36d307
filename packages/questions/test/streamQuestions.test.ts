import { expect, test } from "@jest/globals";
import type { Question } from "@vsi/dataset";
import { validateQuestion, validateReject, validateScene } from "@vsi/dataset/validate";
import { boxDistance, type SampledFrame, type SceneFacts } from "@vsi/geometry";
import fc from "fast-check";
import { generateQuestions } from "../src/generateQuestions.ts";
import { arbitraryStreamFacts, arbitraryWalkFacts } from "./support/camera.ts";

const options = fc.record({
  seed: fc.integer(),
  protocol: fc.constantFrom("vsi-100k" as const, "vsi-bench" as const),
  minVisiblePixels: fc.constantFrom(1, 49, 50, 51, 400),
  countVisible: fc.boolean(),
});

const shows = (frame: SampledFrame, id: number, least: number) =>
  frame.visible.some(({ object_id, pixels }) => object_id === id && pixels >= least);

const place = (frame: SampledFrame) => [3, 7, 11].map((cell) => frame.camera_to_world[cell]!);

/** The frames that a question about the camera names, by the numbers in its text. */
function namedFrames(facts: SceneFacts, { question }: Question): SampledFrame[] {
  const { frames } = facts.camera!;
  const numbers = [...question.matchAll(/frame (\d+)/g)].map(([, number]) => Number(number));
  return numbers.map((number) => frames[number - 1]!);
}

test("no question is about an object that no sampled frame shows; all name the frames", () => {
  fc.assert(
    fc.property(arbitraryStreamFacts, options, (facts, options) => {
      const { frames } = facts.camera!;
      for (const question of generateQuestions(facts, options).questions) {
        expect(question.frames).toEqual(frames.map(({ name }) => name));
        const { object_ids } = question.evidence;
        if (question.question_type !== "obj_appearance_order") {
          const unseen = object_ids.filter((id) => !frames.some((frame) => shows(frame, id, options.minVisiblePixels)));
          expect(unseen).toEqual([]);
        }
      }
    }),
  );
});

test("the evidence's frames are those that show its objects; for the room all; for the camera those that it names", () => {
  fc.assert(
    fc.property(arbitraryStreamFacts, options, (facts, options) => {
      const { frames } = facts.camera!;
      for (const question of generateQuestions(facts, options).questions) {
        const { object_ids, frames: evidence } = question.evidence;
        if (question.question_type.startsWith("camera_")) {
          expect(evidence).toEqual([...new Set(namedFrames(facts, question))].map(({ name }) => name));
        } else if (question.question_type !== "obj_appearance_order") {
          const showing = frames.filter(
            (frame) => object_ids.length === 0 || object_ids.some((id) => shows(frame, id, options.minVisiblePixels)),
          );
          expect(evidence).toEqual(showing.map(({ name }) => name));
        }
      }
    }),
  );
});

test("answers about the camera follow from the poses of the frames that the question names", () => {
  const asked = new Set<string>();
  fc.assert(
    fc.property(fc.oneof(arbitraryStreamFacts, arbitraryWalkFacts), fc.integer(), (facts, seed) => {
      for (const question of generateQuestions(facts, { seed, protocol: "vsi-bench" }).questions) {
        asked.add(question.question_type);
        const { value, object_ids } = question.evidence;
        const [first, second] = namedFrames(facts, question);
        const distanceTo = (id: number) => {
          const { box } = facts.objects.find((object) => object.id === id)!;
          const [x, y, z] = place(first!) as [number, number, number];
          return boxDistance({ center: [x, y, z], size: [0, 0, 0], axes: box.axes }, box);
        };
        const step = () => place(second!).map((end, axis) => end - place(first!)[axis]!);
        switch (question.question_type) {
          case "camera_displacement":
            expect(value).toBeCloseTo(Math.sqrt(step().reduce((sum, part) => sum + part * part, 0)), 8);
            expect(Math.abs(Number(question.ground_truth) - value!)).toBeLessThanOrEqual(0.05 + 1e-9);
            break;
          case "camera_movement_direction": {
            const [right, down, forward] = [0, 1, 2].map((axis) =>
              step().reduce((sum, part, row) => sum + part * first!.camera_to_world[row * 4 + axis]!, 0),
            );
            const parts = { right, left: -right!, down, up: -down!, forward, backward: -forward! };
            const [best] = Object.entries(parts).sort(([, one], [, other]) => other! - one!);
            expect(question.ground_truth).toBe(best![0]);
            break;
          }
          case "camera_obj_abs_dist":
            expect(value).toBeCloseTo(distanceTo(object_ids[0]!), 8);
            expect(value).toBeGreaterThanOrEqual(0.2);
            expect(value).toBeLessThanOrEqual(10);
            break;
          case "camera_obj_rel_dist": {
            expect(object_ids.every((id) => shows(first!, id, 50))).toBe(true);
            const distances = object_ids.map(distanceTo);
            const nearest = object_ids[distances.indexOf(Math.min(...distances))];
            expect(facts.objects.find(({ id }) => id === nearest)!.category).toBe(question.ground_truth);
            break;
          }
        }
      }
    }),
    { numRuns: 300 },
  );
  expect([...asked].filter((type) => type.startsWith("camera_"))).toHaveLength(4);
});

test("an order of appearance follows from the first times and from the sampled frames alone", () => {
  let asked = 0;
  fc.assert(
    fc.property(arbitraryWalkFacts, fc.integer(), (facts, seed) => {
      const { frames, first_seen } = facts.camera!;
      const types = ["obj_appearance_order"] as const;
      for (const question of generateQuestions(facts, { seed, protocol: "vsi-bench", types }).questions) {
        asked++;
        const steps = question.ground_truth.split(", ").map((category) => {
          const ids = facts.objects
            .filter((object) => object.category === category && object.excluded === null)
            .map(({ id }) => id);
          return {
            time_s: Math.min(
              ...first_seen!.filter(({ object_id }) => ids.includes(object_id)).map((seen) => seen.time_s),
            ),
            frame: frames.findIndex((frame) => ids.some((id) => shows(frame, id, 50))),
          };
        });
        for (const [index, later] of steps.slice(1).entries()) {
          expect(later.time_s - steps[index]!.time_s).toBeGreaterThan(1);
          expect(later.frame).toBeGreaterThan(steps[index]!.frame);
        }
        expect(question.evidence.frames).toEqual(steps.map(({ frame }) => frames[frame]!.name));
      }
    }),
    { numRuns: 300 },
  );
  expect(asked).toBeGreaterThan(30);
});

test("the same for the same seed; every id and text once; records follow the schemas", () => {
  fc.assert(
    fc.property(arbitraryStreamFacts, options, (facts, options) => {
      const before = structuredClone(facts);
      const once = generateQuestions(facts, options);
      expect(facts).toEqual(before);
      expect(generateQuestions({ ...facts, objects: [...facts.objects].reverse() }, options)).toEqual(once);
      expect(new Set(once.questions.map(({ id }) => id)).size).toBe(once.questions.length);
      validateScene(JSON.parse(JSON.stringify(facts)), { file: "facts" });
      for (const question of once.questions) {
        validateQuestion(JSON.parse(JSON.stringify(question)), { file: "questions" });
      }
      for (const reject of once.rejects) {
        validateReject(JSON.parse(JSON.stringify(reject)), { file: "rejects" });
      }
    }),
  );
});
