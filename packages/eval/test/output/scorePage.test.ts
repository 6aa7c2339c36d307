import { describe, expect, test } from "@jest/globals";
import { scorePage } from "../../src/output/scorePage.ts";
import { readPage } from "../support/readPage.ts";
import { everyQuestion, scoreReport } from "../support/scoreReport.ts";

const HOSTILE = "</td></table><script>alert(1)</script><img src=x onerror=alert(2)> 1 or 2 &lt;b&gt;\u202e\ud800";

async function pageOf(answer: string, changed: Parameters<typeof scoreReport>[2] = {}) {
  const questions = everyQuestion(2);
  const predictions = new Map(
    questions.map(({ id, mc_answer }, index) => [id, index < 10 ? answer : (mc_answer ?? "5")]),
  );
  const { report, answers } = scoreReport(questions, predictions, changed);
  const html = await scorePage(report, answers);
  return { report, html, page: readPage(html) };
}

describe("scorePage", () => {
  test("what a model, its name and its settings say is shown whole and stays text", async () => {
    const settings = { model: HOSTILE, [HOSTILE]: HOSTILE };
    const hostile = await pageOf(HOSTILE, { settings, predictions: { file: HOSTILE } });
    const tame = await pageOf("1 or 2", { settings: { model: "m", m: "m" } });
    expect(new Set(hostile.page.tags)).toEqual(new Set(tame.page.tags));
    expect(hostile.page.tags).not.toContain("script");
    expect(hostile.page.figures).toHaveLength(tame.page.figures.length);
    const readable = HOSTILE.replace("\ud800", "\ufffd");
    expect(hostile.page.textsOf("td")).toContain(readable);
    expect(hostile.page.textsOf("h1")).toEqual([`${readable} on bench.jsonl`]);
  });

  test("has a figure for the bars, each number task and each type of choice", async () => {
    const { page } = await pageOf("1 or 2");
    expect(page.figures).toHaveLength(1 + 4 + 6);
    expect(page.figures[0]).toContain("Qwen2-VL-7B + vsGRPO-V (vanilla)");
    for (const figure of page.figures) expect(figure).toMatch(/^<svg/);
    const captions = page.textsOf("figcaption").join("\n");
    expect(captions).toContain("Room Size: read against true, 1 answer of 2 questions.");
  });

  test("says that these are not all of VSI-Bench's questions, unless they are", async () => {
    const { page } = await pageOf("4");
    expect(page.textsOf("p").join()).toContain("these are over 20, and not comparable");
    const whole = await pageOf("4", { questions_total: 5130 });
    expect(whole.page.textsOf("p").join()).not.toContain("comparable");
  });

  test("an answer far off is left out of the plot and counted", async () => {
    const { page } = await pageOf("4000000");
    expect(page.textsOf("figcaption").join()).toContain(
      "1 answer of 2 questions. 1 answer over 100 times off not shown.",
    );
  });

  test("nothing answered, and one question, still make a page", async () => {
    const [question] = everyQuestion(1);
    const { report, answers } = scoreReport([question!], new Map());
    const page = readPage(await scorePage(report, answers));
    expect(page.textsOf("li").join()).toContain("1 question without a prediction");
    expect(page.figures).toHaveLength(2);
  });

  test("the same scores are the same bytes", async () => {
    expect((await pageOf("1 or 2")).html).toBe((await pageOf("1 or 2")).html);
  });
});
