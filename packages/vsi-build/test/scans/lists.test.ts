import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { readExcludeList } from "../../src/scans/lists.ts";
import { excludedBy } from "../../src/scans/source.ts";

const folder = temporaryFolder();

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe("readExcludeList", () => {
  test("names, lists and published facts all give names", async () => {
    const list = await file("list.txt", "\uFEFFscene0001_00 # bright\r\n\n41069021\n");
    const facts = await file("facts.json", '{"scene0002_00": {"room_size": 3}, "42444946": {}}');
    expect(await readExcludeList(["scene0000", list, facts, "scene0000"])).toEqual([
      "41069021",
      "42444946",
      "scene0000",
      "scene0001_00",
      "scene0002_00",
    ]);
  });

  test("what can't be read is named with its line", async () => {
    await expect(readExcludeList(["./none.txt"])).rejects.toThrow("--exclude ./none.txt: neither a scan or room");
    await expect(readExcludeList([await file("bad.txt", "scene0000_00\nan apple\n")])).rejects.toThrow(
      'line 2: got "an apple"',
    );
    await expect(readExcludeList([await file("cut.json", '{"scene0000_00": ')])).rejects.toThrow("not JSON");
    await expect(readExcludeList([await file("empty.txt", "# nothing\n")])).rejects.toThrow("holds no name");
  });
});

describe("excludedBy", () => {
  test("a scan takes its room's other scans with it, and no others", () => {
    const isExcluded = excludedBy(["scene0001_00", "scene0002", "41069021"]);
    for (const name of ["scene0001_00", "scene0001_02", "scene0002_00", "41069021"]) {
      expect(isExcluded(name)).toBe(true);
    }
    for (const name of ["scene0010_00", "scene0003_00", "41069022"]) expect(isExcluded(name)).toBe(false);
  });
});
