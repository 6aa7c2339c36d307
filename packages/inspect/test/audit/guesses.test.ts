import { describe, expect, test } from "@jest/globals";
import { beliefsIn, guessGroup, scoreAnswer, strongestOf } from "../../src/audit/guesses.ts";
import type { QuestionGroup } from "../../src/audit/questions.ts";
import { choiceQuestion, lot, numberQuestion, sideGroup, sizeGroup } from "../support/auditQuestion.ts";

describe("guessGroup", () => {
  test("chance comes first, and every score is that of the answer beside it", () => {
    for (const group of [
      sideGroup(12, (_, room) => (lot(room) < 0.5 ? "left" : "right")),
      sizeGroup(12, (_, room) => room + 1),
    ]) {
      const { guesses } = guessGroup(group, "0");
      expect(guesses.map(({ role }) => role === "chance")).toEqual(guesses.map((_, index) => index === 0));
      for (const { answers, scores } of guesses) {
        if (answers === null)
          expect([...scores]).toEqual(group.questions.map(({ candidates }) => 1 / candidates.length));
        else expect([...scores]).toEqual(answers.map((answer, index) => scoreAnswer(answer, group.questions[index]!)));
      }
    }
  });

  test("the same partition gives the same guesses, another one others", () => {
    const group = sideGroup(20, (_, room, index) => (lot(room, index) < 0.5 ? "left" : "right"));
    expect(guessGroup(group, "a")).toEqual(guessGroup(group, "a"));
    expect(beliefsIn(guessGroup(group, "b"))).not.toEqual(beliefsIn(guessGroup(group, "a")));
  });

  test("where all answers are the same, chance still is a half and the majority is right", () => {
    const group = sideGroup(6, () => "left");
    const questions = group.questions.map((question) => ({ ...question, candidates: ["left"] }));
    const { guesses } = guessGroup({ ...group, questions }, "0");
    expect(guesses.map(({ name, scores }) => [name, scores[0]])).toEqual([
      ["chance", 0.5],
      ["majority answer", 1],
      ["boosted trees", 1],
      ["boosted words", 1],
      ["logistic regression", 1],
    ]);
  });

  test("counts: chance is the mean of every count that occurs, each once, and a constant the shortcut", () => {
    const counts = [2, 2, 2, 2, 2, 2, 3, 5];
    const questions = counts.map((value, index) => numberQuestion({ room: `r${index}`, id: `${index}`, value }));
    const group: QuestionGroup = { type: "object_counting", kind: "number", listing: null, questions };
    const { guesses } = guessGroup(group, "0");
    expect(guesses[0]).toMatchObject({ name: "chance", role: "chance", answers: null });
    for (const [index, truth] of counts.entries()) {
      const drawn = [2, 3, 5].reduce((sum, guess) => sum + scoreAnswer(guess, numberQuestion({ value: truth })) / 3, 0);
      expect(guesses[0]?.scores[index]).toBeCloseTo(drawn, 12);
    }
    const constant = guesses.find(({ name }) => name === "best constant");
    expect(constant).toMatchObject({ role: "shortcut", answers: counts.map(() => 2) });
    expect(guesses.slice(1).every(({ role }) => role === "shortcut")).toBe(true);
  });

  test("what only the same room's other questions tell is found by holding out questions, not rooms", () => {
    // Each room's side is drawn by lot, and each of its questions has a wording of its own.
    const byRoom = sideGroup(60, (_, room) => (lot(room) < 0.5 ? "left" : "right"));
    const questions = byRoom.questions.map((question) => ({
      ...question,
      places: { querying: `thing of ${question.room}` },
    }));
    const score = (heldOut: "rooms" | "questions") => {
      const best = strongestOf(guessGroup({ ...byRoom, questions }, "0", heldOut).guesses);
      return (best?.scores.reduce((sum, own) => sum + own, 0) ?? 0) / questions.length;
    };
    // 60 rooms, each right or wrong as a whole: standard deviation 6.5 points.
    expect(score("rooms")).toBeLessThan(0.5 + 3 * 0.065);
    expect(score("questions")).toBeGreaterThan(0.85);
  });

  test("orders of a room that follow from each other: near chance from other rooms, known from the room's own", () => {
    const labels = ["bed", "chair", "desk", "door", "lamp", "sofa"];
    const questions = Array.from({ length: 40 }, (_, room) => {
      const time = (label: string) => lot(room, labels.indexOf(label));
      return Array.from({ length: 8 }, (_, index) => {
        const three = [...labels].sort(
          (a, b) => lot(room, index, labels.indexOf(a)) - lot(room, index, labels.indexOf(b)),
        );
        const right = three.slice(0, 3).sort((a, b) => time(a) - time(b));
        const [first = "", second = "", third = ""] = right;
        const orders = [right, [third, second, first], [second, third, first], [third, first, second]];
        const candidates = orders.map((order) => order.join(", ")).sort();
        return choiceQuestion({ id: `${room}.${index}`, room: `r${room}`, candidates, truth: right.join(", ") });
      });
    }).flat();
    const group: QuestionGroup = { type: "obj_appearance_order", kind: "choice", listing: "options", questions };
    const score = (heldOut: "rooms" | "questions") => {
      const way = guessGroup(group, "0", heldOut).guesses.find(({ name }) => name === "precedence");
      return (way?.scores.reduce((sum, own) => sum + own, 0) ?? 0) / questions.length;
    };
    // 40 rooms of 8: a standard deviation of 2.4 points if they were single questions, of 7 if they were one.
    expect(Math.abs(score("rooms") - 0.25)).toBeLessThan(0.14);
    expect(score("questions")).toBeGreaterThan(0.7);
  });

  test("one room can't be guessed at from others", () => {
    expect(
      guessGroup(
        sizeGroup(1, () => 1),
        "0",
      ).guesses,
    ).toEqual([]);
    expect(guessGroup({ ...sizeGroup(0, () => 1) }, "0").guesses).toEqual([]);
  });
});

test("numbers by VSI-Bench's ten thresholds, words by equality", () => {
  expect(scoreAnswer(100, numberQuestion({ value: 100 }))).toBe(1);
  // 18 % off: |error| <= 1 - theta holds for 0.5 to 0.8, seven of the ten.
  expect(scoreAnswer(118, numberQuestion({ value: 100 }))).toBe(0.7);
  expect(scoreAnswer(300, numberQuestion({ value: 100 }))).toBe(0);
  expect(scoreAnswer("left", choiceQuestion({ candidates: ["left", "right"], truth: "left" }))).toBe(1);
  expect(scoreAnswer("right", choiceQuestion({ candidates: ["left", "right"], truth: "left" }))).toBe(0);
});
