import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { findPredictionsFile, readPredictions } from "../src/predictions.ts";
import { jsonLines } from "./support/benchmarkRecords.ts";
import { evalQuestion } from "./support/evalQuestions.ts";

const folder = temporaryFolder();
const questions = [evalQuestion("1"), evalQuestion("2")];
let files = 0;

async function read(text: string): Promise<Map<string, string>> {
  files += 1;
  const path = join(folder, `${files}.jsonl`);
  await writeFile(path, text);
  return readPredictions(path, questions);
}

describe("readPredictions", () => {
  test("numbers and texts are the same id, other fields are left aside, an empty answer is an answer", async () => {
    const records = [
      { id: 2, prediction: "", seconds: 3 },
      { id: "1", prediction: "4\n", question_type: "object_counting" },
    ];
    expect(await read(jsonLines(records))).toEqual(
      new Map([
        ["2", ""],
        ["1", "4\n"],
      ]),
    );
  });

  test("a JSON number is its text, null is no answer", async () => {
    const records = [
      { id: 1, prediction: 2.5 },
      { id: 2, prediction: null },
    ];
    expect(await read(jsonLines(records))).toEqual(new Map([["1", "2.5"]]));
  });

  test("a damaged Parquet file is told how to become JSONL", async () => {
    const path = join(folder, "answers.parquet");
    await writeFile(path, Buffer.from([0x50, 0x41, 0x52, 0x31, 0x15, 0x04, 0xff, 0xfe, 0x80]));
    await expect(readPredictions(path, questions)).rejects.toMatchObject({
      code: "parquet-unreadable",
      detail: { advice: expect.stringContaining("read_parquet") },
    });
  });

  test.each([
    ["the list behind other fields (was refused)", '{"model": "m", "results": [{"id": 1, "prediction": "4"}]}'],
    ["the same over several lines", '{\n "model": "m",\n "data": [\n  {"id": 1, "prediction": "4"}\n ]\n}\n'],
    ["one record", '{"id": 1, "prediction": "4"}'],
    ["a record a line", '{"id": 1, "prediction": "4"}\n{"id": 2, "prediction": null}\n'],
    ["a record a line, some with a list", '{"id": 1, "prediction": "4", "data": []}\n{"id": 2, "prediction": null}'],
  ])("a .json that begins with an object: %s", async (_, text) => {
    const path = join(folder, "answers.json");
    await writeFile(path, text);
    expect(await readPredictions(path, questions)).toEqual(new Map([["1", "4"]]));
  });

  test("UTF-16 is told to become UTF-8", async () => {
    const path = join(folder, "utf16.jsonl");
    await writeFile(path, Buffer.from('\ufeff{"id": 1, "prediction": "4"}\n', "utf16le"));
    await expect(readPredictions(path, questions)).rejects.toMatchObject({
      code: "jsonl-encoding",
      detail: { advice: expect.stringContaining("UTF-16: save it as UTF-8") },
    });
  });

  const good = '{"id": 1, "prediction": "4"}\n';
  test.each([
    ["unknown ids alone", '{"id": 3, "prediction": "4"}', "prediction-unknown-id", "line 1, id: got 3"],
    ["an id twice", `${good}{"id": "1", "prediction": "4"}`, "prediction-duplicate-id", "as on line 1"],
    ["no id", '{"prediction": "4"}', "prediction-id", "line 1, id: got nothing"],
    ["an id of another kind", '{"id": [1], "prediction": "4"}', "prediction-id", "got [1]"],
    ["a list for a text", '{"id": 1, "prediction": ["4"]}', "prediction-text", 'line 1, prediction: got ["4"]'],
    ["no prediction", '{"id": 1, "response": "4"}', "prediction-text", 'The line\'s fields are ["id","response"]'],
    ["null twice", '{"id": 1, "prediction": null}\n{"id": 1, "prediction": "4"}', "prediction-duplicate-id", "line 1"],
    ["nothing but null", '{"id": 1, "prediction": null}', "predictions-empty", "no prediction"],
    ["half a JSON list", '[{"id": 1, "prediction": "4"}', "json-syntax", "Was the file truncated?"],
    ["a JSON list of texts", '["4"]', "record-not-an-object", 'item 1: got "4"'],
    ["a JSON document over several lines", '{\n"id": 1\n}', "jsonl-syntax", "jq -c '.[]'"],
    ["CSV under another name", "id,prediction\n1,4\n", "jsonl-syntax", "Name a table .tsv or .csv"],
    ["another type", '{"id": 1, "prediction": "", "question_type": "x"}', "prediction-type", '"object_counting"'],
    ["no line at all", "\n", "predictions-empty", "no prediction"],
    ["Python's NaN", `${good}{"id": 2, "prediction": NaN}`, "jsonl-syntax", "write null"],
    ["Python's Infinity", '{"id": 2, "prediction": -Infinity}', "jsonl-syntax", "JSON has no NaN and no Infinity"],
    ["half a line", `${good}{"id": 2, "predi`, "jsonl-syntax", "line 2"],
    ["a text", '"4"', "record-not-an-object", "line 1"],
  ])("refuses %s", async (_, text, code, part) => {
    await expect(read(text)).rejects.toMatchObject({
      name: "EvaluationError",
      code,
      message: expect.stringContaining(part),
    });
  });

  test("a file that is not there is named", async () => {
    const path = join(folder, "none.jsonl");
    await expect(readPredictions(path, questions)).rejects.toMatchObject({
      code: "file-missing",
      detail: { file: path },
    });
  });
});

describe("findPredictionsFile", () => {
  const found = async (name: string, files: readonly string[]) => {
    await mkdir(join(folder, name));
    for (const file of files) await writeFile(join(folder, name, file), "");
    return findPredictionsFile(join(folder, name));
  };

  test("a run's folder is taken (was: 'Move the folder of this name out of the way')", async () => {
    expect(await found("run", ["settings.json", "answers.jsonl", "predictions.jsonl"])).toBe(
      join(folder, "run", "predictions.jsonl"),
    );
  });

  test.each([
    ["unfinished", ["settings.json", "answers.jsonl"], "Finish it: the same vsi-eval run with --resume."],
    ["dataset", ["manifest.json", "README.md"], "It has questions, not answers: give a run's folder here."],
    ["empty", [], "Give the folder that vsi-eval run wrote to (--out)."],
  ])("a folder of something else (%s) is told what it is", async (name, files, advice) => {
    await expect(found(name, files)).rejects.toMatchObject({ code: "predictions-missing", detail: { advice } });
  });
});
