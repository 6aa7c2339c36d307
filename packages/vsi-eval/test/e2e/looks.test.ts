import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type RunResult, runVsiEval } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { readLines } from "@vsi/testing/jsonFiles";
import sharp from "sharp";
import type { LooksReport } from "../../src/score/looks.ts";
import { jsonLines, type NumberedRecord, vsiBenchRecords } from "../support/benchmarkRecords.ts";
import { plainImage } from "../support/makeBenchmark.ts";
import { type OpenAiServer, type ReceivedRequest, type Reply, startOpenAiServer } from "../support/openAiServer.ts";

const SCENES = 4;
const FRAMES = 3;
const TYPES = ["object_counting", "obj_appearance_order"];

describe("vsi-eval looks", () => {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder, name);
  const questions: NumberedRecord[] = vsiBenchRecords(SCENES, 2).filter(({ question_type }) =>
    TYPES.includes(question_type),
  );
  /** Which frame a picture is, by its data URL: the scene times FRAMES plus the frame's number. */
  const seen = new Map<string, number>();
  let server: OpenAiServer;

  const greyOf = async (url: string): Promise<number> => {
    const { channels } = await sharp(Buffer.from(url.slice(url.indexOf(",") + 1), "base64")).stats();
    return Math.round((channels[0]?.mean ?? 0) / 16);
  };

  /** A model that looks: right where it is shown the question's own room, and in order where order is asked for. */
  const looking = ({ text, images }: ReceivedRequest): Reply => {
    const question = questions.find(({ id }) => text.includes(`Question ${id}?`))!;
    const greys = images.map((url) => seen.get(url) ?? -1);
    const scene = Number(question.scene_name.slice(5, 9));
    const isOwnRoom = greys.length > 0 && greys.every((grey) => Math.floor(grey / FRAMES) === scene);
    const isInOrder = greys.every((grey, place) => place === 0 || grey > greys[place - 1]!);
    const isRight = isOwnRoom && (isInOrder || question.question_type === "object_counting");
    return { answer: isRight ? question.ground_truth : "none" };
  };

  beforeAll(async () => {
    await writeFile(at("test.jsonl"), jsonLines(questions));
    for (let scene = 0; scene < SCENES; scene += 1) {
      const own = join(folder, "frames", `scene000${scene}_00`);
      await mkdir(own, { recursive: true });
      for (let frame = 0; frame < FRAMES; frame += 1) {
        await writeFile(join(own, `${frame}.jpg`), await plainImage(56, 56, scene * FRAMES + frame));
      }
    }
    // What a request holds is a picture's bytes: they are told apart once, by those that a run sends.
    const learning = await startOpenAiServer(() => ({ answer: "4" }));
    await run(learning, "learn");
    for (const { images } of learning.received) {
      for (const url of images) seen.set(url, await greyOf(url));
    }
    await learning.close();
    expect(new Set(seen.values()).size).toBe(SCENES * FRAMES);
  });
  beforeEach(async () => {
    server = await startOpenAiServer(looking);
  });
  afterEach(async () => {
    await server.close();
    for (const name of ["", "-without-frames", "-shuffled-frames", "-other-rooms"]) {
      await rm(at(`run${name}`), { recursive: true, force: true });
    }
  });

  function run(where: OpenAiServer, out: string, ...words: string[]): Promise<RunResult> {
    const given = ["--model", "tiny", "--base-url", where.baseUrl, "--data", at("test.jsonl"), "--out", at(out)];
    return runVsiEval(["run", ...given, "--frames-dir", at("frames"), ...words]);
  }
  const looks = (...words: string[]): Promise<RunResult> =>
    runVsiEval(["looks", at("run"), ...words, "--frames-dir", at("frames")]);

  test("runs the same without frames, in another order and of another room, and shows what the frames bring", async () => {
    expect(await run(server, "run", "--seed", "7", "--mode", "think")).toMatchObject({ exitCode: 0 });
    const { exitCode, stdout } = await looks("--html", at("looks.html"));
    expect(exitCode).toBe(0);
    expect(stdout).toContain("With no frames the average is 0.0, with its own 100.0: +100.0 points");
    expect(await readFile(at("looks.html"), "utf8")).toContain("Does the model look?");

    const report = JSON.parse((await looks("--json")).stdout) as LooksReport;
    expect(report.schema).toBe("vsi-looks/1");
    const scoreOf = (shown: string, row: string): unknown => {
      const found = report.looks.find((look) => look.shown === shown)!.comparison;
      return found.rows.find((one) => one.row === row)!.official;
    };
    for (const row of ["overall", ...TYPES]) {
      expect(scoreOf("without", row)).toEqual({ a: 0, b: 1, difference: 1, interval: [1, 1] });
      expect(scoreOf("other-rooms", row)).toEqual({ a: 0, b: 1, difference: 1, interval: [1, 1] });
    }
    expect(scoreOf("shuffled", "object_counting")).toEqual({ a: 1, b: 1, difference: 0, interval: [0, 0] });
    expect(scoreOf("shuffled", "obj_appearance_order")).toEqual({ a: 0, b: 1, difference: 1, interval: [1, 1] });

    for (const [name, shown, seed] of [
      ["without-frames", "without", null],
      ["shuffled-frames", "shuffled", 0],
      ["other-rooms", "other-rooms", 0],
    ]) {
      const plain = JSON.parse(await readFile(at("run/settings.json"), "utf8"));
      const other = JSON.parse(await readFile(at(`run-${name}/settings.json`), "utf8"));
      const images = shown === "without" ? "none" : "shown";
      expect(other).toEqual({ ...plain, frames_shown: shown, frames_seed: seed, images });
      const prompts = async (out: string) =>
        (await readLines<{ id: string; prompt: string }>(at(`${out}/answers.jsonl`)))
          .map(({ id, prompt }) => `${id} ${prompt}`)
          .sort();
      expect(await prompts(`run-${name}`)).toEqual(await prompts("run"));
    }
  });

  test("asks nothing again: interrupted, it goes on; finished or given runs need no server", async () => {
    expect(await run(server, "run")).toMatchObject({ exitCode: 0 });
    await server.close();
    const refused = await looks();
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("the same command continues");

    let asked = 0;
    server = await startOpenAiServer((request) => {
      asked += 1;
      return asked > questions.length + 5 ? { status: 401 } : looking(request);
    });
    expect(await looks("--base-url", server.baseUrl, "--concurrency", "1")).toMatchObject({ exitCode: 1 });
    await server.close();
    server = await startOpenAiServer(looking);
    expect(await looks("--base-url", server.baseUrl)).toMatchObject({ exitCode: 0 });
    const first = await readLines(at("run-without-frames/answers.jsonl"));
    expect(first).toHaveLength(questions.length);
    // 2 runs of which one had begun, and a request without images for each that was not checked yet.
    expect(server.received.length).toBeLessThan(2 * questions.length);
    await server.close();
    expect(await looks()).toMatchObject({ exitCode: 0 });
    const given = await looks(at("run-shuffled-frames"), "--json");
    expect((JSON.parse(given.stdout) as LooksReport).looks.map(({ shown }) => shown)).toEqual(["shuffled"]);
  });

  test("what can't be compared or continued is refused in the words of looks", async () => {
    expect(await run(server, "run")).toMatchObject({ exitCode: 0 });
    expect(await looks()).toMatchObject({ exitCode: 0 });
    const refusal = async (...words: string[]): Promise<string> => {
      const { exitCode, stderr } = await looks(...words);
      expect(exitCode).toBe(2);
      return stderr;
    };
    // Was run's own message, which names flags that looks does not have.
    const seeded = await refusal("--frames-seed", "5");
    expect(seeded).toContain("run-shuffled-frames: holds an earlier run with frames_seed 0, now 5. Remove the folder");
    const without = at("run-without-frames");
    expect(await refusal(without, without)).toContain("got a run without frames, as is");
    expect(await run(server, "run", "--overwrite", "--mode", "think")).toMatchObject({ exitCode: 0 });
    expect(await refusal()).toContain('run-without-frames: holds an earlier run with mode "vanilla", now "think".');
    const nothing = await runVsiEval(["looks", at("none")]);
    expect(nothing).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("none: got nothing, expected") });
  });

  test("a run with other frames is not the plain one, and the flags stand alone: exit code 2", async () => {
    expect(await run(server, "run", "--without-frames")).toMatchObject({ exitCode: 0 });
    expect(server.received.every(({ images }) => images.length === 0)).toBe(true);
    const refused = await looks();
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("expected the plain one");
    const both = await run(server, "both", "--without-frames", "--shuffled-frames");
    expect(both.exitCode).toBe(2);
    expect(both.stderr).toContain("give only one");
    expect((await run(server, "seeded", "--frames-seed", "1")).exitCode).toBe(2);
  });
});
