import { appendFile, cp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { QUESTION_TYPES, type Question, type Reject } from "@vsi/dataset";
import { runProcess } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { readLines } from "@vsi/testing/jsonFiles";
import { indexQuestions } from "../../src/data/questionIndex.ts";
import { listScenes } from "../../src/data/scenes.ts";
import { questionsOf, sample } from "../support/sample.ts";

const { dataset } = await sample();
const scenes = await listScenes(dataset);
const SPLITS = ["train", "validation"] as const;
const questions = await questionsOf(dataset);
const rejects = await readLines<Reject>(dataset, "rejects.jsonl");
const work = temporaryFolder();

/** A copy of the sample without frames, under a name of its own. */
async function copy(name: string): Promise<string> {
  const folder = join(work, name);
  await cp(dataset, folder, { recursive: true, filter: (path) => !path.includes("frames") });
  return folder;
}

describe("indexQuestions", () => {
  test("has every line of the files by columns", async () => {
    const { table, types, rowOfId } = await indexQuestions(dataset, SPLITS, scenes);
    expect([table.rows, table.questions]).toEqual([questions.length + rejects.length, questions.length]);
    const trained = (await readLines(dataset, "data/train.jsonl")).length;
    for (const [row, question] of questions.entries()) {
      expect({
        id: table.id[row],
        type: types[table.type[row]],
        split: table.split[row],
        scene: scenes[table.scene[row]],
        text: table.text[row],
        answer: table.answer[row],
        ofId: rowOfId.get(question.id),
      }).toEqual({
        id: question.id,
        type: question.question_type,
        split: row < trained ? 0 : 1,
        scene: question.scene_name,
        text: question.question,
        answer: question.ground_truth,
        ofId: row,
      });
    }
    for (const [index, { question_type, scene_name, code, message }] of rejects.entries()) {
      const row = questions.length + index;
      const { id, split, text, answer } = table;
      expect([id[row], split[row], text[row], answer[row]]).toEqual([null, -1, message, code]);
      expect([types[table.type[row]] ?? null, scenes[table.scene[row]]]).toEqual([question_type, scene_name]);
    }
    const used = new Set([...questions, ...rejects].map((record) => record.question_type));
    expect(types).toEqual(QUESTION_TYPES.filter((type) => used.has(type)));
  });

  test("reads a scene's records back from their places", async () => {
    const { rowsOfScene, read } = await indexQuestions(dataset, SPLITS, scenes);
    for (const [scene, name] of scenes.entries()) {
      const of = <T extends { scene_name: string }>(all: T[]) => all.filter(({ scene_name }) => scene_name === name);
      expect(await read(rowsOfScene[scene])).toEqual({ questions: of(questions), rejects: of(rejects) });
    }
  });

  test("places hold behind a byte order mark, CRLF, blank lines, letters of several bytes and without a last line end", async () => {
    const folder = await copy("lines");
    const lines = questions.map((question, index): Question => {
      return index % 2 === 0 ? { ...question, question: `${question.question} 你好 🪑 é` } : question;
    });
    const text = lines.map((line) => JSON.stringify(line)).join("\r\n\r\n");
    await writeFile(join(folder, "data/train.jsonl"), `\uFEFF${text}`);
    await writeFile(join(folder, "data/validation.jsonl"), "");
    const { rowsOfScene, read, table } = await indexQuestions(folder, SPLITS, scenes);
    expect(table.text.slice(0, table.questions)).toEqual(lines.map(({ question }) => question));
    const found = await Promise.all(rowsOfScene.map(read));
    const ofScene = scenes.map((name) => lines.filter(({ scene_name }) => scene_name === name));
    expect(found.map((records) => records.questions)).toEqual(ofScene);
  });

  test("a line that begins in one block of the file and ends in another is read whole", async () => {
    const folder = await copy("blocks");
    // Over a megabyte, which is read at a time.
    const long = questions.map(
      (question): Question => ({ ...question, question: "chair? ".repeat(3000) + question.id }),
    );
    await writeFile(join(folder, "data/train.jsonl"), long.map((line) => `${JSON.stringify(line)}\n`).join(""));
    await writeFile(join(folder, "data/validation.jsonl"), "");
    const { rowsOfScene, read, table } = await indexQuestions(folder, SPLITS, scenes);
    expect(table.text.slice(0, table.questions)).toEqual(long.map(({ question }) => question));
    const first = await read([rowsOfScene[0][0]]);
    expect(first.questions[0].question.endsWith(first.questions[0].id)).toBe(true);
  });

  test("a scene that is not in the dataset has index -1", async () => {
    const { table, rowsOfScene } = await indexQuestions(dataset, SPLITS, scenes.slice(1));
    expect(table.scene.filter((scene) => scene === -1)).toHaveLength(
      [...questions, ...rejects].filter(({ scene_name }) => scene_name === scenes[0]).length,
    );
    expect(rowsOfScene.flat()).not.toContain(table.scene.indexOf(-1));
  });

  test.each([
    ["text that is not JSON", "nonsense", "jsonl-syntax"],
    ["a record of something else", '{"id": 17}', "question-schema"],
  ])("names file and line of %s", async (name, line, code) => {
    const folder = await copy(name);
    await appendFile(join(folder, "data/train.jsonl"), `${line}\n`);
    const number = (await readFile(join(folder, "data/train.jsonl"), "utf8")).split("\n").length - 1;
    const failed = indexQuestions(folder, SPLITS, scenes);
    await expect(failed).rejects.toMatchObject({ code, detail: { place: expect.stringContaining(`line ${number}`) } });
  });

  test("a pipe in place of a file is refused, and one among the scenes is none (was waited for)", async () => {
    const folder = await copy("pipes");
    await runProcess(["mkfifo", join(folder, "scenes/zz.json")]);
    expect(await listScenes(folder)).toEqual(scenes);
    await rm(join(folder, "data/train.jsonl"));
    await runProcess(["mkfifo", join(folder, "data/train.jsonl")]);
    await expect(indexQuestions(folder, SPLITS, scenes)).rejects.toMatchObject({ code: "dataset-not-a-file" });
  });

  test("records of a file that was written since are refused: their places mean nothing there", async () => {
    const folder = await copy("changed");
    const { read } = await indexQuestions(folder, SPLITS, scenes);
    await utimes(join(folder, "data/train.jsonl"), 1, 1);
    await expect(read([0])).rejects.toMatchObject({ code: "dataset-changed" });
  });
});
