import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { madeOnce } from "../src/madeOnce.ts";

describe("madeOnce", () => {
  test("of several that ask at once, one makes it and all get it whole", async () => {
    let made = 0;
    const ask = () =>
      madeOnce("of-madeOnce-test", async (folder) => {
        made += 1;
        await writeFile(join(folder, "first"), "1");
        await writeFile(join(folder, "last"), "2");
      });
    const folders = await Promise.all([ask(), ask(), ask()]);
    expect(made).toBe(1);
    expect(new Set(folders).size).toBe(1);
    expect(await readFile(join(folders[0]!, "last"), "utf8")).toBe("2");
  });

  test("what went wrong is said to all, also to those who ask later", async () => {
    const ask = () => madeOnce("broken-of-madeOnce-test", () => Promise.reject(new Error("no room on the disk")));
    const [first, second] = await Promise.allSettled([ask(), ask()]);
    const expected = { status: "rejected", reason: { message: expect.stringContaining("no room on the disk") } };
    expect([first, second]).toMatchObject([expected, expected]);
    await expect(ask()).rejects.toThrow("no room on the disk");
  });
});
