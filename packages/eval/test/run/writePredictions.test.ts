import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { EvalQuestion } from "../../src/benchmark/evalQuestion.ts";
import type { AnswerRecord } from "../../src/run/answerRecord.ts";
import { writePredictions } from "../../src/run/writePredictions.ts";
import { readLines } from "../support/readLines.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("writePredictions", () => {
  const folder = temporaryFolder();

  test("the benchmark's order, whatever order the answers came in; questions without an answer are left out, an empty answer is one", async () => {
    const questions = ["7", "a", "3"].map((id) => ({ id, question_type: "room_size_estimation" })) as EvalQuestion[];
    const answer = (id: string, prediction: string | null): [string, AnswerRecord] => [
      id,
      { id, prediction } as AnswerRecord,
    ];
    const path = join(folder(), "predictions.jsonl");
    const answers = new Map([answer("3", ""), answer("a", null), answer("other", "9"), answer("7", "12 m²")]);
    await writePredictions(path, questions, answers);
    expect(await readLines(path)).toEqual([
      { id: "7", question_type: "room_size_estimation", prediction: "12 m²" },
      { id: "3", question_type: "room_size_estimation", prediction: "" },
    ]);
  });
});
