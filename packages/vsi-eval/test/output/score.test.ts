import { describe, expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import { scoreCsv, scorePage, scoreText } from "../../src/output/score.ts";
import { evalQuestion } from "../support/evalQuestions.ts";
import { readPage } from "../support/readPage.ts";
import { everyQuestion, scoreReport } from "../support/scoreReport.ts";

test("every row is a line whose numbers are the report's, to the last digit, and no value is an empty field", async () => {
  const questions = everyQuestion(3).filter(({ question_type }) => question_type !== "route_planning");
  const predictions = new Map(questions.map(({ id, mc_answer }, index) => [id, mc_answer ?? `${3 + (index % 3)}`]));
  const { report } = scoreReport(questions, predictions);
  const [head, ...lines] = (await scoreCsv(report)).trimEnd().split("\r\n");
  const names = head!.split(",");
  const read = lines.map((line) => Object.fromEntries(line.split(",").map((value, index) => [names[index], value])));
  expect(read.map(({ row }) => row)).toEqual(report.rows.map(({ row }) => row));
  for (const [index, row] of report.rows.entries()) {
    const numberOf = (name: string) => (at(read, index)[name] === "" ? null : Number(at(read, index)[name]));
    expect(numberOf("official")).toBe(row.official);
    expect(numberOf("robust")).toBe(row.robust);
    expect(numberOf("official_low")).toBe(row.official_interval?.[0] ?? null);
    expect(numberOf("official_high")).toBe(row.official_interval?.[1] ?? null);
    expect(numberOf("robust_low")).toBe(row.robust_interval?.[0] ?? null);
    expect(numberOf("robust_high")).toBe(row.robust_interval?.[1] ?? null);
    expect([numberOf("questions"), numberOf("unread")]).toEqual([row.questions, row.unread]);
  }
  expect(read.find(({ row }) => row === "route_planning")).toMatchObject({ questions: "0", official: "", robust: "" });
});

const HOSTILE = "</td></table><script>alert(1)</script><img src=x onerror=alert(2)> 1 or 2 &lt;b&gt;\u202e\ud800";

async function pageOf(answer: string, changed: Parameters<typeof scoreReport>[2] = {}) {
  const questions = everyQuestion(2);
  const predictions = new Map(
    questions.map(({ id, mc_answer }, index) => [id, index < 10 ? answer : (mc_answer ?? "5")]),
  );
  const { report, answers } = scoreReport(questions, predictions, changed);
  const html = scorePage(report, answers);
  return { report, html, page: readPage(html) };
}

describe("scorePage", () => {
  test("what a model, its name and its settings say is shown whole and stays text", async () => {
    const settings = { model: HOSTILE, [HOSTILE]: HOSTILE };
    const hostile = await pageOf(HOSTILE, { settings, predictions: { file: HOSTILE } });
    const tame = await pageOf("1 or 2", { settings: { model: "m", m: "m" } });
    expect(new Set(hostile.page.tags)).toEqual(new Set(tame.page.tags));
    expect(hostile.page.tags.filter((tag) => tag === "script")).toHaveLength(1);
    expect(hostile.page.figures).toHaveLength(tame.page.figures.length);
    const readable = HOSTILE.replace("\ud800", "\ufffd");
    expect(hostile.page.textsOf("td")).toContain(readable);
    expect(hostile.page.textsOf("h1")).toEqual([`${readable} on bench.jsonl`]);
  });

  test("has a figure for the bars, each number task and each type of choice", async () => {
    const { page } = await pageOf("1 or 2");
    expect(page.figures).toHaveLength(1 + 4 + 6);
    expect(page.figures[0]).toContain("Qwen2-VL-7B + vsGRPO-V (vanilla)");
    const captions = page.textsOf("figcaption").join("\n");
    expect(captions).toContain("Room Size: read against true, 1 answer of 2 questions.");
  });

  test("says that these are not all of VSI-Bench's questions, unless they are", async () => {
    const { page } = await pageOf("4");
    expect(page.textsOf("p").join()).toContain("these cover 20, so they are not comparable");
    const whole = await pageOf("4", { questions_total: 5130 });
    expect(whole.page.textsOf("p").join()).not.toContain("comparable");
  });

  test("shows the worst answers that were read, with the question, the truth, what was read and earned", async () => {
    const { page } = await pageOf("4000000");
    expect(page.textsOf("h2")).toContain("Worst answers that were read");
    const heads = page.textsOf("th").join("|");
    expect(heads).toContain("question|true|read|answer|id|robust");
    // In the table of its type: what was read as a number for people, what was written as it is.
    expect(page.textsOf("td").filter((cell) => cell === "4,000,000").length).toBeGreaterThan(0);
    expect(page.textsOf("td").filter((cell) => cell === "4000000").length).toBeGreaterThan(0);
    const questions = everyQuestion(2);
    const right = new Map(questions.map(({ id, mc_answer, ground_truth }) => [id, mc_answer ?? ground_truth]));
    const { report, answers } = scoreReport(questions, right);
    expect(readPage(scorePage(report, answers)).textsOf("h2")).not.toContain("Worst answers that were read");
  });

  test("an answer far off is left out of the plot and counted", async () => {
    const { page } = await pageOf("4000000");
    expect(page.textsOf("figcaption").join()).toContain(
      "1 answer of 2 questions. 1 answer off by more than a factor of 100 not shown.",
    );
  });

  test("nothing answered, and one question, still make a page", async () => {
    const [question] = everyQuestion(1);
    const { report, answers } = scoreReport([question!], new Map());
    const page = readPage(scorePage(report, answers));
    expect(page.textsOf("li").join()).toContain("1 question without a prediction");
    expect(page.figures).toHaveLength(2);
  });

  test("the same scores are the same bytes", async () => {
    expect((await pageOf("1 or 2")).html).toBe((await pageOf("1 or 2")).html);
  });
});

const cellsOf = (text: string, first: string) =>
  text
    .split("\n")
    .find((line) => line.startsWith(`│ ${first}`))
    ?.split("│")
    .slice(1, -1)
    .map((cell) => cell.trim());

describe("scoreText", () => {
  test("prints the paper's nine columns, the original above robust", () => {
    const questions = everyQuestion(2);
    // All right but for the counts, which the official metric can't read.
    const predictions = new Map(
      questions.map(({ id, mc_answer, question_type }) => [
        id,
        mc_answer ?? (question_type === "object_counting" ? "about 4" : "4"),
      ]),
    );
    const text = scoreText(scoreReport(questions, predictions).report);
    expect(cellsOf(text, "vsi-bench")).toEqual(["vsi-bench", "87.5", "0.0", ...Array(7).fill("100.0")]);
    expect(cellsOf(text, "robust")).toEqual(["robust", ...Array(9).fill("100.0")]);
    expect(cellsOf(text, "questions")).toEqual(["questions", "20", "2", "2", "2", "2", "2", "6", "2", "2"]);
    expect(cellsOf(text, "95 %")![1]).toBe("87.5–87.5");
    expect(text).toContain("20 questions about 2 scans");
    expect(text).not.toContain("could not be read");
  });

  test("says what was not answered, what was not read, and why direction has no value", () => {
    const questions = everyQuestion(1).filter(({ question_type }) => question_type !== "object_rel_direction_hard");
    const predictions = new Map([[at(questions, 0).id, "2 or 3 \u001b[2J"]]);
    const text = scoreText(scoreReport(questions, predictions).report);
    expect(text).toContain("8 questions without a prediction, each scored 0.");
    expect(text).toContain("1 answer could not be read, each scored 0 in robust: 1 several-candidates.");
    expect(text).toContain("Rel. Dir. has no value");
    expect(text).not.toContain("\u001b");
  });

  test("regression: on 80 columns it was wider than the terminal; there each task has a line", () => {
    const questions = [...everyQuestion(2), evalQuestion("1", { question_type: "camera_obj_abs_dist" })];
    const text = scoreText(scoreReport(questions, new Map()).report, 80);
    const drawn = text.split("\n").filter((line) => /^[┌│├└]/.test(line));
    expect(drawn.length).toBeGreaterThan(12);
    expect(Math.max(...drawn.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(cellsOf(text, "Obj. Count")?.slice(0, 2)).toEqual(["Obj. Count", "2"]);
  });

  test("other tasks have a table of their own, and a benchmark of nothing else no average", () => {
    const camera = evalQuestion("1", { question_type: "camera_obj_abs_dist" });
    const text = scoreText(scoreReport([camera], new Map([["1", "4"]])).report);
    expect(cellsOf(text, "Camera Abs. Dist.")).toEqual(["Camera Abs. Dist.", "1", "0", "100.0", "–", "100.0", "–"]);
    expect(cellsOf(text, "vsi-bench")![1]).toBe("–");
  });

  test("a run whose images were dropped is said to be blind", () => {
    const { report } = scoreReport([evalQuestion("1")], new Map(), { settings: { images: "dropped" } });
    expect(scoreText(report)).toContain("The server dropped the images");
  });
});

describe("why a table has no interval", () => {
  test("regression: the dashes of one scan were left without a reason", () => {
    const questions = everyQuestion(1).map((question) => ({ ...question, scene_name: "scene0001_00" }));
    const { report } = scoreReport(questions, new Map(questions.map(({ id }) => [id, "A"])));
    expect(scoreText(report)).toContain("No 95 % intervals: they are drawn over scans, which takes two or more.");
    expect(scoreText(report)).not.toContain("resamples");
  });

  test("a task that one scan alone asks about is named", () => {
    const questions = everyQuestion(3).map((question, index) => ({
      ...question,
      scene_name: question.question_type === "route_planning" ? "scene0001_00" : `scene000${index % 3}_00`,
    }));
    const { report } = scoreReport(questions, new Map(questions.map(({ id }) => [id, "A"])));
    expect(scoreText(report)).toContain("No interval for Route Plan: too few scans have such questions.");
    expect(scoreText(report)).toContain("95 %: bootstrap over scans, 50 resamples");
  });
});
