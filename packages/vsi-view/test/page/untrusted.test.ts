import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "@jest/globals";
import type { Question, Reject, SceneFacts } from "@vsi/dataset";
import { temporaryFolder } from "@vsi/testing/folders";
import { forgedDataset } from "@vsi/testing/forgedDataset";
import { serveView } from "../../src/server/serve.ts";
import { exportSite } from "../../src/site/exportSite.ts";
import { describeInChromium, inChromium, isImageThere } from "../support/browser.ts";

/** Runs where text is taken for markup, whatever it is put into. */
const ATTACK = `</title></script></style>"'><img src=x onerror=alert(1)><svg onload=alert(2)>{{7*7}}\u202e`;

describeInChromium("a dataset that nobody vouches for", () => {
  const { healthy } = forgedDataset();
  const work = temporaryFolder();
  const folder = join(work, "dataset");
  const raw = join(healthy, "../raw");
  const open = inChromium();
  let question: Question;

  beforeAll(() => {
    cpSync(healthy, folder, { recursive: true });
    const rewrite = <T>(file: string, change: (record: T) => T) => {
      const lines = readFileSync(join(folder, file), "utf8").split("\n").filter(Boolean);
      const changed = lines.map((line) => change(JSON.parse(line) as T));
      writeFileSync(join(folder, file), changed.map((record) => `${JSON.stringify(record)}\n`).join(""));
      return changed;
    };
    const questions = rewrite<Question>("data/train.jsonl", (one) => ({
      ...one,
      question: one.question + ATTACK,
      // Scoring takes no other answers for numbers and directions.
      ...(one.question_type === "object_rel_distance"
        ? {
            ground_truth: one.ground_truth + ATTACK,
            options: one.options?.map((option) => option + ATTACK) ?? null,
          }
        : {}),
    }));
    rewrite<Reject>("rejects.jsonl", (one) => ({ ...one, message: one.message + ATTACK }));
    question = questions.find(({ question_type }) => question_type === "object_rel_distance")!;
    const scene = `scenes/${question.scene_name}.json`;
    const facts = JSON.parse(readFileSync(join(folder, scene), "utf8")) as SceneFacts;
    for (const object of facts.objects) object.label = object.category = object.label + ATTACK;
    writeFileSync(join(folder, scene), JSON.stringify(facts));
    const answers = questions.map(({ id }) => ({ id, prediction: `A ${ATTACK}` }));
    writeFileSync(join(work, "run.jsonl"), answers.map((answer) => `${JSON.stringify(answer)}\n`).join(""));
  });

  test("markup in labels, questions, options, reasons and answers is shown as text and does nothing", async () => {
    const served = await serveView({ folder, scannet: raw, runs: [join(work, "run.jsonl")] });
    try {
      const { page, problems } = await open(() => served.url);
      await page.goto(`${served.url}#/questions?run=0&id=${question.id}`);
      await page.locator(".room-view[data-ready]").waitFor();
      expect(await page.locator(".asked-text").textContent()).toBe(question.question);
      expect(await page.locator(".model-text").textContent()).toBe(`A ${ATTACK}`);
      expect((await page.locator(".labels .label").allTextContents()).join()).toContain("<img");
      await page.goto(`${served.url}#/questions?refused=1&row=${Number.MAX_SAFE_INTEGER}&q=%3Cimg`);
      await page.locator(".list-row").first().click();
      await page.locator(".asked-text").waitFor();
      await page.goto(`${served.url}#/scenes/${encodeURIComponent(ATTACK)}`);
      await page.getByText("No scene is called").waitFor();
      await page.goto(`${served.url}#/scenes/${question.scene_name}`);
      await page.locator(".objects tbody tr").first().waitFor();
      expect(await page.locator("img[src=x], svg[onload]").count()).toBe(0);
      expect(problems).toEqual([]);
      await page.close();
    } finally {
      await served.close();
    }
  });

  test("an export opens from a file: question, drawing, mesh and frames, with no request elsewhere", async () => {
    const out = join(work, "site");
    await exportSite({ folder, out, scannet: raw, runs: [join(work, "run.jsonl")], includeRestricted: true });
    const home = pathToFileURL(`${out}/`).href;
    const { page, problems } = await open(() => home);
    await page.goto(`${home}index.html#/questions?run=0&id=${question.id}`);
    await page.locator(".room-view[data-ready]").waitFor();
    expect(await page.locator(".asked-text").textContent()).toBe(question.question);
    await page.getByLabel("Mesh").waitFor();
    expect(await isImageThere(page.locator(".frame img").first())).toBe(true);
    expect(await page.locator(".labels .label").count()).toBeGreaterThan(0);
    await page.goto(`${home}index.html#/scenes/${question.scene_name}`);
    await page.locator(".objects tbody tr").first().waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });
});
