import { chmod, cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join, relative } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type RunResult, runVsiEval } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { readLines } from "@vsi/testing/jsonFiles";
import { textTableRows } from "../../src/tableFiles.ts";
import { jsonLines } from "../support/benchmarkRecords.ts";
import { type MadeBenchmark, makeBenchmark } from "../support/makeBenchmark.ts";

describe("vsi-eval export-task", () => {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder, name);
  let benchmark: MadeBenchmark;

  beforeAll(async () => {
    benchmark = await makeBenchmark(folder, 2, 3);
    // What a table loses first.
    const [first, ...others] = benchmark.questions;
    const nasty = { ...first!, question: 'A "quoted"\tquestion,\nof two lines?' };
    await writeFile(at("nasty.jsonl"), jsonLines([nasty, ...others]));
  });

  const exportTask = (out: string, ...words: string[]): Promise<RunResult> => {
    const given = ["--frames-dir", benchmark.framesFolder, "--out", at(out)];
    return runVsiEval(["export-task", at("nasty.jsonl"), ...given, ...words]);
  };

  test("writes lmms-eval's task: data with prompts and pictures by path, a metric for each type", async () => {
    const { exitCode, stdout } = await exportTask("my_rooms", "--frames", "2");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("20 questions written to");
    expect(stdout).toContain("--tasks my_rooms");
    expect((await readdir(at("my_rooms"))).sort()).toEqual(["my_rooms.tsv", "my_rooms.yaml", "test.jsonl", "utils.py"]);
    const yaml = await readFile(at("my_rooms/my_rooms.yaml"), "utf8");
    expect(yaml).toContain("    test: test.jsonl\n");
    const records = await readLines<Record<string, unknown>>(at("my_rooms/test.jsonl"));
    for (const type of new Set(records.map(({ question_type }) => question_type))) {
      expect(yaml).toContain(`  - metric: "${type}"`);
    }
    expect(records).toHaveLength(20);
    expect(records[0]).toEqual({
      id: "0",
      dataset: "scannet",
      scene_name: "scene0000_00",
      question_type: benchmark.questions[0]!.question_type,
      question: 'A "quoted"\tquestion,\nof two lines?',
      options: null,
      ground_truth: "2",
      is_number: true,
      prompt:
        'These are frames of a video.\nA "quoted"\tquestion,\nof two lines?\nPlease answer the question using a single word or phrase.',
      frames: ["scannet/scene0000_00/1.jpg", "scannet/scene0000_00/3.jpg"],
      video: null,
    });
    const choice = records.find(({ options }) => options !== null)!;
    expect(choice).toMatchObject({ is_number: false, ground_truth: expect.stringMatching(/^[AB]$/) });
  });

  test("only VLMEvalKit's table holds this computer's paths: the rest can be moved with the frames", async () => {
    expect(await exportTask("moved")).toMatchObject({ exitCode: 0 });
    for (const name of ["moved.yaml", "utils.py", "test.jsonl"]) {
      expect(await readFile(at(`moved/${name}`), "utf8")).not.toContain(folder);
    }
    const python = await readFile(at("moved/utils.py"), "utf8");
    const fromTask = relative(at("moved"), benchmark.framesFolder).replaceAll("\\", "/");
    expect(python).toContain(`os.path.join(HERE, ${JSON.stringify(fromTask)})`);
  });

  test("regression: a task was put in the place of the questions it was made of, or among them", async () => {
    expect(await exportTask("asked")).toMatchObject({ exitCode: 0 });
    const before = await readFile(at("asked/test.jsonl"), "utf8");
    const words = ["--frames-dir", benchmark.framesFolder, "--overwrite", "--out"];
    const again = await runVsiEval(["export-task", at("asked/test.jsonl"), ...words, at("asked")]);
    expect(again).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("contains it. Choose a folder elsewhere"),
    });
    await mkdir(at("hub"));
    await cp(at("nasty.jsonl"), at("hub/test.jsonl"));
    const among = await runVsiEval(["export-task", at("hub"), ...words, at("hub/my_task")]);
    expect(among).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("or inside it") });
    expect(await readFile(at("asked/test.jsonl"), "utf8")).toBe(before);
  });

  test("questions with frames in two folders are found from the folder that holds both", async () => {
    const dataset = at("dataset");
    await mkdir(join(dataset, "data"), { recursive: true });
    await writeFile(join(dataset, "data", "test.jsonl"), jsonLines([...benchmark.questions]));
    const [first, second] = (await readdir(join(benchmark.framesFolder, "scannet"))).sort();
    for (const [from, to] of [
      [first!, at("more")],
      [second!, join(dataset, "frames")],
    ] as const) {
      await cp(join(benchmark.framesFolder, "scannet", from), join(to, from), { recursive: true });
    }
    const words = ["export-task", dataset, "--frames-dir", at("more"), "--out", at("both")];
    expect(await runVsiEval(words)).toMatchObject({ exitCode: 0, stderr: "" });
    const records = await readLines<{ frames: string[] }>(at("both/test.jsonl"));
    expect(new Set(records.map(({ frames }) => frames[0]!.split("/")[0]))).toEqual(new Set(["more", "dataset"]));
    expect(await readFile(at("both/utils.py"), "utf8")).toContain('os.path.join(HERE, "..")');
  });

  // VLMEvalKit takes a table without image columns for one of texts: the model would have been asked blind.
  test("videos are a task of lmms-eval, not a table of VLMEvalKit, which shows images only (was one of texts)", async () => {
    const bin = at("bin");
    await mkdir(bin);
    await writeFile(join(bin, "ffmpeg"), `#!${process.execPath}\nconsole.log("frame=20");\n`);
    await chmod(join(bin, "ffmpeg"), 0o755);
    for (const { scene_name } of benchmark.questions) {
      await mkdir(at("videos/scannet"), { recursive: true });
      await writeFile(at(`videos/scannet/${scene_name}.mp4`), "");
    }
    const words = ["export-task", at("nasty.jsonl"), "--frames-dir", at("videos"), "--out", at("filmed")];
    const env = { PATH: `${bin}${delimiter}${process.env.PATH}` };
    const { exitCode, stdout } = await runVsiEval(words, env);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("VLMEvalKit: no table, as it shows images only.");
    expect((await readdir(at("filmed"))).sort()).toEqual(["filmed.yaml", "test.jsonl", "utils.py"]);
    const [record] = await readLines<object>(at("filmed/test.jsonl"));
    expect(record).toMatchObject({ frames: [], video: "scannet/scene0000_00.mp4" });
  });

  test("VLMEvalKit's table comes back with predictions and scores as the same answers in JSONL", async () => {
    expect(await exportTask("table")).toMatchObject({ exitCode: 0 });
    const rows: Record<string, unknown>[] = [];
    for await (const { record } of textTableRows(at("table/table.tsv"), "\t")) rows.push(record);
    expect(rows).toHaveLength(20);
    expect(rows[0]).toMatchObject({
      index: "0",
      question: 'A "quoted"\tquestion,\nof two lines?',
      A: null,
      answer: "2",
    });
    expect(rows.find(({ A }) => A !== null)).toMatchObject({ A: "left", B: "right" });
    expect(JSON.parse(String(rows[0]!.image_path))).toEqual(
      ["1.jpg", "2.jpg", "3.jpg"].map((name) => join(benchmark.framesFolder, "scannet", "scene0000_00", name)),
    );
    // As the program writes what it got: its own columns and the prediction.
    const answer = (index: number): string => ["2", "A", "3"][index % 3]!;
    const cells = rows.map(({ index, answer: truth }, row) => [index, truth, answer(row)].join("\t"));
    await writeFile(at("answers.tsv"), `${["index\tanswer\tprediction", ...cells].join("\n")}\n`);
    await writeFile(
      at("answers.jsonl"),
      jsonLines(rows.map(({ index }, row) => ({ id: index, prediction: answer(row) }))),
    );
    const scores = async (file: string) =>
      JSON.parse((await runVsiEval(["score", at(file), "--data", at("nasty.jsonl"), "--json"])).stdout).questions;
    expect(await scores("answers.tsv")).toEqual(await scores("answers.jsonl"));
  });

  test("replaces an earlier task with --overwrite only, and nothing else ever", async () => {
    expect(await exportTask("again")).toMatchObject({ exitCode: 0 });
    const refused = await exportTask("again");
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("--overwrite");
    expect(await exportTask("again", "--overwrite", "--limit", "3")).toMatchObject({ exitCode: 0 });
    expect(await readLines(at("again/test.jsonl"))).toHaveLength(3);
    await mkdir(at("other"));
    await writeFile(at("other/notes.txt"), "mine");
    expect((await exportTask("other", "--overwrite")).stderr).toContain("no task of vsi-eval export-task");
    expect(await readdir(at("other"))).toEqual(["notes.txt"]);
  });

  test.each([
    ["two words", [], "--name two words"],
    ["fine", ["--name", "a/b"], "--name a/b"],
  ])("the name in %j %j is refused: it becomes a file's and YAML's", async (out, words, part) => {
    const { exitCode, stderr } = await exportTask(out, ...words);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(part);
  });

  test("ReVSI's questions are lmms-eval's own tasks", async () => {
    const asked = { scene_id: "scene0000_00", num_frames: 16, question_type: "object_counting_single" };
    await writeFile(
      at("revsi.jsonl"),
      jsonLines([{ id: 1, ...asked, question: "How many?", options: null, ground_truth: "2" }]),
    );
    const { exitCode, stderr } = await runVsiEval(["export-task", at("revsi.jsonl"), "--out", at("revsi")]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("revsi_");
  });
});
