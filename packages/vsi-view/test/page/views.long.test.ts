import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  type Manifest,
  QUESTION_TYPES,
  type Question,
  questionTypeRow,
  type Reject,
  type SceneFacts,
} from "@vsi/dataset";
import { describeEvidence } from "@vsi/questions";
import { type ShownRoom, shownRoom } from "@vsi/questions/internal";
import { temporaryFolder } from "@vsi/testing/folders";
import { forgedDataset } from "@vsi/testing/forgedDataset";
import type { Locator, Page } from "playwright-core";
import { drawQuestion } from "../../src/page/drawing/drawQuestion.ts";
import { drawingLabels } from "../../src/page/drawing/labels.ts";
import { type ServedView, serveView } from "../../src/server/serve.ts";
import { describeInChromium, inChromium, isImageThere, seriousFindings, type WatchedPage } from "../support/browser.ts";

describeInChromium("the page", () => {
  const { healthy } = forgedDataset();
  const work = temporaryFolder();
  const open = inChromium();
  const rooms = new Map<string, ShownRoom>();
  const questions: Question[] = [];
  const rejects: Reject[] = [];
  let served: ServedView;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    const manifest = JSON.parse(readFileSync(join(healthy, "manifest.json"), "utf8")) as Manifest;
    for (const file of readdirSync(join(healthy, "scenes"))) {
      const facts = JSON.parse(readFileSync(join(healthy, "scenes", file), "utf8")) as SceneFacts;
      rooms.set(facts.scene_name, shownRoom(facts, manifest));
    }
    const lines = (file: string) => readFileSync(join(healthy, file), "utf8").split("\n").filter(Boolean);
    for (const file of readdirSync(join(healthy, "data"))) {
      questions.push(...lines(`data/${file}`).map((line) => JSON.parse(line) as Question));
    }
    rejects.push(...lines("rejects.jsonl").map((line) => JSON.parse(line) as Reject));
    // Every other answer is right, every fourth says nothing.
    const answers = questions.map(({ id, ground_truth, mc_answer }, index) => ({
      id,
      prediction: index % 2 === 0 ? (mc_answer ?? ground_truth) : index % 4 === 1 ? "Z" : "",
    }));
    writeFileSync(join(work, "run.jsonl"), answers.map((answer) => `${JSON.stringify(answer)}\n`).join(""));
    served = await serveView({ folder: healthy, scannet: join(healthy, "../raw"), runs: [join(work, "run.jsonl")] });
    watched = await open(() => served.url);
    page = watched.page;
  });

  afterAll(() => served?.close());

  /** By its address, as from a link in a message: nothing of the page before is left. */
  async function go(hash: string, on = page): Promise<void> {
    await on.goto("about:blank");
    await on.goto(served.url + hash);
  }

  const roomOf = ({ scene_name }: Question) => rooms.get(scene_name)!;
  const ofType = (type: Question["question_type"]) => questions.find(({ question_type }) => question_type === type)!;
  const picture = (on = page): Locator => on.locator(".room-view[data-ready]");

  /** By the hash alone, as a click on a link does. */
  async function visit(hash: string, on = page): Promise<void> {
    if (on.url() === "about:blank") await on.goto(served.url + hash);
    else await on.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  }

  /** Effects run after the page is there: asks until it is so, or compares what is. */
  async function labelsAre(expected: readonly string[]): Promise<void> {
    const texts = () => page.locator(".labels .label").allTextContents();
    const isSo = async () => JSON.stringify((await texts()).sort()) === JSON.stringify([...expected].sort());
    for (let tries = 0; tries < 40 && !(await isSo()); tries += 1) await page.waitForTimeout(100);
    expect((await texts()).sort()).toEqual([...expected].sort());
  }

  /** Waits until the list has this many rows in all. */
  const foundAre = (count: number) => page.locator(".filters-found b", { hasText: new RegExp(`^${count}$`) }).waitFor();

  /** Brings the pointer over the middle of an object, which its label stands just above. */
  async function hover(label: Locator, id: number): Promise<void> {
    const hovered = page.locator(`.room-view[data-hovered="${id}"]`);
    for (let tries = 0; tries < 20 && (await hovered.count()) === 0; tries += 1) {
      // Labels are written anew when the mesh comes.
      const box = await label.boundingBox();
      if (box) await page.mouse.move(box.x + box.width / 2, box.y + 1.5 * box.height + 2 + (tries % 2));
      await page.waitForTimeout(200);
    }
    expect(await hovered.count()).toBe(1);
  }

  test("of hundreds of scenes the choices are there once one is about to choose, with their counts", async () => {
    const { page: own, problems } = await open(() => served.url);
    await own.route("**/data/overview.json", async (route) => {
      const overview = await (await route.fetch()).json();
      const more = Array.from({ length: 300 }, (_, index) => ({
        ...overview.scenes[0],
        scene_name: `more${index}_00`,
      }));
      await route.fulfill({ json: { ...overview, scenes: [...overview.scenes, ...more] } });
    });
    const { scene_name: scene } = questions[0]!;
    await own.goto(`${served.url}#/questions`);
    const select = own.getByLabel("Scene", { exact: true });
    await select.waitFor();
    expect(await select.locator("option").count()).toBe(1);
    await select.focus();
    const count = questions.filter(({ scene_name }) => scene_name === scene).length;
    await select.locator("option", { hasText: `${scene} (${count})` }).waitFor({ state: "attached" });
    // Those without a question are left out, as in a short list.
    expect(await select.locator("option").count()).toBe(1 + rooms.size);
    await select.selectOption(scene);
    await own.locator(".filters-found b", { hasText: new RegExp(`^${count}$`) }).waitFor();
    await own.getByLabel("Search questions").focus();
    await select.locator("option").nth(2).waitFor({ state: "detached" });
    expect(await select.inputValue()).toBe(scene);
    expect(problems).toEqual([]);
    await own.close();
  });

  test("regression: one damaged scene made the whole page unusable; it is named, with its reason", async () => {
    const { page: own } = await open(() => served.url);
    const why = "scenes/broken.json: the file: got Unterminated string, expected JSON.";
    await own.route("**/data/overview.json", async (route) => {
      const overview = await (await route.fetch()).json();
      const damaged = { dataset: null, problem: why, objects: 0, area_m2: 0, frames: 0 };
      const scenes = overview.scenes.map((scene: object, index: number) => ({ ...scene, ...(index === 0 && damaged) }));
      await route.fulfill({ json: { ...overview, scenes } });
    });
    await own.route("**/data/scene-0.json", (route) => route.fulfill({ status: 500, body: why }));
    const [first, second] = [...rooms.keys()].sort() as [string, string];
    await own.goto(`${served.url}#/scenes/${second}`);
    await own.locator(".banner", { hasText: `1 of ${rooms.size} scenes cannot be shown: ${first}. ${why}` }).waitFor();
    await picture(own).waitFor();
    await own.locator(".banner a").click();
    await own.locator(".failure", { hasText: `${first} cannot be shown.` }).waitFor();
    expect(await own.locator(".scene-item", { hasText: "cannot be shown" }).count()).toBe(1);
    await own.close();
  });

  describe("questions", () => {
    test.each(QUESTION_TYPES)("%s: text, options, evidence in words, frames and drawing", async (type) => {
      const question = ofType(type);
      const room = roomOf(question);
      await visit(`#/questions?id=${question.id}`);
      await page.locator(".asked-text", { hasText: question.question }).waitFor();
      await picture().waitFor();
      expect(await page.locator(".asked-text").textContent()).toBe(question.question);
      expect(await page.locator(".says").innerText()).toBe(describeEvidence(question, room));
      const right = question.options?.find((option) => option.startsWith(`${question.mc_answer}.`));
      expect(await page.locator(".options li.right, .answer-line b").innerText()).toContain(
        right ?? question.ground_truth,
      );
      expect(await page.locator(".frames .frame").count()).toBe(question.frames.length);
      expect(await page.locator(".frames .frame.evidence").count()).toBe(question.evidence.frames!.length);
      const expected = drawingLabels(drawQuestion(question, room), (id) => room.objects.get(id)!.box.center);
      await labelsAre(expected.map(({ text }) => text));
    });

    test("a refused candidate: the reason in words, its number against the limit", async () => {
      const index = rejects.findIndex(({ value, limit }) => value !== null && limit !== null);
      const { message, code } = rejects[index]!;
      await visit(`#/questions?refused=1&row=${questions.length + index}`);
      await page.locator(".asked-text", { hasText: message }).waitFor();
      await picture().waitFor();
      expect(await page.locator(".numbers dt").allInnerTexts()).toEqual(["reason", "measured", "limit"]);
      expect(await page.locator(".numbers code").innerText()).toBe(code);
    });

    test("filters: by type, text and verdict, with counts that are those of the records; they can be cleared", async () => {
      await go("#/questions");
      await page.getByLabel("Type", { exact: true }).selectOption("object_counting");
      const counting = questions.filter(({ question_type }) => question_type === "object_counting");
      await foundAre(counting.length);
      expect(await page.locator(".list-row").count()).toBe(counting.length);
      const title = questionTypeRow("object_abs_distance").title;
      const distances = questions.filter(({ question_type }) => question_type === "object_abs_distance").length;
      expect(await page.getByLabel("Type", { exact: true }).innerText()).toContain(`${title} (${distances})`);
      await page.getByLabel("Search questions").fill("nightSTAND how");
      const said = counting.filter(({ question }) => question.includes("nightstand"));
      expect(said.length).toBeGreaterThan(0);
      await foundAre(said.length);
      await page.getByRole("button", { name: "Clear filters" }).click();
      await foundAre(questions.length);
      await page.getByLabel("Run").selectOption("0");
      await page.getByLabel("Verdict").selectOption("right");
      const rightOnes = questions.filter((_, index) => index % 2 === 0).length;
      await foundAre(rightOnes);
      await page.locator(".list-row").first().locator('.verdict[aria-label="right"]').waitFor();
    });

    test("a link restores the filters, the run, the question and the view", async () => {
      const index = questions.findIndex(
        ({ question_type }, at) => question_type === "object_rel_distance" && at % 2 === 0,
      );
      const { id, scene_name } = questions[index]!;
      await go(
        `#/questions?type=object_rel_distance&scene=${scene_name}&run=0&verdict=right&q=closest&view=top&id=${id}`,
      );
      await picture().waitFor();
      const fitting = questions.filter(
        (question, at) =>
          question.question_type === "object_rel_distance" && question.scene_name === scene_name && at % 2 === 0,
      );
      await foundAre(fitting.length);
      expect(await page.getByLabel("Search questions").inputValue()).toBe("closest");
      expect(await page.getByRole("button", { name: "Top" }).getAttribute("aria-pressed")).toBe("true");
      expect(await page.locator(".list-row[aria-selected=true]").count()).toBe(1);
      expect(await page.locator(".model-text").innerText()).toBe(questions[index]!.mc_answer);
    });

    test("an id that the dataset does not have is said", async () => {
      await visit("#/questions?id=0000000000000000");
      await expect(page.getByText("No question has the id 0000000000000000").waitFor()).resolves.toBeUndefined();
    });

    test("keys: next and previous, search and its end, from above, help", async () => {
      const placeIs = (place: number) =>
        page.locator(".steps .count", { hasText: `${place} of ${questions.length}` }).waitFor();
      await go("#/questions");
      await page.locator(".list").waitFor();
      await page.keyboard.press("j");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("j");
      await placeIs(3);
      await page.keyboard.press("k");
      await placeIs(2);
      await page.waitForURL(({ hash }) => hash.includes(questions[1]!.id));
      await page.keyboard.press("/");
      await page.keyboard.type("j");
      expect(await page.getByLabel("Search questions").inputValue()).toBe("j");
      await page.keyboard.press("Backspace");
      await page.keyboard.press("Escape");
      await page.keyboard.press("t");
      await page.waitForURL(({ hash }) => hash.includes("view=top"));
      // A button over the room keeps the focus, and once swallowed the keys.
      await page.getByRole("button", { name: "Orbit" }).click();
      await page.keyboard.press("j");
      await placeIs(3);
      await page.keyboard.press("?");
      expect(await page.getByRole("dialog").innerText()).toContain("next question");
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      // At once: a dialog that was just closed has the focus for a moment, and once swallowed the key.
      await page.keyboard.press("Escape");
      await page.waitForURL(({ hash }) => !hash.includes("id="));
    });

    test("a frame is enlarged, the arrows go on to the next, and the room is seen from its camera", async () => {
      const question = ofType("camera_obj_abs_dist");
      await go(`#/questions?view=top&id=${question.id}`);
      await picture().waitFor();
      await page.locator(".frame").nth(1).click();
      // Until it has opened, keys are the list's.
      await page.locator("dialog[open]").waitFor();
      await page.keyboard.press("ArrowRight");
      const dialog = page.getByRole("dialog");
      await dialog.locator(`img[src$="${question.frames[2]}"]`).waitFor();
      expect(await isImageThere(dialog.locator("img"))).toBe(true);
      await dialog.getByRole("button", { name: "Look from here in 3D" }).click();
      await dialog.waitFor({ state: "detached" });
      await page.locator('button[aria-pressed="true"]', { hasText: "Orbit" }).waitFor();
    });
  });

  describe("rooms", () => {
    test("the room of a scene: its objects by name; back and forth between scenes", async () => {
      const [name, other] = [...rooms.keys()];
      await go(`#/scenes/${name}`);
      await picture().waitFor();
      const named = rooms.get(name!)!.facts.objects.filter(({ excluded }) => excluded !== "structure");
      expect(await page.locator(".objects tbody tr").count()).toBe(named.length);
      await labelsAre(named.map((object) => rooms.get(name!)!.nameOf(object)));
      await page.keyboard.press("j");
      await page.waitForURL(({ hash }) => hash.includes(`#/scenes/${other}`));
    });

    // Seen from above nothing hangs over these, so that who clicks their middle clicks them.
    const isOnTop = ({ facts }: ShownRoom, id: number) => {
      const asked = facts.objects.find((object) => object.id === id)!;
      const [x, y] = asked.box.center;
      const over = facts.objects.filter(
        ({ aabb: { min, max }, excluded }) =>
          excluded !== "structure" && min[0] < x && x < max[0] && min[1] < y && y < max[1],
      );
      return (
        Math.min(asked.box.size[0], asked.box.size[1]) > 0.2 &&
        over.every(({ aabb }) => aabb.max[2] <= asked.aabb.max[2])
      );
    };

    test.each(["scan", "none"])("the object that is clicked is the one of the evidence (mesh: %s)", async (mesh) => {
      const question = questions.find(
        (one) =>
          one.question_type === "object_counting" && one.evidence.object_ids.every((id) => isOnTop(roomOf(one), id)),
      )!;
      await go(`#/questions?view=top&id=${question.id}`);
      await picture().waitFor();
      await page.getByLabel("Mesh").selectOption(mesh);
      for (const [index, id] of question.evidence.object_ids.entries()) {
        const label = page.locator(".labels .label", { hasText: new RegExp(`^${index + 1}\\. `) });
        await hover(label, id);
        await page.mouse.down();
        await page.mouse.up();
        await page.locator(`.room-view[data-picked="${id}"]`).waitFor();
        expect(await page.locator("tr.picked").getAttribute("data-object")).toBe(String(id));
        expect(await page.locator(".status").innerText()).toContain(`(id ${id})`);
      }
    });

    test("a picture is saved, and shows more than one colour", async () => {
      await go(`#/scenes/${[...rooms.keys()][0]}`);
      await page.getByLabel("Mesh").waitFor();
      await page.getByLabel("Mesh").selectOption("instances");
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Save as PNG" }).click(),
      ]);
      const path = join(work, download.suggestedFilename());
      await download.saveAs(path);
      const png = readFileSync(path);
      expect(png.subarray(1, 4).toString()).toBe("PNG");
      // A picture of one colour has a few hundred bytes.
      expect(png.length).toBeGreaterThan(20_000);
    });

    test("without WebGL: it is said, and the plan has the same drawing", async () => {
      const before = `const get = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) { return /webgl/.test(kind) ? null : get.call(this, kind, ...rest); };`;
      const { page: plain, problems } = await open(() => served.url, { before });
      const question = ofType("object_rel_direction_hard");
      await go(`#/questions?id=${question.id}`, plain);
      await plain.getByText("no WebGL").waitFor();
      const drawing = drawQuestion(question, roomOf(question));
      const texts = await plain.locator("svg.plan text").allTextContents();
      for (const { label } of [...drawing.objects, ...drawing.sectors, ...drawing.segments].filter(
        ({ label }) => label,
      )) {
        expect(texts).toContain(label);
      }
      expect(await plain.locator("svg.plan .sector").count()).toBe(drawing.sectors.length);
      // three says itself that it got no context.
      expect(problems.filter((problem) => !problem.includes("WebGL"))).toEqual([]);
      await plain.close();
    });
  });

  describe("appearance", () => {
    const views = () => [
      "#/questions",
      `#/questions?run=0&id=${ofType("object_rel_distance").id}`,
      `#/questions?refused=1&row=${questions.length}`,
      "#/scenes",
      `#/scenes/${[...rooms.keys()][0]}`,
    ];

    test.each([
      [1280, "light"],
      [400, "dark"],
    ] as const)("%d pixels, %s: nothing is cut off, and axe finds nothing serious", async (width, colorScheme) => {
      const { page: sized, problems } = await open(() => served.url, { width, colorScheme });
      for (const hash of views()) {
        await visit(hash, sized);
        await sized
          .locator(
            hash.includes("id=") || hash.includes("row=") || hash.includes("scene9")
              ? ".room-view[data-ready]"
              : ".list",
          )
          .waitFor();
        expect([hash, await seriousFindings(sized)]).toEqual([hash, []]);
        expect([hash, await sized.evaluate("document.documentElement.scrollWidth <= innerWidth")]).toEqual([
          hash,
          true,
        ]);
      }
      expect(problems).toEqual([]);
      await sized.close();
    });

    test("narrow: the list, then what was opened, and back", async () => {
      const { page: narrow } = await open(() => served.url, { width: 400 });
      await go("#/questions", narrow);
      await narrow.locator(".list-row").nth(2).click();
      await narrow.locator(".list").waitFor({ state: "hidden" });
      await picture(narrow).waitFor();
      await narrow.getByRole("button", { name: "List" }).click();
      await narrow.locator(".list").waitFor();
      await narrow.close();
    });

    test("colours follow the system, or the choice that is remembered", async () => {
      const { page: colored } = await open(() => served.url, { colorScheme: "dark" });
      const background = () => colored.evaluate("getComputedStyle(document.documentElement).backgroundColor");
      await go("#/questions", colored);
      const dark = await background();
      await colored.getByLabel("Colours").selectOption("light");
      const light = await background();
      expect(light).not.toBe(dark);
      await go("#/scenes", colored);
      await colored.getByLabel("Colours").waitFor();
      expect(await background()).toBe(light);
      await colored.close();
    });
  });

  test("no script failed, nothing was asked for elsewhere", () => {
    expect(watched.problems).toEqual([]);
  });
});
