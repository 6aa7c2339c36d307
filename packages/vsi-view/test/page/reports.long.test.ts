import { once } from "node:events";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { lockFolder } from "@vsi/command";
import { QUESTION_TYPES, type Question, questionTypeRow } from "@vsi/dataset";
import { runVsiView, type StartedProcess, startVsiView } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { forgedDataset } from "@vsi/testing/forgedDataset";
import { writeMadeUpRun, writeMadeUpTraining } from "@vsi/testing/madeUpRuns";
import type { Page } from "playwright-core";
import type { AuditData, QuestionTable, RunData } from "../../src/data/contract.ts";
import { flipOf } from "../../src/page/questions/columns.ts";
import { describeInChromium, inChromium, seriousFindings, type WatchedPage } from "../support/browser.ts";

const FIXTURE = fileURLToPath(new URL("../../../../testing/fixtures/0.1/train-run", import.meta.url));

/** Runs where text is taken for markup. */
const ATTACK = `</script><img src=x onerror=alert(1)>`;

describeInChromium("runs, audit and trainings", () => {
  const { healthy } = forgedDataset();
  const work = temporaryFolder();
  const open = inChromium();
  const paths = {
    a: join(work, "before"),
    b: join(work, "after"),
    train: join(work, "grpo-a"),
    other: join(work, "grpo-b"),
  };
  const looked = ["--runs", paths.a, paths.b, "--train", paths.train, paths.other];
  const questions: Question[] = [];
  const runs: RunData[] = [];
  let table: QuestionTable;
  // The command itself: the audit runs in a thread, which takes compiled code alone.
  let started: StartedProcess;
  let home: string;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    for (const file of readdirSync(join(healthy, "data"))) {
      const lines = readFileSync(join(healthy, "data", file), "utf8")
        .split("\n")
        .filter(Boolean);
      questions.push(...lines.map((line) => JSON.parse(line) as Question));
    }
    await writeMadeUpRun({ folder: paths.a, questions, seed: 1, skill: 0.3 });
    await writeMadeUpRun({ folder: paths.b, questions, seed: 2, skill: 0.7 });
    await writeMadeUpTraining(
      { folder: paths.train, questions, seed: 5, skill: 0.5 },
      { fixture: FIXTURE, alarm: true },
    );
    await writeMadeUpTraining(
      { folder: paths.other, questions, seed: 6, skill: 0.3 },
      { fixture: FIXTURE, alarm: false },
    );
    const sample = {
      event: "sample",
      step: 300,
      id: "ffffffffffffffff",
      prompt: ATTACK,
      completion: `${ATTACK}${"I think. ".repeat(400)}`,
      reward: { format: 0, accuracy: 0, total: 0, guards: [ATTACK] },
    };
    appendFileSync(join(paths.train, "samples.jsonl"), `${JSON.stringify(sample)}\n`);
    started = startVsiView([healthy, "--no-open", "--quiet", ...looked]);
    const [line] = await once(started.child.stdout!, "data");
    home = String(line).trim();
    const read = async <T>(name: string) => (await (await fetch(`${home}data/${name}.json`)).json()) as T;
    runs.push(await read<RunData>("run-0"), await read<RunData>("run-1"));
    table = await read<QuestionTable>("questions");
    watched = await open(() => home);
    page = watched.page;
  }, 120_000);

  afterAll(() => {
    started?.child.kill("SIGTERM");
  });

  async function go(hash: string, on = page, at = home): Promise<void> {
    await on.goto("about:blank");
    await on.goto(at + hash);
  }

  const percent = (share: number | null) => (100 * (share as number)).toFixed(1);

  describe("runs", () => {
    test("every row of every run with its score, and the paired difference to the base", async () => {
      await go("#/runs");
      await page.locator(".scores").waitFor();
      const rows = runs[0]!.scores.filter(({ robust }) => robust !== null);
      expect(await page.locator(".scores tbody tr").count()).toBe(rows.length);
      for (const [index, { row }] of rows.entries()) {
        const cells = page.locator(".scores tbody tr").nth(index).locator("td");
        const scores = runs.map(({ scores }) => scores.find((one) => one.row === row)!.robust);
        const shown = await cells.locator(".score").allInnerTexts();
        expect([row, shown]).toEqual([row, scores.map(percent)]);
        const compared = runs[0]!.comparisons[1]!.rows.find((one) => one.row === row)!.robust;
        expect(await cells.nth(2).locator(".difference").innerText()).toContain(
          percent(Math.abs(compared.difference!)),
        );
      }
      expect(await page.locator(".charts svg").count()).toBe(2);
    });

    test("the official metric is chosen by its button and its key, and stays in the address", async () => {
      await go("#/runs");
      await page.locator(".scores").waitFor();
      await page.getByRole("button", { name: "Official" }).click();
      const official = runs.map(({ scores }) => percent(scores[0]!.official));
      expect(await page.locator(".average .score").allInnerTexts()).toEqual(official);
      expect(page.url()).toContain("metric=official");
      await page.keyboard.press("m");
      expect(page.url()).not.toContain("metric=official");
    });

    test("what flipped is counted, and its link leads to exactly these questions, with both answers in the detail", async () => {
      await go("#/runs?a=0&b=1");
      await page.locator(".tiles").waitFor();
      const rows = table.id.flatMap((id, row) => (id === null ? [] : [row]));
      for (const flip of ["gained", "lost", "both", "neither"] as const) {
        const count = rows.filter((row) => flipOf(runs[1]!.answers[row], runs[0]!.answers[row]) === flip).length;
        expect([flip, await page.locator(`.tiles .${flip} b`).innerText()]).toEqual([flip, String(count)]);
      }
      const gained = Number(await page.locator(".tiles .gained b").innerText());
      expect(gained).toBeGreaterThan(0);
      await page.locator(".tiles .gained a").click();
      await page.locator(".list-row").first().waitFor();
      await page.locator(".filters-found b", { hasText: new RegExp(`^${gained}$`) }).waitFor();
      await page.locator(".list-row").first().click();
      await page.locator(".model-text").nth(1).waitFor();
      const row = table.id.indexOf(/id=(\w+)/.exec(page.url())![1]!);
      const texts = await page.locator(".model-text").allInnerTexts();
      expect(texts).toEqual([runs[1]!.answers[row]!.text, runs[0]!.answers[row]!.text]);
    });

    test("filters go along to the list of questions and back", async () => {
      const { scene_name: scene } = questions.find(({ question_type }) => question_type === "object_abs_distance")!;
      await go(`#/questions?run=1&base=0&type=object_abs_distance&q=${scene}`);
      await page.getByRole("link", { name: "Scores of runs" }).click();
      await page.locator(".tiles").waitFor();
      expect(await page.getByLabel("Type", { exact: true }).inputValue()).toBe("object_abs_distance");
      const fitting = questions.filter(
        ({ question_type, scene_name }) => question_type === "object_abs_distance" && scene_name === scene,
      );
      const counts = (await page.locator(".tiles b").allInnerTexts()).map(Number);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(fitting.length);
      await page.locator(".tiles .lost a").click();
      await page.locator(".filters").waitFor();
      expect(page.url()).toMatch(/type=object_abs_distance.*q=scene\d+_\d\d.*run=1.*base=0.*flip=lost/);
    });
  });

  describe("an address that asks for what is not there", () => {
    const banner = () => page.locator(".banner");

    test.each([
      ["#/questions?run=99", "run=99"],
      ["#/questions?type=nope&scene=scene7777_00", "type=nope, scene=scene7777_00"],
      ["#/questions?verdict=right", "verdict=right"],
      ["#/questions?run=1&base=1&flip=lost", "base=1, flip=lost"],
      ["#/questions?run=0&verdict=splendid", "verdict=splendid"],
      ["#/questions?row=0", "row=0"],
      ["#/questions?colour=red", "colour=red"],
      ["#/questions?__proto__=1", "__proto__=1"],
      ["#/scenes?view=below", "view=below"],
      ["#/runs?a=7&b=-1&metric=best", "a=7, b=-1, metric=best"],
      ["#/audit?split=none&type=nope", "split=none, type=nope"],
      ["#/training?hide=5&smooth=2&run=9", "hide=5, smooth=2, run=9"],
    ])("%s is told so, and no blank choice is shown", async (hash, said) => {
      await go(hash);
      await banner().getByText(`The address asks for ${said}, which this page does not have`).waitFor();
      await page.locator(".list-row, .scores, #type-title, .curve").first().waitFor();
      const blank = "[...document.querySelectorAll('select')].filter((one) => one.selectedIndex < 0).length";
      expect(await page.evaluate(blank)).toBe(0);
      // Of a run that there is not, no verdicts are shown, nor another run's.
      if (hash.includes("run=99")) expect(await page.locator(".list-row .verdict").count()).toBe(0);
      await banner().getByRole("button", { name: "Clear" }).click();
      await banner().waitFor({ state: "detached" });
      for (const part of said.split(", ")) expect(page.url()).not.toContain(part.replace(/=.*/, "="));
    });

    test("a view that there is not, and a step without completions", async () => {
      await go("#/nowhere");
      await page.getByText("The address asks for a view “nowhere”, which there is not.").waitFor();
      await go("#/training?step=7");
      await page.getByText("No completion was logged at step 7: these are of the latest.").waitFor();
    });

    test.each(["#/questions", "#/questions?run=1&base=0&flip=lost", "#/runs?a=0&b=1", "#/training?smooth=0.9&log=1"])(
      "%s asks for nothing of the kind",
      async (hash) => {
        await go(hash);
        await page.locator(".list-row, .scores, .curve").first().waitFor();
        expect(await banner().count()).toBe(0);
      },
    );
  });

  describe("audit", () => {
    test("says that it takes a while, then each type's verdict, and how many questions are guessed with a link to them", async () => {
      await go("#/audit");
      await page.getByText("Right answers").first().waitFor();
      await page.locator(".findings").waitFor({ timeout: 60_000 });
      const audit = (await (await fetch(`${home}data/audit.json`)).json()) as AuditData;
      const found = audit.splits.train!;
      expect(await page.locator(".findings .verdict-tag").allInnerTexts()).toEqual(found.map(({ verdict }) => verdict));
      const links = page.locator(".findings a");
      expect(await links.count()).toBeGreaterThan(0);
      const count = await links.first().innerText();
      await links.first().click();
      await page.getByLabel("Blind guess").waitFor();
      await page.locator(".filters-found b", { hasText: new RegExp(`^${count}$`) }).waitFor();
    });

    test("a type's answers are those of its questions; j goes on to the next type", async () => {
      await go("#/audit?type=object_counting&split=train");
      await page.locator("#type-title").waitFor();
      const types = QUESTION_TYPES.filter((type) => questions.some(({ question_type }) => question_type === type));
      const counts = new Map<string, number>();
      for (const { question_type, ground_truth } of questions) {
        if (question_type === "object_counting") counts.set(ground_truth, (counts.get(ground_truth) ?? 0) + 1);
      }
      const bars = await page.getByRole("img", { name: "Right answers" }).locator(".mark title").allTextContents();
      expect(bars.sort()).toEqual([...counts].map(([answer, count]) => `${answer}: ${count}`).sort());
      await page.keyboard.press("j");
      const next = types[types.indexOf("object_counting") + 1]!;
      await page.locator("#type-title", { hasText: questionTypeRow(next).title }).waitFor();
      expect(page.url()).toContain(`type=${next}`);
    });
  });

  describe("trainings", () => {
    const figure = (metric: string, on = page) => on.locator(`.curve[data-metric="${metric}"]`);

    test("curves with a table of their values, a smoothing and a log scale that the address keeps", async () => {
      await go("#/training?smooth=0");
      await figure("kl").locator("canvas").waitFor();
      const drawn = await figure("kl")
        .locator("canvas")
        .evaluate((canvas: unknown) => {
          const { width, height, getContext } = canvas as {
            width: number;
            height: number;
            getContext: (kind: string) => { getImageData: (...box: number[]) => { data: Uint8ClampedArray } };
          };
          const { data } = getContext.call(canvas, "2d").getImageData(0, 0, width, height);
          return new Set(
            Array.from({ length: data.length / 4 }, (_, pixel) =>
              data[4 * pixel + 3]! > 200
                ? `${data[4 * pixel]! >> 5} ${data[4 * pixel + 1]! >> 5} ${data[4 * pixel + 2]! >> 5}`
                : "",
            ),
          ).size;
        });
      // Ground, two lines, the alarm.
      expect(drawn).toBeGreaterThan(3);
      await figure("reward").getByText("Values").click();
      const lines = readFileSync(join(paths.train, "metrics.jsonl"), "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line));
      const first = lines.find(({ event, step }) => event === "step" && step === 1).metrics.reward;
      const cells = await figure("reward").locator("tbody tr").first().locator("th, td").allInnerTexts();
      expect(cells[0]).toBe("1");
      expect(Number(cells[1])).toBeCloseTo(first, 2);
      await page.getByRole("slider", { name: "smoothing" }).fill("0.9");
      await page.keyboard.press("l");
      expect(await page.getByRole("button", { name: "Log scale" }).getAttribute("aria-pressed")).toBe("true");
      expect(page.url()).toMatch(/smooth=0.9.*log=1/);
      expect(await page.getByRole("list", { name: "Alarms" }).innerText()).toContain("kl-explosion at step 226");
    });

    test("the value at the pointer is said, and a run that is hidden is in no chart", async () => {
      await go("#/training?smooth=0");
      const chart = figure("reward");
      await chart.locator("canvas").waitFor();
      await chart.locator(".u-over").hover();
      await chart
        .locator(".reading", { hasText: /at \d+$/ })
        .first()
        .waitFor();
      expect(await chart.locator(".legend li").count()).toBe(4);
      await page.getByLabel("grpo-b", { exact: true }).uncheck();
      await page.waitForURL(/hide=1/);
      expect(await chart.locator(".legend li").count()).toBe(2);
    });

    test("samples by step with their rewards; long ones fold; what is no question of the dataset is said", async () => {
      await go("#/training");
      await page.locator(".sample").first().waitFor();
      const own = page.locator(".sample", { hasText: "not in this dataset" });
      expect(await own.locator(".guard").textContent()).toBe(ATTACK);
      const folded = ((await own.locator("pre").first().textContent()) ?? "").length;
      await own.getByRole("button", { name: /Show all/ }).click();
      expect(((await own.locator("pre").first().textContent()) ?? "").length).toBeGreaterThan(folded);
      await page.keyboard.press("k");
      await page.waitForURL(/step=290/);
      expect(await page.locator(".sample").count()).toBe(8);
      await page.locator(".sample").first().getByRole("link", { name: "its question" }).click();
      await page.locator(".asked-text").waitFor();
    });

    test("a training that goes on is read again by itself", async () => {
      const lock = lockFolder(paths.other, "vsi-train grpo");
      try {
        await go("#/training");
        await page.getByText("running", { exact: true }).waitFor();
        const file = join(paths.other, "metrics.jsonl");
        const before = readFileSync(file, "utf8");
        const step = { event: "step", step: 301, of: 400, seconds: 1, trainer_seconds: 1, metrics: { reward: 1 } };
        writeFileSync(file, `${before}${JSON.stringify(step)}\n`);
        await page.getByText("step 301 of 400").waitFor({ timeout: 20_000 });
        writeFileSync(file, before);
      } finally {
        lock.release();
      }
    });

    test("regression: a log that could not be read once took its curves away, and was not read again", async () => {
      const { page: own } = await open(() => home);
      await own.clock.install();
      let reads = 0;
      await own.route("**/data/training-1.json", async (route) => {
        reads += 1;
        if (reads === 2) await route.fulfill({ status: 500, body: "metrics.jsonl line 9: cut off" });
        else await route.continue();
      });
      const lock = lockFolder(paths.other, "vsi-train grpo");
      try {
        await own.goto(`${home}#/training`);
        await own.getByText("running", { exact: true }).waitFor();
        await own.clock.runFor(5000);
        await own.getByText("metrics.jsonl line 9: cut off").waitFor();
        expect(await own.getByText("running", { exact: true }).count()).toBe(1);
        await own.clock.runFor(5000);
        await own.getByText("metrics.jsonl line 9: cut off").waitFor({ state: "detached" });
      } finally {
        lock.release();
        await own.close();
      }
    });
  });

  const VIEWS: [string, string][] = [
    ["#/runs?a=0&b=1", ".tiles"],
    ["#/audit", ".findings"],
    ["#/training", ".sample"],
    ["#/questions?run=1&base=0&flip=lost", ".list-row"],
  ];

  test.each([
    [1280, "light"],
    [400, "dark"],
  ] as const)(
    "%d pixels, %s: nothing is wider than the page, and axe finds nothing serious",
    async (width, colorScheme) => {
      const { page: sized, problems } = await open(() => home, { width, colorScheme });
      for (const [hash, selector] of VIEWS) {
        await go(hash, sized);
        await sized.locator(selector).first().waitFor({ timeout: 60_000 });
        expect([hash, await seriousFindings(sized)]).toEqual([hash, []]);
        const isFitting =
          "document.documentElement.scrollWidth <= innerWidth && (document.querySelector('.report')?.scrollWidth ?? 0) <= innerWidth";
        expect([hash, await sized.evaluate(isFitting)]).toEqual([hash, true]);
      }
      expect(problems).toEqual([]);
      await sized.close();
    },
    60_000,
  );

  test("an export shows the same from a file", async () => {
    const out = join(work, "site");
    expect(await runVsiView(["export", healthy, "--out", out, "--audit", "--quiet", ...looked])).toMatchObject({
      exitCode: 0,
    });
    const site = pathToFileURL(`${out}/`).href;
    const { page: offline, problems } = await open(() => site);
    for (const [hash, selector] of VIEWS) {
      await go(`index.html${hash}`, offline, site);
      await offline.locator(selector).first().waitFor();
    }
    expect(problems).toEqual([]);
    await offline.close();
  }, 60_000);

  test("no script failed, nothing of a model's text ran, nothing was asked for elsewhere", async () => {
    expect(await page.locator("img[src=x]").count()).toBe(0);
    expect(watched.problems).toEqual([]);
  });
});
