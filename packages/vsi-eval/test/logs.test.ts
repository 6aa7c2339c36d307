import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { readWholeBenchmark } from "../src/benchmark.ts";
import { findAnswers, readPredictions } from "../src/predictions.ts";
import { jsonLines } from "./support/benchmarkRecords.ts";
import { choiceQuestion, evalQuestion } from "./support/evalQuestions.ts";

const folder = temporaryFolder();
let files = 0;

async function fileOf(text: string, extension = "jsonl"): Promise<string> {
  files += 1;
  const path = join(folder, `${files}.${extension}`);
  await writeFile(path, text);
  return path;
}

/** Ids that are no rows, so that the two can't be taken for each other. */
const questions = [
  evalQuestion("70", { ground_truth: "2" }),
  choiceQuestion("71", "route_planning"),
  evalQuestion("72", { ground_truth: "3.0", question: "How many?\nCount." }),
];
const answers = new Map([
  ["70", "2"],
  ["71", "B"],
  ["72", "about 3"],
]);

const read = async (text: string, extension?: string) => readPredictions(await fileOf(text, extension), questions);

/** A line of lmms-eval's samples. */
const sample = (doc_id: number, target: string, answer: unknown, more: object = {}) => ({
  doc_id,
  target,
  input: "These are frames of a video.",
  resps: [[answer]],
  filtered_resps: [answer],
  doc_hash: "x",
  ...more,
});

describe("lmms-eval's samples (was: 'id: got nothing')", () => {
  test("the older form tells the question by its doc", async () => {
    const lines = questions.map(({ id }, index) =>
      sample(9 - index, "anything", answers.get(id), {
        doc: { id: Number(id), question_type: questions[index]!.question_type },
      }),
    );
    expect(await read(jsonLines(lines))).toEqual(answers);
  });

  test("the newer form tells it by its row, in whatever order the lines are", async () => {
    const lines = [sample(2, "3.0", "about 3"), sample(0, "2", "2"), sample(1, "B", "B")];
    expect(await read(jsonLines(lines))).toEqual(answers);
  });

  test("a text is read as its metric saw it, stripped (was: a leading blank cost the score that the log gives)", async () => {
    const lines = [sample(0, "2", " 2"), sample(1, "B", "B\u2003\n"), sample(2, "3.0", "\tabout 3")];
    expect(await read(jsonLines(lines))).toEqual(answers);
    // Another program's file is taken as it is: the original reads nothing in a text that begins with a blank.
    expect(await read(jsonLines([{ id: questions[0]!.id, prediction: " 2" }]))).toEqual(
      new Map([[questions[0]!.id, " 2"]]),
    );
  });

  test("a metric's dictionary that holds the record is believed before the row", async () => {
    const score = { id: 70, question_type: "object_counting", prediction: "2" };
    const line = { ...sample(2, "2", "2"), filtered_resps: "2", vsibench_overall: score };
    expect(await read(jsonLines([line]))).toEqual(new Map([["70", "2"]]));
  });

  test("rows of another order, or of another benchmark, are refused with the row", async () => {
    await expect(read(jsonLines([sample(0, "2", "2"), sample(1, "2", "B")]))).rejects.toMatchObject({
      code: "prediction-order",
      message: expect.stringMatching(/line 2, doc_id: got the row 1 with the answer "2", expected "B"/),
      detail: { advice: expect.stringContaining("LMMS_EVAL_SHUFFLE_DOCS") },
    });
    await expect(read(jsonLines([sample(3, "2", "2")]))).rejects.toMatchObject({
      code: "prediction-order",
      detail: { got: "the row 3 of 3 questions" },
    });
  });

  test("a row twice is named by its number (was null)", async () => {
    await expect(read(jsonLines([sample(0, "2", "2"), sample(0, "2", "2")]))).rejects.toMatchObject({
      code: "prediction-duplicate-id",
      message: expect.stringContaining("line 2, doc_id: got 0, as on line 1"),
    });
  });

  test("a log of the subset counts the subset's rows, a log of the whole those of the whole", async () => {
    const selection = { all: questions, asked: [questions[0]!, questions[2]!] };
    const ofSubset = await fileOf(jsonLines([sample(0, "2", "2"), sample(1, "3", "3")]));
    expect((await findAnswers(ofSubset, selection, false)).predictions).toEqual(
      new Map([
        ["70", "2"],
        ["72", "3"],
      ]),
    );
    const ofAll = await fileOf(jsonLines([sample(0, "2", "2"), sample(1, "B", "A"), sample(2, "3", "3")]));
    expect(await findAnswers(ofAll, selection, false)).toEqual({
      predictions: new Map([
        ["70", "2"],
        ["72", "3"],
      ]),
      unasked: 1,
    });
  });
});

describe("VLMEvalKit's tables", () => {
  const head = "index\tquestion\tanswer\tprediction\tcategory\n";

  test("index is the id where the benchmark has such ids, else the row; cells may hold tabs, marks and lines", async () => {
    const rows = ["70\tQuestion 70?\t2\t2\tc", "71\tQuestion 71?\tB\tB\tc", '72\t"How many?\nCount."\t3\tabout 3\tc'];
    expect(await read(`${head}${rows.join("\n")}\n`, "tsv")).toEqual(answers);
    const byRow = rows.map((row, index) => row.replace(/^\d+/, String(index)));
    expect(await read(`${head}${byRow.join("\r\n")}`, "tsv")).toEqual(answers);
    const quoted = `${head}0\tQuestion 70?\t2\t"a ""2""\t\nor so"\tc\n`;
    expect(await read(quoted, "tsv")).toEqual(new Map([["70", 'a "2"\t\nor so']]));
  });

  test.each(["utf16le", "utf8"] as const)(
    "a table in %s with its mark is read (Excel's Unicode Text)",
    async (encoding) => {
      const path = join(folder, `${encoding}.tsv`);
      await writeFile(path, Buffer.from(`\ufeff${head}70\tQuestion 70?\t2\tzwei m²\tc\r\n`, encoding));
      expect((await findAnswers(path, { all: questions, asked: questions }, false)).predictions).toEqual(
        new Map([["70", "zwei m²"]]),
      );
    },
  );

  test("an empty cell is no answer", async () => {
    expect(await read(`${head}70\tQuestion 70?\t2\t\tc\n71\tQuestion 71?\tB\tB\tc\n`, "tsv")).toEqual(
      new Map([["71", "B"]]),
    );
  });

  test.each<[string, string, string, string, string]>([
    ["a row that is cut", `${head}70\tx\n`, "tsv", "table-shape", "line 2: got 2 cells"],
    ["a mark that is never closed", `${head}70\t"x\n`, "tsv", "table-shape", "line 2: got a cell whose quotation mark"],
    ["another question in the row", `${head}0\tother\t2\t2\tc\n`, "tsv", "prediction-order", "line 2, index"],
    ["no column that tells the question", "prediction\n2\n", "tsv", "prediction-id", "line 2, id: got nothing"],
    ["a workbook", "PK\u0003\u0004", "xlsx", "records-format", "Save it as .tsv"],
    ["other bytes", "\u0000", "parquet", "parquet-unreadable", "read_parquet"],
  ])("refuses %s", async (_, text, extension, code, part) => {
    await expect(read(text, extension)).rejects.toMatchObject({ code, message: expect.stringContaining(part) });
  });
});

test("R1-V's lists: problem_id, and the model's whole text where no prediction was taken out of it", async () => {
  const list = [
    { problem_id: 70, problem: "?", solution: "<answer>2</answer>", prediction: "2" },
    { problem_id: 71, problem: "?", solution: "<answer>B</answer>", output: "B" },
  ];
  const expected = new Map([
    ["70", "2"],
    ["71", "B"],
  ]);
  expect(await read(JSON.stringify(list), "json")).toEqual(expected);
  expect(await read(JSON.stringify({ results: list, final_acc: 1 }), "json")).toEqual(expected);
});

describe("answers to questions that were not asked for (was: 'expected an id of the benchmark')", () => {
  const text = jsonLines([
    { id: 70, prediction: "2" },
    { id: 99, prediction: "1" },
  ]);
  const selection = { all: questions, asked: questions };

  test("are counted and left aside, or refused when that is asked for", async () => {
    const path = await fileOf(text);
    expect(await findAnswers(path, selection, false)).toEqual({ predictions: new Map([["70", "2"]]), unasked: 1 });
    await expect(findAnswers(path, selection, true)).rejects.toMatchObject({
      code: "prediction-unknown-id",
      message: expect.stringMatching(/line 2, id: got 99.*--strict/),
    });
  });

  test("a duplicate among them is still one", async () => {
    const path = await fileOf(`${text}{"id": "99", "prediction": "2"}\n`);
    await expect(findAnswers(path, selection, false)).rejects.toMatchObject({ code: "prediction-duplicate-id" });
  });
});

test("every question of a file keeps its row, also those of other subsets", async () => {
  const record = {
    dataset: "scannet",
    scene_name: "s",
    question_type: "object_counting",
    question: "?",
    ground_truth: "2",
  };
  const records = [
    { ...record, id: 1, pruned: true },
    { ...record, id: 2, pruned: false },
  ];
  const { all, asked } = await readWholeBenchmark(await fileOf(jsonLines(records)), "debiased");
  expect([all.map(({ id }) => id), asked.map(({ id }) => id)]).toEqual([["1", "2"], ["2"]]);
});
