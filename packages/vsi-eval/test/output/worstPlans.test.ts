import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Question, SceneFacts } from "@vsi/dataset";
import { temporaryFolder } from "@vsi/testing/folders";
import { forgedDataset } from "@vsi/testing/forgedDataset";
import { readBenchmark } from "../../src/benchmark.ts";
import { scorePage, worstAnswers } from "../../src/output/score.ts";
import { worstPlans } from "../../src/output/worstPlans.ts";
import { readPage } from "../support/readPage.ts";
import { scoreReport } from "../support/scoreReport.ts";

describe("worst answers of a dataset of ours", () => {
  const { healthy } = forgedDataset();
  const work = temporaryFolder();
  const file = join(healthy, "data/train.jsonl");
  const records = () =>
    readFileSync(file, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Question);

  async function scored(from = file) {
    const questions = await readBenchmark(from);
    const predictions = new Map(questions.map(({ id, options }) => [id, options === null ? "4000000" : "A"]));
    const { report, answers } = scoreReport(questions, predictions);
    return { report, answers, worst: [...worstAnswers(answers).values()].flat() };
  }

  test("each has its room from above, with every asked object named, and is found in vsi-view by its id", async () => {
    const { report, answers, worst } = await scored();
    expect(worst.length).toBeGreaterThan(5);
    const plans = await worstPlans(worst, file);
    expect([...plans.keys()].sort()).toEqual(worst.map(({ question }) => question.id).sort());
    for (const [id, svg] of plans) {
      const { evidence, question } = records().find((record) => record.id === id)!;
      const text = svg.replaceAll("&quot;", '"');
      for (const object of evidence.object_ids)
        expect([id, text]).toEqual([id, expect.stringContaining(`(${object})`)]);
      expect(readPage(svg).textsOf("title").join("")).toBe(question);
    }
    const page = readPage(scorePage(report, answers, plans));
    const captions = page.textsOf("figcaption").join("\n");
    for (const { question } of worst) expect(captions).toContain(`${question.id}: the room from above`);
    expect(page.textsOf("p").join()).toContain("vsi-view DATASET --runs PREDICTIONS");
  });

  test("regression: a plan shows what was measured, not its objects alone", async () => {
    const { worst } = await scored();
    const plans = await worstPlans(worst, file);
    const linesOf = (id: string) =>
      [...plans.get(id)!.matchAll(/<line class="line( answer)?" x1="(.+?)" y1="(.+?)" x2="(.+?)" y2="(.+?)"/g)].map(
        ([, isAnswer, ...ends]) => ({ isAnswer: isAnswer !== undefined, ends: ends.map(Number) }),
      );
    const ofType = (type: string) =>
      worst.filter(({ question }) => question.question_type === type).map(({ question }) => question.id);
    for (const type of ["object_rel_direction_medium", "object_rel_distance", "object_abs_distance"]) {
      expect([type, ofType(type).length]).not.toEqual([type, 0]);
      for (const id of ofType(type)) expect(linesOf(id).filter(({ isAnswer }) => isAnswer)).toHaveLength(1);
    }
    for (const id of ofType("object_abs_distance")) {
      const { evidence, scene_name } = records().find((record) => record.id === id)!;
      const facts = JSON.parse(readFileSync(join(healthy, "scenes", `${scene_name}.json`), "utf8")) as SceneFacts;
      const [a, b] = [...evidence.object_ids].sort((one, other) => one - other);
      const measured = facts.surface_distances!.find((pair) => pair.a === a && pair.b === b)!;
      const [[ax, ay], [bx, by]] = measured.closest!;
      const [x1, y1, x2, y2] = linesOf(id)[0]!.ends as [number, number, number, number];
      const [drawn, length] = [Math.hypot(x2 - x1, y2 - y1), Math.hypot(bx - ax, by - ay)];
      // Along the closest points' line, +Y up the page.
      expect(Math.abs((x2 - x1) * (bx - ax) - (y2 - y1) * (by - ay))).toBeCloseTo(drawn * length, 0);
    }
  });

  test("without the scenes' facts, or of another benchmark, the page is as it was", async () => {
    const alone = join(work, "alone.jsonl");
    cpSync(file, alone);
    const { report, answers, worst } = await scored(alone);
    expect((await worstPlans(worst, alone)).size).toBe(0);
    expect(scorePage(report, answers, new Map())).not.toContain("vsi-view DATASET");
  });

  test("a scene whose facts are spoilt, or whose name leads elsewhere, costs its plan alone", async () => {
    const folder = join(work, "spoilt");
    cpSync(healthy, folder, { recursive: true, filter: (path) => !path.includes("frames") });
    const own = join(folder, "data/train.jsonl");
    const { worst } = await scored(own);
    const [first] = worst;
    const scene = first!.question.scene_name;
    writeFileSync(join(folder, "scenes", `${scene}.json`), "{");
    const others = worst.filter(({ question }) => question.scene_name !== scene).map(({ question }) => question.id);
    expect([...(await worstPlans(worst, own)).keys()].sort()).toEqual(others.sort());
    const lines = readFileSync(own, "utf8").replaceAll(`"scene_name":"${scene}"`, '"scene_name":"../../secret"');
    writeFileSync(own, lines);
    expect([...(await worstPlans(worst, own)).keys()].sort()).toEqual(others.sort());
  });
});
