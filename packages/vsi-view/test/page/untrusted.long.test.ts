import { once } from "node:events";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "@jest/globals";
import type { Question, Reject, SceneFacts } from "@vsi/dataset";
import { startVsiView } from "@vsi/testing/commands";
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
  /** A run is called what its file is. */
  const run = join(work, "<img src=x onerror=alert(3)>\u202e.jsonl");

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
    writeFileSync(run, answers.map((answer) => `${JSON.stringify(answer)}\n`).join(""));
  });

  test("markup in labels, questions, options, reasons and answers is shown as text and does nothing", async () => {
    const served = await serveView({ folder, scannet: raw, runs: [run] });
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

  /**
   * Texts whose letters stand in the wrong order although nothing in them turns: each is one that a dataset's text before
   * it turned around.
   */
  const TURNED = `(() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.data;
      const parent = node.parentElement;
      if (/[\\u202a-\\u202e]/.test(text) || !parent.checkVisibility() || parent.closest("script, style, option")) continue;
      const places = [...text].flatMap((letter, index) => (/[a-zA-Z]/.test(letter) ? [index] : []));
      if (places.length < 2) continue;
      const boxOf = (index) => {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + 1);
        return range.getBoundingClientRect();
      };
      const [one, other] = [boxOf(places[0]), boxOf(places[1])];
      if (Math.abs(one.top - other.top) < 2 && one.left > other.left) found.push(text);
    }
    return found;
  })()`;

  test("a text that turns the direction of what follows turns no words of the page", async () => {
    // The command itself: the audit runs in a thread, which takes compiled code alone.
    const started = startVsiView([folder, "--no-open", "--quiet", "--runs", run]);
    try {
      const [line] = await once(started.child.stdout!, "data");
      const home = String(line).trim();
      const { page, problems } = await open(() => home);
      const shown: [hash: string, until: string][] = [
        [`#/questions?run=0&id=${question.id}`, ".says"],
        ["#/questions?refused=1", ".list-row"],
        [`#/scenes/${question.scene_name}`, ".objects tbody tr"],
        ["#/runs", ".scores"],
        ["#/audit", ".findings"],
        ["#/questions?scene=%E2%80%AEnowhere", ".banner"],
      ];
      for (const [hash, until] of shown) {
        await page.goto("about:blank");
        await page.goto(home + hash);
        await page.locator(until).first().waitFor();
        expect([hash, await page.evaluate(TURNED)]).toEqual([hash, []]);
      }
      // What finds it would: the same text beside words, not isolated.
      await page.evaluate(`(() => {
        const line = document.createElement("p");
        line.append("\\u202e", document.createElement("i"), " words ");
        document.body.append(line);
      })()`);
      expect(await page.evaluate(TURNED)).not.toEqual([]);
      expect(problems).toEqual([]);
      await page.close();
    } finally {
      started.child.kill("SIGTERM");
    }
  });

  test("a frame that is a link out of the dataset is no broken picture: the page says why it is not shown", async () => {
    const linked = join(work, "linked");
    cpSync(healthy, linked, { recursive: true });
    const frames = join(linked, "frames", question.scene_name);
    renameSync(frames, join(work, "other-disk"));
    symlinkSync(join(work, "other-disk"), frames);
    const served = await serveView({ folder: linked });
    try {
      const { page } = await open(() => served.url);
      await page.goto(`${served.url}#/questions?id=${question.id}`);
      await page.getByText("is a link that leads out of the dataset's frames").waitFor();
      await page.locator(".frame-missing").first().waitFor();
      expect(await page.locator(".frame img").count()).toBe(0);
      // Another scene's are there, and nothing is said of them.
      const other = readdirSync(join(linked, "frames")).find((name) => name !== question.scene_name)!;
      await page.goto(`${served.url}#/scenes/${other}`);
      expect(await isImageThere(page.locator(".frame img").first())).toBe(true);
      expect(await page.getByText("is a link that leads out").count()).toBe(0);
      await page.close();
    } finally {
      await served.close();
    }
  });

  test("predictions that are spoilt while they are looked at change nothing", async () => {
    const own = join(work, "own.jsonl");
    cpSync(run, own);
    const served = await serveView({ folder, runs: [own] });
    try {
      writeFileSync(own, '{"id": 1, "prediction": {"__proto__": 1}}\n\u0000not JSON\n');
      const before = await (await fetch(`${served.url}data/run-0.json`)).json();
      rmSync(own);
      mkdirSync(own);
      expect(await (await fetch(`${served.url}data/run-0.json`)).json()).toEqual(before);
      expect((await fetch(served.url)).status).toBe(200);
    } finally {
      await served.close();
    }
  });

  test("an export opens from a file: question, drawing, mesh and frames, with no request elsewhere", async () => {
    const out = join(work, "site");
    await exportSite({ folder, out, scannet: raw, runs: [run], includeRestricted: true });
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
