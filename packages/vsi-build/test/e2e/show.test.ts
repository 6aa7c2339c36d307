import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { QuestionType } from "@vsi/dataset";
import type { SceneFacts } from "@vsi/geometry";
import { runVsiBuild } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { forgedDataset } from "@vsi/testing/forgedDataset";
import { type EditedRecord, editJsonFile, readLines } from "@vsi/testing/jsonFiles";

/**
 * What a drawing of each type holds besides the room and the objects: lines to the answer, and its number or word.
 * Marks of a type without a row are told by its own test in @vsi/questions.
 */
const DRAWN: Readonly<Partial<Record<QuestionType, { answers: number; text: (record: EditedRecord) => string }>>> = {
  object_counting: { answers: 0, text: ({ evidence }) => `(${evidence.object_ids[0]})` },
  object_size_estimation: { answers: 1, text: ({ ground_truth }) => `${ground_truth} cm` },
  object_abs_distance: { answers: 1, text: ({ ground_truth }) => `${ground_truth} m` },
  object_rel_distance: { answers: 1, text: ({ evidence }) => `${evidence.value.toFixed(2)} m` },
  object_rel_direction_easy: { answers: 1, text: ({ ground_truth }) => `° ${ground_truth}` },
  object_rel_direction_medium: { answers: 1, text: ({ ground_truth }) => `° ${ground_truth}` },
  object_rel_direction_hard: { answers: 1, text: ({ ground_truth }) => `° ${ground_truth}` },
  room_size_estimation: { answers: 0, text: ({ ground_truth }) => `${ground_truth} m²` },
  obj_appearance_order: { answers: 0, text: ({ evidence }) => `(${evidence.object_ids[3]})` },
  camera_displacement: { answers: 1, text: ({ ground_truth }) => `${ground_truth} m` },
  camera_movement_direction: { answers: 1, text: ({ ground_truth }) => ground_truth },
  camera_obj_abs_dist: { answers: 1, text: ({ ground_truth }) => `${ground_truth} m` },
  camera_obj_rel_dist: { answers: 1, text: ({ evidence }) => `${evidence.value.toFixed(2)} m` },
  route_planning: { answers: Number.NaN, text: () => "start" },
};

describe("vsi-build show", () => {
  const shared = forgedDataset();
  const folder = temporaryFolder();
  // One of the tests changes it.
  const healthy = join(folder, "healthy");
  let records: EditedRecord[] = [];

  beforeAll(async () => {
    await cp(shared.healthy, healthy, { recursive: true });
    records = await readLines(healthy, "data/train.jsonl");
  });

  function firstOf(type: QuestionType): EditedRecord {
    return records.find((record) => record.question_type === type);
  }

  test.each(Object.entries(DRAWN))("%s: question, answer, evidence and drawing", async (type, { answers, text }) => {
    const record = firstOf(type as QuestionType);
    const svg = join(folder, `${type}.svg`);
    const shown = await runVsiBuild(["show", healthy, record.id, "--svg", svg]);
    expect(shown).toMatchObject({ exitCode: 0, stderr: "" });
    expect(shown.stdout).toContain(record.question);
    expect(shown.stdout).toContain(
      `answer    ${record.mc_answer === null ? "" : `${record.mc_answer}. `}${record.ground_truth}\n`,
    );
    for (const option of record.options ?? []) expect(shown.stdout).toContain(`\n  ${option}\n`);
    for (const id of record.evidence.object_ids) expect(shown.stdout).toContain(`(id ${id})`);
    // Not a terminal: no braille.
    expect(shown.stdout).not.toMatch(/[\u2801-\u28ff]/);
    const drawing = await readFile(svg, "utf8");
    const lines = drawing.match(/class="line answer"/g) ?? [];
    expect(lines).toHaveLength(Number.isNaN(answers) ? record.evidence.route.length - 1 : answers);
    expect(drawing).toContain(text(record));
    const asked = new Set<number>(record.evidence.object_ids);
    expect(drawing.match(/class="box asked"/g) ?? []).toHaveLength(asked.size);
    const facts = JSON.parse(
      await readFile(join(healthy, "scenes", `${record.scene_name}.json`), "utf8"),
    ) as SceneFacts;
    const furniture = facts.objects.filter(({ excluded }) => excluded !== "structure");
    expect(drawing.match(/class="box/g)).toHaveLength(furniture.length);
  });

  test("a distance is told with what it was measured between", async () => {
    const { id, evidence } = firstOf("object_abs_distance");
    const { stdout } = await runVsiBuild(["show", healthy, id]);
    const [a, b] = evidence.object_ids;
    expect(stdout).toMatch(
      new RegExp(`measured between the closest vertices of .+ \\(id ${a}\\) and .+ \\(id ${b}\\): `),
    );
    expect(stdout).toContain(`${Number(evidence.value.toFixed(4))} m`);
  });

  test("the beginning of an id is enough when no other begins so", async () => {
    const { id } = records[0];
    const length = [...id].findIndex((_, end) =>
      records.every((record) => record === records[0] || !record.id.startsWith(id.slice(0, end))),
    );
    const shown = await runVsiBuild(["show", healthy, id.slice(0, length), "--json"]);
    expect(JSON.parse(shown.stdout)).toMatchObject({ split: "train", line: 1, question: records[0] });
    const short = await runVsiBuild(["show", healthy, id.slice(0, 1)]);
    expect(short.exitCode).toBe(2);
    expect(short.stderr).toMatch(/\d+ ids in .+ start with this/);
  });

  test("an id that is not there is wrong usage", async () => {
    const shown = await runVsiBuild(["show", healthy, "xyz"]);
    expect(shown).toMatchObject({ exitCode: 2, stdout: "" });
    expect(shown.stderr).toContain("has this id");
  });

  test("regression: of an unreadable manifest the message named the code in place of the file", async () => {
    const damaged = join(folder, "damaged");
    await cp(join(healthy, "data"), join(damaged, "data"), { recursive: true });
    await writeFile(join(damaged, "manifest.json"), '{"schema": "vsi-dataset/1",');
    const shown = await runVsiBuild(["show", damaged, firstOf("object_size_estimation").id]);
    expect(shown.exitCode).toBe(2);
    expect(shown.stderr).toContain(`${join(damaged, "manifest.json")}: got Expected double-quoted`);
    expect(shown.stderr).not.toContain("manifest-syntax");
  });

  test("an object's name that is markup is text in the drawing", async () => {
    const record = firstOf("object_size_estimation");
    const scene = `scenes/${record.scene_name}.json`;
    const rename = (label: string) =>
      editJsonFile(healthy, scene, ({ objects }) => {
        objects.find(({ id }: EditedRecord) => id === record.evidence.object_ids[0]).label = label;
      });
    await rename("<script>alert(1)</script>");
    const svg = join(folder, "markup.svg");
    expect(await runVsiBuild(["show", healthy, record.id, "--svg", svg])).toMatchObject({ exitCode: 0 });
    const drawing = await readFile(svg, "utf8");
    expect(drawing).not.toContain("<script");
    expect(drawing).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });
});
