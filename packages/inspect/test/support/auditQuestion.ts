import type { Guesses } from "../../src/audit/guesses.ts";
import type { AuditQuestion, QuestionGroup } from "../../src/audit/questions.ts";

/** A question about a number, with what the test does not care about filled in. */
export function numberQuestion(question: Partial<AuditQuestion> & { value: number }): AuditQuestion {
  return {
    id: "0",
    room: "scene0000",
    text: "",
    places: {},
    candidates: [],
    truth: String(question.value),
    ...question,
  };
}

/** A question to be answered by one of the candidates. */
export function choiceQuestion(
  question: Partial<AuditQuestion> & Pick<AuditQuestion, "candidates" | "truth">,
): AuditQuestion {
  return { id: "0", room: "scene0000", text: "", places: {}, value: Number.NaN, ...question };
}

/** Questions about the size of one of some categories: `sizeOf` says the right answer. */
export function sizeGroup(rooms: number, sizeOf: (category: string, room: number) => number): QuestionGroup {
  const categories = ["bed", "chair", "lamp", "sofa", "table"];
  const questions = Array.from({ length: rooms }, (_, room) =>
    categories.map((category) =>
      numberQuestion({
        id: `${room}.${category}`,
        room: `scene${String(room).padStart(4, "0")}`,
        text: `How long is the ${category}?`,
        places: { category },
        value: sizeOf(category, room),
      }),
    ),
  ).flat();
  return { type: "object_size_estimation", kind: "number", listing: null, questions };
}

/** Questions for left or right, six a room, about two of eight labels: `sideOf` says the right answer. */
export function sideGroup(
  rooms: number,
  sideOf: (labels: readonly [string, string], room: number, index: number) => "left" | "right",
): QuestionGroup {
  const labels = ["bed", "chair", "desk", "door", "lamp", "shelf", "sofa", "table"];
  const questions = Array.from({ length: rooms }, (_, room) =>
    Array.from({ length: 6 }, (_, index) => {
      const orienting = labels[(room + index) % 8]!;
      const querying = labels[(room * 3 + index * 5 + 1) % 8]!;
      return choiceQuestion({
        id: `${room}.${index}`,
        room: `scene${String(room).padStart(4, "0")}`,
        text: `Is the ${querying} left or right of the ${orienting}?`,
        places: { orienting, querying },
        candidates: ["left", "right"],
        truth: sideOf([orienting, querying], room, index),
      });
    }),
  ).flat();
  return { type: "object_rel_direction_easy", kind: "choice", listing: "answers", questions };
}

/** A number from 0 to under 1 that looks drawn by lot, the same for the same numbers. */
export function lot(...numbers: readonly number[]): number {
  const mixed = Math.sin(numbers.reduce((sum, number, index) => sum + number * (977.13 + index * 131.71), 1)) * 10_000;
  return mixed - Math.floor(mixed);
}

/** A way to guess, with what the test does not care about filled in. */
export function guesses(way: Partial<Guesses> & Pick<Guesses, "name" | "role" | "scores">): Guesses {
  return { isConstant: false, answers: [], beliefs: null, ...way };
}
