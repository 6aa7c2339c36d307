import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { debiasDataset, pruneGroup } from "../../src/audit/debias.ts";
import { guessGroup } from "../../src/audit/guesses.ts";
import { judgeGroup } from "../../src/audit/judgement.ts";
import { writeAuditFolder } from "../support/auditFolder.ts";
import { lot, sideGroup, sizeGroup } from "../support/auditQuestion.ts";

describe("debiasDataset", () => {
  const OPTIONS = { seed: 0, limit: 0.05, splits: [], overwrite: false };

  const folder = temporaryFolder();
  const uneven = sideGroup(40, (_, room, index) => (lot(room, index) < 2 / 3 ? "left" : "right"));

  async function debias(name: string, validation: typeof uneven, splits: ("train" | "validation")[] = []) {
    const [source, out] = [join(folder, name), join(folder, `${name}-less`)];
    await writeAuditFolder(source, { train: uneven, validation });
    const report = await debiasDataset(source, { ...OPTIONS, splits, out });
    const read = (split: string) => readFile(join(out, "data", `${split}.jsonl`), "utf8");
    return { source, out, report, train: await read("train"), validation: await read("validation") };
  }

  test("no split decides what another loses", async () => {
    const one = await debias(
      "one",
      sideGroup(40, () => "right"),
    );
    const other = await debias("other", uneven);
    expect(one.report.splits.train?.[0]?.dropped).toBeGreaterThan(20);
    expect(one.train).toBe(other.train);
    expect(other.validation).toBe(other.train);
    // Always right: dropping can't help, so nothing is dropped.
    expect(one.report.splits.validation).toMatchObject([{ dropped: 0, reached: false }]);
  });

  test("a split that is not asked for is taken as it is", async () => {
    const { source, report, validation } = await debias("asked", uneven, ["train"]);
    expect(Object.keys(report.splits)).toEqual(["train"]);
    expect(validation).toBe(await readFile(join(source, "data", "validation.jsonl"), "utf8"));
  });

  test("neither writes over what it reads, nor over another folder unless told to", async () => {
    const { source, out } = await debias("kept", uneven);
    const before = await folderContent(out);
    await expect(debiasDataset(source, { ...OPTIONS, out: source })).rejects.toThrow("is the input dataset");
    await expect(debiasDataset(source, { ...OPTIONS, out })).rejects.toThrow("holds a finished dataset");
    expect(await folderContent(out)).toEqual(before);
    await debiasDataset(source, { ...OPTIONS, out, overwrite: true });
    expect(await folderContent(out)).toEqual(before);
  });
});

describe("pruneGroup", () => {
  const OPTIONS = { seed: 0, limit: 0.05 };

  const uneven = sideGroup(80, (_, room, index) => (lot(room, index) < 2 / 3 ? "left" : "right"));

  test("left twice as often: drops until the best shortcut is under the limit, judged anew on what is left", () => {
    const { dropped, before, after, reached } = pruneGroup(uneven, OPTIONS);
    expect(before.verdict).toBe("gives the answer away");
    expect(reached).toBe(true);
    const questions = uneven.questions.filter(({ id }) => !dropped.has(id));
    const rooms = questions.map(({ room }) => room);
    const again = judgeGroup(guessGroup({ ...uneven, questions }, "0"), rooms, OPTIONS.limit);
    expect(again).toEqual(after);
    expect(again.excess?.mean).toBeLessThanOrEqual(OPTIONS.limit);
    // About 320 left and 160 right: even with 5 % in hand some 130 have to go, and not nearly all.
    expect(dropped.size).toBeGreaterThan(80);
    expect(dropped.size).toBeLessThan(260);
  });

  test("the same questions and seed drop the same", () => {
    expect(pruneGroup(uneven, OPTIONS)).toEqual(pruneGroup(uneven, OPTIONS));
  });

  test("what is under the limit is left alone", () => {
    const even = sideGroup(80, (_, __, index) => (index % 2 === 0 ? "left" : "right"));
    const coins = { ...even, questions: even.questions.map((question) => ({ ...question, places: {}, text: "" })) };
    const { dropped, reached, after, before } = pruneGroup(coins, OPTIONS);
    expect([...dropped]).toEqual([]);
    expect(reached).toBe(true);
    expect(after).toEqual(before);
  });

  test("what dropping can't help is left as it is and said: always left, or numbers that follow from the label", () => {
    const always = pruneGroup(
      sideGroup(20, () => "left"),
      OPTIONS,
    );
    expect([always.reached, always.dropped.size]).toEqual([false, 0]);
    const sizes = pruneGroup(
      sizeGroup(20, (category) => category.length * 10),
      OPTIONS,
    );
    expect([sizes.reached, sizes.dropped.size]).toEqual([false, 0]);
  });

  test("one room, or none, can't be told and is left alone", () => {
    for (const rooms of [0, 1])
      expect(
        pruneGroup(
          sideGroup(rooms, () => "left"),
          OPTIONS,
        ).dropped.size,
      ).toBe(0);
  });
});
