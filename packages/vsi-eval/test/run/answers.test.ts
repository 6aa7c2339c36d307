import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { readLines } from "@vsi/testing/jsonFiles";
import type { EvalQuestion } from "../../src/benchmark.ts";
import { type AnswerRecord, openAnswers, readAnswers, writePredictions } from "../../src/run/answers.ts";

const record = (id: string, prediction: string | null): AnswerRecord => ({
  id,
  question_type: "object_counting",
  prompt: "How many?",
  frames: ["1.jpg"],
  prediction,
  finish_reason: null,
  usage: null,
  seconds: 0.1,
  attempts: 1,
  error: prediction === null ? "status 500" : null,
});

describe("the answers of a run", () => {
  const folder = temporaryFolder();

  test("come back as they were appended, those that failed left out, whatever the texts hold", async () => {
    const path = join(folder, "answers.jsonl");
    const texts = ["4", "", 'a "quoted"\nline\u2028', "\ud800 half a pair", null];
    const file = openAnswers(path);
    for (const [index, text] of texts.entries()) file.append(record(String(index), text));
    file.close();
    const answers = await readAnswers(path);
    expect([...answers.values()].map(({ prediction }) => prediction)).toEqual(texts.slice(0, -1));
  });

  test("wherever a kill cuts the last line, the lines before it are read and the rest is gone from the file", async () => {
    const path = join(folder, "cut.jsonl");
    const whole = `${JSON.stringify(record("1", "é"))}\n`;
    const last = Buffer.from(`${JSON.stringify(record("2", "é"))}\n`);
    for (let length = 0; length < last.length; length++) {
      await writeFile(path, Buffer.concat([Buffer.from(whole), last.subarray(0, length)]));
      expect([...(await readAnswers(path)).keys()]).toEqual(["1"]);
      expect(await readFile(path, "utf8")).toBe(whole);
    }
  });

  test("a failure that was answered later is answered", async () => {
    const path = join(folder, "later.jsonl");
    const file = openAnswers(path);
    for (const prediction of [null, "4"]) file.append(record("1", prediction));
    file.close();
    expect((await readAnswers(path)).get("1")).toMatchObject({ prediction: "4" });
  });

  test("a line broken elsewhere is an error with its number, not a question asked again", async () => {
    const path = join(folder, "broken.jsonl");
    await writeFile(path, `{"id": "1", "predi\n${JSON.stringify(record("2", "4"))}\n`);
    await expect(readAnswers(path)).rejects.toThrow("line 1");
  });
});

describe("writePredictions", () => {
  const folder = temporaryFolder();

  test("the benchmark's order, whatever order the answers came in; questions without an answer are left out, an empty answer is one", async () => {
    const questions = ["7", "a", "3"].map((id) => ({ id, question_type: "room_size_estimation" })) as EvalQuestion[];
    const answer = (id: string, prediction: string | null): [string, AnswerRecord] => [
      id,
      { id, prediction } as AnswerRecord,
    ];
    const path = join(folder, "predictions.jsonl");
    const answers = new Map([answer("3", ""), answer("a", null), answer("other", "9"), answer("7", "12 m²")]);
    await writePredictions(path, questions, answers);
    expect(await readLines(path)).toEqual([
      { id: "7", question_type: "room_size_estimation", prediction: "12 m²" },
      { id: "3", question_type: "room_size_estimation", prediction: "" },
    ]);
  });
});
