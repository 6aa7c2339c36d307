import type { Question } from "@vsi/dataset";
import { question } from "@vsi/testing/question";
import fc from "fast-check";

const text = fc.string({ unit: "binary", minLength: 1, maxLength: 20 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value));
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

/** Questions with every nesting and null that the schema allows, whether or not they make sense. */
export const anyQuestion: fc.Arbitrary<Question> = fc
  .record({
    question: text,
    ground_truth: text,
    options: orNull(fc.array(text, { minLength: 2, maxLength: 4 })),
    mc_answer: orNull(fc.constantFrom("A", "B")),
    frames: fc.array(text, { maxLength: 3 }),
    evidence: fc.record({
      object_ids: fc.array(fc.maxSafeInteger(), { maxLength: 3 }),
      value: orNull(number),
      unit: fc.constantFrom("m" as const, "count" as const, null),
      margin: orNull(number),
      route: orNull(fc.array(fc.tuple(number, number), { maxLength: 3 })),
      frames: orNull(fc.array(text, { maxLength: 2 })),
    }),
  })
  .map((fields) => question(fields));
