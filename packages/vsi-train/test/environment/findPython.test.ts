import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { findPython, isNewEnough } from "../../src/environment/findPython.ts";

const FOLDER = temporaryFolder();

/** A program that answers as a Python would. */
async function pretend(name: string, script: string): Promise<string> {
  const path = join(FOLDER, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

describe("findPython", () => {
  test("takes one that is new enough", async () => {
    const python = await pretend("good", "echo 3.12.1 True");
    expect(await findPython(python, { venv: true })).toEqual({ command: python, version: "3.12.1" });
  });

  test.each([
    ["too old", "echo 3.9.18 True", "python-too-old", /3\.9\.18.*3\.10 or newer/],
    ["without venv", "echo 3.11.2 False", "python-without-venv", /python3-venv.*--uv/],
    [
      "broken",
      "echo 'no module named encodings' >&2; exit 1",
      "python-missing",
      /no module named encodings.*--python PATH/,
    ],
    ["no Python at all", "echo hello", "python-missing", /--python PATH/],
  ])("one that is %s is refused with what to do", async (name, script, code, message) => {
    const python = await pretend(name.replaceAll(" ", "-"), script);
    await expect(findPython(python, { venv: true })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  test("uv brings its own pip: venv's modules are not asked for", async () => {
    const python = await pretend("bare", "echo 3.11.2 False");
    expect(await findPython(python, { venv: false })).toMatchObject({ version: "3.11.2" });
  });

  test("regression, it was advised to do what had been done: one that is not there is named", async () => {
    const nowhere = join(FOLDER, "nowhere");
    await expect(findPython(nowhere, { venv: true })).rejects.toMatchObject({
      code: "python-missing",
      detail: { file: nowhere, got: "no such program" },
      message: expect.stringMatching(/Without --python, python3 on the PATH is used\.$/),
    });
  });
});

describe("isNewEnough", () => {
  test("compares numbers, not text", () => {
    expect(["3.10.0", "3.11.7", "3.100", "4.0"].filter((version) => !isNewEnough(version))).toEqual([]);
    expect(["3.9.18", "3.1", "2.7.18", ""].filter(isNewEnough)).toEqual([]);
  });
});
