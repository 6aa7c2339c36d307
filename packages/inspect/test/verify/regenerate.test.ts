import { describe, expect, test } from "@jest/globals";
import { forgedDataset } from "@vsi/testing/forgedDataset";
import { type EditedRecord, editJsonFile, readLines, writeLines } from "@vsi/testing/jsonFiles";
import { verifyDataset } from "../../src/verify/verifyDataset.ts";

const TRAIN = "data/train.jsonl";

/** Changes a split's questions and the manifest's counts with them, as a forger would. */
async function recounted(copy: string, edit: (records: EditedRecord[]) => EditedRecord[]): Promise<void> {
  const records = edit(await readLines(copy, TRAIN));
  await writeLines(copy, TRAIN, records);
  await editJsonFile(copy, "manifest.json", ({ counts }) => {
    counts.questions.train = {};
    for (const { question_type: type } of records) {
      counts.questions.train[type] = (counts.questions.train[type] ?? 0) + 1;
    }
  });
}

const FORGERIES: readonly [name: string, forge: (copy: string) => Promise<unknown>, codes: string[]][] = [
  [
    "a question dropped together with its count",
    (copy) => recounted(copy, ([, ...rest]) => rest),
    ["question-missing"],
  ],
  [
    "all questions of a type dropped together with their counts",
    (copy) =>
      recounted(copy, (records) => records.filter(({ question_type }) => question_type !== "object_rel_distance")),
    ["question-missing"],
  ],
  [
    "questions in another order",
    (copy) => recounted(copy, ([first, second, ...rest]) => [second, first, ...rest]),
    ["question-order"],
  ],
  [
    "options in another order",
    (copy) =>
      recounted(copy, (records) => {
        const question = records.find(({ question_type }) => question_type === "object_rel_direction_hard");
        const texts = question.options.map((option: string) => option.slice(3)).reverse();
        question.options = texts.map((text: string, index: number) => `${"ABCD"[index]}. ${text}`);
        question.mc_answer = "ABCD"[texts.indexOf(question.ground_truth)];
        return records;
      }),
    ["question-changed"],
  ],
  [
    "a dropped question called debiased in a dataset that was not debiased",
    async (copy) => {
      const [{ dataset, scene_name, question_type, evidence }] = await readLines(copy, TRAIN);
      await recounted(copy, ([, ...rest]) => rest);
      const { object_ids } = evidence;
      const reject = { schema: "vsi-reject/1", dataset, scene_name, question_type, code: "debias", message: "Gone." };
      const rejects = await readLines(copy, "rejects.jsonl");
      const numbers = { object_ids, value: null, limit: null, unit: null };
      await writeLines(copy, "rejects.jsonl", [...rejects, { ...reject, ...numbers }]);
      await editJsonFile(copy, "manifest.json", ({ counts }) => (counts.rejects.debias = 1));
    },
    ["question-missing", "reject-extra"],
  ],
  [
    "a refusal less",
    async (copy) => {
      const [first, ...rest] = await readLines(copy, "rejects.jsonl");
      await writeLines(copy, "rejects.jsonl", rest);
      await editJsonFile(copy, "manifest.json", ({ counts }) => {
        counts.rejects[first.code] -= 1;
        if (counts.rejects[first.code] === 0) delete counts.rejects[first.code];
      });
    },
    ["reject-missing"],
  ],
  [
    "rooms that nothing was learnt from",
    (copy) => editJsonFile(copy, "manifest.json", ({ inputs }) => (inputs.rooms_learnt_from = 2)),
    ["count"],
  ],
  [
    "a count of candidates not drawn",
    (copy) => editJsonFile(copy, "manifest.json", ({ counts }) => (counts.not_drawn.object_rel_direction_hard += 1)),
    ["count"],
  ],
];

describe("verify --regenerate, with the checksums written anew", () => {
  const { healthy, problemsAfter } = forgedDataset();

  test("without a forgery every question is made again, and nothing is found", async () => {
    const scenes: string[] = [];
    const report = await verifyDataset(healthy, { regenerate: true, onScene: (scene) => scenes.push(scene) });
    expect(report.problems).toEqual([]);
    expect(report.regenerated).toBe(report.questions);
    expect(scenes).toEqual(["scene9000_00", "scene9001_00"]);
  });

  test.each(FORGERIES)("%s", async (_name, forge, codes) => {
    const found = await problemsAfter(forge, { regenerate: true });
    expect([...new Set(found.map(({ code }) => code))].sort()).toEqual([...codes].sort());
  });

  test("another seed", async () => {
    const found = await problemsAfter(
      (copy) => editJsonFile(copy, "manifest.json", (manifest) => (manifest.seed += 1)),
      { regenerate: true },
    );
    const codes = found.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(["question-missing", "question-extra"]));
  });

  test("balancing called off", async () => {
    const found = await problemsAfter(
      (copy) =>
        editJsonFile(copy, "manifest.json", ({ settings, inputs }) => {
          settings.balance = false;
          delete inputs.rooms_learnt_from;
        }),
      { regenerate: true },
    );
    const codes = found.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(["question-missing", "question-extra"]));
  });

  test("a dataset of another version is told from a forged one", async () => {
    const problems = await problemsAfter(
      async (copy) => {
        await recounted(copy, ([, ...rest]) => rest);
        await editJsonFile(copy, "manifest.json", ({ versions }) => (versions["@vsi/questions"] = "0.0.9"));
      },
      { regenerate: true },
    );
    expect(problems.map(({ advice }) => advice)).toEqual([expect.stringContaining("made by version 0.0.9")]);
  });

  test("facts that no question can rest on are named, not thrown", async () => {
    const problems = await problemsAfter(
      (copy) => editJsonFile(copy, "scenes/scene9000_00.json", ({ objects }) => (objects[0].label = " ")),
      { regenerate: true },
    );
    expect(problems.map(({ code }) => code)).toContain("facts-label");
  });

  test("an aborted signal stops it with the signal's reason", async () => {
    const controller = new AbortController();
    const stopped = verifyDataset(healthy, {
      regenerate: true,
      signal: controller.signal,
      onScene: () => controller.abort(new Error("stopped by SIGTERM")),
    });
    await expect(stopped).rejects.toThrow("stopped by SIGTERM");
  });
});
