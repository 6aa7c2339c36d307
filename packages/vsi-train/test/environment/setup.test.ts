import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatBytes } from "../../src/environment/disk.ts";
import { cacheFolder, environmentFolder } from "../../src/environment/environmentFolder.ts";
import { REQUIREMENTS_FILE, readRequirements } from "../../src/environment/requirements.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const HOME = "/home/ada";

describe("cacheFolder", () => {
  test("is where each system keeps caches", () => {
    expect(cacheFolder("p", { platform: "linux", env: {}, home: HOME })).toBe("/home/ada/.cache/p");
    expect(cacheFolder("p", { platform: "darwin", env: {}, home: HOME })).toBe("/home/ada/Library/Caches/p");
    expect(cacheFolder("p", { platform: "win32", env: { LOCALAPPDATA: "/local" }, home: HOME })).toBe("/local/p");
    expect(cacheFolder("p", { platform: "win32", env: {}, home: HOME })).toBe("/home/ada/AppData/Local/p");
  });

  test("XDG_CACHE_HOME comes first where it is absolute, as its specification says", () => {
    expect(cacheFolder("p", { platform: "linux", env: { XDG_CACHE_HOME: "/big/cache" }, home: HOME })).toBe(
      "/big/cache/p",
    );
    expect(cacheFolder("p", { platform: "linux", env: { XDG_CACHE_HOME: "cache" }, home: HOME })).toBe(
      "/home/ada/.cache/p",
    );
    expect(cacheFolder("p", { platform: "linux", env: { XDG_CACHE_HOME: "" }, home: HOME })).toBe("/home/ada/.cache/p");
  });
});

const WORD = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const REQUIREMENTS = fc.uniqueArray(fc.record({ name: WORD, version: fc.stringMatching(/^\d\.\d{1,2}$/) }), {
  minLength: 1,
  selector: ({ name }) => name,
});

describe("environmentFolder", () => {
  test("is the same for the same packages in any order, and another for any other version or device", () => {
    fc.assert(
      fc.property(REQUIREMENTS, fc.nat(), (requirements, at) => {
        const folder = environmentFolder("/cache", requirements, "gpu");
        expect(folder).toMatch(/^\/cache\/gpu-[0-9a-f]{12}$/);
        expect(environmentFolder("/cache", requirements.toReversed(), "gpu")).toBe(folder);
        expect(environmentFolder("/cache", requirements, "cpu").slice(-12)).not.toBe(folder.slice(-12));
        const changed = requirements.with(at % requirements.length, { name: "other-package", version: "9.9" });
        expect(environmentFolder("/cache", changed, "gpu")).not.toBe(folder);
      }),
    );
  });
});

describe("formatBytes", () => {
  test("gives two or three digits in the unit that fits", () => {
    const shown = [0, 1500, 9949, 9950, 999_499, 999_500, 1.5e9, 23e9, 4e12, 5e15].map(formatBytes);
    expect(shown).toEqual([
      "0.0 kB",
      "1.5 kB",
      "9.9 kB",
      "10 kB",
      "999 kB",
      "1.0 MB",
      "1.5 GB",
      "23 GB",
      "4.0 TB",
      "5000 TB",
    ]);
  });
});

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
