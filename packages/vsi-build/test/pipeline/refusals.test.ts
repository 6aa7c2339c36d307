import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Reject } from "@vsi/dataset";
import { JsonlWriter } from "@vsi/dataset/node";
import { temporaryFolder } from "@vsi/testing/folders";
import { copyRefusals } from "../../src/pipeline/refusals.ts";

describe("copyRefusals", () => {
  const folder = temporaryFolder();

  async function copy(text: string): Promise<{ copied: string; sha256: string | null }> {
    await writeFile(join(folder, "kept.jsonl"), text);
    const rejects = await JsonlWriter.open<Reject>(join(folder, "rejects.jsonl"));
    const sha256 = await copyRefusals(join(folder, "kept.jsonl"), rejects);
    await rejects.close();
    return { copied: await readFile(join(folder, "rejects.jsonl"), "utf8"), sha256 };
  }

  test.each([0, 1, 2, 3])(
    "letters of several bytes stay whole where one block ends and the next begins (%d)",
    async (shift) => {
      const text = `${"x".repeat(shift)}${"€😀".repeat(40_000)}\n`;
      const { copied, sha256 } = await copy(text);
      expect(copied === text).toBe(true);
      expect(sha256).toBe(createHash("sha256").update(text).digest("hex"));
    },
  );

  test("of an empty file it copies nothing, of a missing one it says so", async () => {
    expect(await copy("")).toEqual({ copied: "", sha256: createHash("sha256").digest("hex") });
    const rejects = await JsonlWriter.open<Reject>(join(folder, "rejects.jsonl"));
    expect(await copyRefusals(join(folder, "missing.jsonl"), rejects)).toBeNull();
    await rejects.abort();
  });
});
