import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { readLines } from "@vsi/testing/jsonFiles";
import type { EvalQuestion } from "../../src/evalQuestion.ts";
import { type AnswerRecord, answerOf, openAnswers, readAnswers, writePredictions } from "../../src/run/answers.ts";

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

const asked = (...ids: string[]) =>
  ids.map((id) => ({ id, question_type: "object_counting" as const, prompt: "How many?" }));

describe("the answers of a run", () => {
  const folder = temporaryFolder();

  test("come back as they were appended, those that failed left out, whatever the texts hold", async () => {
    const path = join(folder, "answers.jsonl");
    const texts = ["4", "", 'a "quoted"\nline\u2028', "\ud800 half a pair", null];
    const file = openAnswers(path);
    for (const [index, text] of texts.entries()) file.append(record(String(index), text));
    file.close();
    const { answers } = await readAnswers(path, asked("0", "1", "2", "3", "4"));
    expect([...answers.values()].map(({ prediction }) => prediction)).toEqual(texts.slice(0, -1));
  });

  test("wherever a kill cuts the last line, the lines before it are read and the rest is gone from the file", async () => {
    const path = join(folder, "cut.jsonl");
    const whole = `${JSON.stringify(record("1", "é"))}\n`;
    const last = Buffer.from(`${JSON.stringify(record("2", "é"))}\n`);
    for (let length = 0; length < last.length; length++) {
      await writeFile(path, Buffer.concat([Buffer.from(whole), last.subarray(0, length)]));
      expect([...(await readAnswers(path, asked("1", "2"))).answers.keys()]).toEqual(["1"]);
      expect(await readFile(path, "utf8")).toBe(whole);
    }
  });

  test("a failure that was answered later is answered", async () => {
    const path = join(folder, "later.jsonl");
    const file = openAnswers(path);
    for (const prediction of [null, "4"]) file.append(record("1", prediction));
    file.close();
    expect((await readAnswers(path, asked("1"))).answers.get("1")).toMatchObject({ prediction: "4" });
  });

  test.each([
    ["cut", '{"id": "1", "predi'],
    ["of zeros, as a power cut leaves them", "\0\0\0"],
    ["of other JSON", "[1]"],
    ["that lacks a field", '{"id": "1", "prediction": "4"}'],
    ["to another prompt", JSON.stringify({ ...record("1", "4"), prompt: "How few?" })],
    ["to another type", JSON.stringify({ ...record("1", "4"), question_type: "route_planning" })],
  ])("a line %s is taken out and its question asked again: it locks nobody out", async (_, line) => {
    const path = join(folder, "broken.jsonl");
    const sound = `${JSON.stringify(record("2", "4"))}\n`;
    await writeFile(path, `${line}\n${sound}${sound.slice(0, 5)}`);
    const { answers, damaged } = await readAnswers(path, asked("1", "2"));
    expect([...answers.keys()]).toEqual(["2"]);
    expect(damaged).toEqual([1]);
    expect(await readFile(path, "utf8")).toBe(sound);
    expect((await readAnswers(path, asked("1", "2"))).damaged).toEqual([]);
  });

  test("bytes that are no UTF-8 are damage, not another text", async () => {
    const path = join(folder, "bytes.jsonl");
    const bytes = Buffer.from(`${JSON.stringify(record("1", "four"))}\n`);
    bytes[bytes.indexOf("four")] = 0xff;
    await writeFile(path, bytes);
    expect((await readAnswers(path, asked("1"))).damaged).toEqual([1]);
  });

  test("answers that a lower --limit does not ask for stay in the file", async () => {
    const path = join(folder, "limit.jsonl");
    const text = `${JSON.stringify(record("9", "4"))}\n`;
    await writeFile(path, text);
    expect(await readAnswers(path, asked("1"))).toEqual({ answers: new Map(), damaged: [] });
    expect(await readFile(path, "utf8")).toBe(text);
  });
});

// Found in the study tiny: models that kept the form they were asked for scored 0 by the benchmark's own reader.
describe("answerOf: an answer in the tags that the prompt asked for", () => {
  const prompt = "... provide the short answer with one or two words or a number in <answer> </answer>.";
  test.each([
    ["<think>Two by the desk.</think><answer>2</answer>", "2"],
    // Servers take the thoughts out.
    ["<answer> 2.5 </answer>\n", "2.5"],
    ["I see a lamp. <answer>\nB\n</answer>", "B"],
  ])("%j is read as %j", (text, answer) => {
    expect(answerOf(text, prompt)).toBe(answer);
  });

  test.each([
    "2",
    "<answer>2",
    "2</answer>",
    "</answer>2<answer>",
    "<answer></answer>",
    "<answer>2</answer> or 4",
    "<answer>2</answer><answer>4</answer>",
    "<answer><answer>2</answer></answer>",
  ])("%j stays as it is", (text) => {
    expect(answerOf(text, prompt)).toBe(text);
  });

  test("nothing is taken off where no tags were asked for", () => {
    expect(answerOf("<answer>2</answer>", "How many chair(s) are in this room?")).toBe("<answer>2</answer>");
  });
});

describe("writePredictions", () => {
  const folder = temporaryFolder();

  test("the benchmark's order, whatever order the answers came in; questions without an answer are left out, an empty answer is one", async () => {
    const questions = ["7", "a", "3"].map((id) => ({ id, question_type: "room_size_estimation" })) as EvalQuestion[];
    const answer = (id: string, prediction: string | null): [string, AnswerRecord] => [
      id,
      { id, prediction, prompt: "How large? In <answer> </answer>." } as AnswerRecord,
    ];
    const path = join(folder, "predictions.jsonl");
    const answers = new Map([
      answer("3", ""),
      answer("a", null),
      answer("other", "9"),
      answer("7", "<answer>12 m²</answer>"),
    ]);
    await writePredictions(path, questions, answers);
    expect(await readLines(path)).toEqual([
      { id: "7", question_type: "room_size_estimation", prediction: "12 m²" },
      { id: "3", question_type: "room_size_estimation", prediction: "" },
    ]);
  });
});
