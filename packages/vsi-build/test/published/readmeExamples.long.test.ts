import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { codeBlocks } from "../support/published/codeBlocks.ts";
import { installPackedPackages, type UserProject } from "../support/published/installPackedPackages.ts";
import { runAsUser } from "../support/published/runAsUser.ts";
import { REPOSITORY_ROOT, workspacePackages } from "../support/published/workspacePackages.ts";

let project: UserProject;

beforeAll(async () => {
  project = await installPackedPackages();
});

afterAll(() => project.remove());

const readmes = [
  { name: "the repository", path: join(REPOSITORY_ROOT, "README.md") },
  ...workspacePackages().map(({ name, folder }) => ({ name, path: join(folder, "README.md") })),
];

// The examples stand in a project with ./raw and the ./vsi-100k built from it, as the READMEs say.
describe.each(readmes)("README of $name", ({ name, path }) => {
  const examples = codeBlocks(readFileSync(path, "utf8"), "js");

  test("has an example", () => {
    expect(examples).not.toHaveLength(0);
  });

  test.each(examples.map((code, index) => ({ code, number: index + 1 })))(
    "example $number runs as it stands",
    async ({ code, number }) => {
      const script = join(project.folder, `${name.replace(/\W/g, "-")}-${number}.mjs`);
      await writeFile(script, code);
      const finished = await runAsUser(process.execPath, [script], project.folder);
      expect(finished).toEqual({ exitCode: 0, stdout: expect.stringMatching(/\w/), stderr: "" });
      expect(finished.stdout).not.toMatch(/undefined|NaN|\[object/);
    },
  );
});
