import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { debiasDataset } from "../../../src/audit/debias/debiasDataset.ts";
import { writeAuditFolder } from "../../support/auditFolder.ts";
import { lot, sideGroup } from "../../support/auditQuestion.ts";
import { folderContent } from "../../support/folderContent.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const OPTIONS = { seed: 0, limit: 0.05, splits: [], overwrite: false };

describe("debiasDataset", () => {
  const folder = temporaryFolder();
  const uneven = sideGroup(40, (_, room, index) => (lot(room, index) < 2 / 3 ? "left" : "right"));

  async function debias(name: string, validation: typeof uneven, splits: ("train" | "validation")[] = []) {
    const [source, out] = [join(folder(), name), join(folder(), `${name}-less`)];
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
    await expect(debiasDataset(source, { ...OPTIONS, out: source })).rejects.toThrow("is the dataset that is read");
    await expect(debiasDataset(source, { ...OPTIONS, out })).rejects.toThrow("holds a finished dataset");
    expect(await folderContent(out)).toEqual(before);
    await debiasDataset(source, { ...OPTIONS, out, overwrite: true });
    expect(await folderContent(out)).toEqual(before);
  });
});
