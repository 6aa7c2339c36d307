import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { REQUIREMENTS_FILE, readRequirements } from "../../src/environment/requirements.ts";

const FOLDER = temporaryFolder();

async function read(text: string) {
  const path = join(FOLDER, "requirements.txt");
  await writeFile(path, text);
  return readRequirements(path);
}

describe("readRequirements", () => {
  test("the worker's own file pins what the worker imports", async () => {
    const names = (await readRequirements(REQUIREMENTS_FILE)).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["torch", "transformers", "trl", "peft", "accelerate", "datasets", "pillow"]),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  test("comments, blank lines and Windows' line ends are passed over", async () => {
    expect(await read("# why\r\n\r\n a_b.c-d==1.0+cpu # tested\r\nx==2!3.0rc1")).toEqual([
      { name: "a_b.c-d", version: "1.0+cpu" },
      { name: "x", version: "2!3.0rc1" },
    ]);
    expect(await read("")).toEqual([]);
  });

  test.each(["torch", "torch>=2", "torch==2.*", "torch==2; sys_platform == 'linux'", "-r other.txt", "--index-url x"])(
    "%s is not pinned: refused with its line",
    async (line) => {
      await expect(read(`a==1\n${line}\n`)).rejects.toMatchObject({
        code: "requirements-syntax",
        detail: { place: "line 2" },
      });
    },
  );

  test("a missing file is named", async () => {
    await expect(readRequirements(join(FOLDER, "none.txt"))).rejects.toMatchObject({ code: "file-missing" });
  });
});
