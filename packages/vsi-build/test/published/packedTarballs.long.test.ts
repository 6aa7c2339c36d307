import { readdirSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Question } from "@vsi/dataset";
import { build } from "esbuild";
import { installPackedPackages, type UserProject } from "../support/published/installPackedPackages.ts";
import { runAsUser } from "../support/published/runAsUser.ts";
import { REPOSITORY_ROOT, workspacePackages } from "../support/published/workspacePackages.ts";

const TYPESCRIPT = join(REPOSITORY_ROOT, "node_modules/typescript/bin/tsc");
const codeEntries = workspacePackages()
  .flatMap(({ entries }) => entries)
  .filter(({ types }) => types !== null)
  .map(({ specifier }) => specifier);

let project: UserProject;

beforeAll(async () => {
  project = await installPackedPackages();
});

afterAll(() => project.remove());

const runScript = (code: string) =>
  runAsUser(process.execPath, ["--input-type=module", "--eval", code], project.folder);

const commands = workspacePackages().flatMap(({ manifest }) => Object.keys(manifest.bin ?? {}));

describe("the commands of the installed packages", () => {
  test("are those that the README names", () => {
    expect(commands.sort()).toEqual(["vsi-build", "vsi-eval", "vsi-reward", "vsi-train", "vsi-view"]);
  });

  // On the PATH as the READMEs put them there: `npx vsi-build` would run whatever has the name where they are missing.
  test.each(commands)("%s prints its usage", async (name) => {
    const help = await runAsUser(join(project.folder, "node_modules", ".bin", name), ["--help"], project.folder);
    expect(help).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(name) });
  });

  test("makes sample rooms and builds a dataset from them", () => {
    expect(project.samples).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("2 sample rooms") });
    expect(project.build).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("2 scans read, 0 skipped") });
    const questions = ["train", "validation"].flatMap((split) =>
      readFileSync(join(project.folder, `vsi-100k/data/${split}.jsonl`), "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Question),
    );
    expect(new Set(questions.map(({ scene_name }) => scene_name))).toEqual(new Set(["scene9000_00", "scene9001_00"]));
  });

  test("starts its worker threads, which write the same bytes", async () => {
    const words = ["--no-install", "vsi-build", "--scannet", "./raw", "--out", "./two-workers", "--workers", "2"];
    const finished = await runAsUser("npx", words, project.folder);
    expect(finished).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("2 scans read, 0 skipped") });
    const checksums = (folder: string) => readFile(join(project.folder, folder, "SHA256SUMS"), "utf8");
    expect(await checksums("two-workers")).toBe(await checksums("vsi-100k"));
  });
});

describe("the files of the installed package", () => {
  test.each(workspacePackages())(
    "$name holds what is built from its sources, README and LICENSE",
    ({ name, folder }) => {
      const installed = readdirSync(join(project.folder, "node_modules", name));
      expect(installed).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
      if (!installed.includes("dist")) return;
      // Whatever their sources: vsi-view's page is one bundle, and what vsi-build's threads run.
      const modules = (parent: string, extension: RegExp) =>
        readdirSync(parent, { recursive: true, encoding: "utf8" })
          .filter((path) => extension.test(path) && !/^page[/\\]|^pipeline[/\\]scanThread\.js$/.test(path))
          .map((path) => path.replace(extension, ""))
          .sort();
      const sources = modules(join(folder, "src"), /\.tsx?$/);
      expect(modules(join(project.folder, "node_modules", name, "dist"), /\.js$/)).toEqual(sources);
      expect(modules(join(project.folder, "node_modules", name, "dist"), /\.d\.ts$/)).toEqual(sources);
    },
  );
});

test("vsi-view serves and exports its page from where it is installed, with the licences of what is bundled", async () => {
  const words = ["--no-install", "vsi-view", "export", "./vsi-100k", "--out", "./site", "--quiet"];
  expect(await runAsUser("npx", words, project.folder)).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  const [script, licences] = ["page.js", "THIRD_PARTY_LICENSES"].map((file) =>
    readFileSync(join(project.folder, "site", file), "utf8"),
  );
  expect(script).toMatch(/^["(]/);
  expect(licences).toMatch(/^preact \d+\.\d+\.\d+ \(MIT\)$/m);
  expect(readFileSync(join(project.folder, "node_modules/vsi-view/THIRD_PARTY_LICENSES"), "utf8")).toBe(licences);
});

describe("a user of ES modules", () => {
  test("imports every entry", async () => {
    // In one process: starting one for each would cost more than what it imports.
    const code = `for (const entry of ${JSON.stringify(codeEntries)}) {
      console.log(entry, await import(entry).then((names) => Object.keys(names).length > 0, String));
    }`;
    const stdout = codeEntries.map((entry) => `${entry} true\n`).join("");
    expect(await runScript(code)).toEqual({ exitCode: 0, stdout, stderr: "" });
  });

  test("compiles strict TypeScript, declarations included, against every entry", async () => {
    const imports = codeEntries.map((specifier, index) => `import * as entry${index} from "${specifier}";`);
    const code = [
      ...imports,
      'import { readFileSync } from "node:fs";',
      'import type { SceneFacts } from "@vsi/geometry";',
      'import schema from "@vsi/dataset/schemas/question.schema.json" with { type: "json" };',
      'import counting from "@vsi/question-templates/vsi-100k/object_counting.json" with { type: "json" };',
      'import { generateQuestions, type GenerateOptions } from "@vsi/questions";',
      'const facts = JSON.parse(readFileSync("facts.json", "utf8")) as SceneFacts;',
      "const options: Partial<GenerateOptions> = { seed: 1 };",
      "const answers: string[] = generateQuestions(facts, options).questions.map((made) => made.ground_truth);",
      "// @ts-expect-error A seed is a number: were the types not found, they would be any and this no error.",
      'generateQuestions(facts, { seed: "1" });',
      "const template: string = counting.template;",
      `console.log(answers, template, schema.title, ${imports.map((_, index) => `entry${index}`).join(", ")});`,
    ];
    await writeFile(join(project.folder, "user.ts"), code.join("\n"));
    const compilerOptions = {
      module: "nodenext",
      target: "es2022",
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      resolveJsonModule: true,
      types: ["node"],
      noEmit: true,
    };
    await writeFile(join(project.folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["user.ts"] }));
    const compiled = await runAsUser(process.execPath, [TYPESCRIPT, "-p", "."], project.folder);
    expect(compiled).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });
});

describe("a browser", () => {
  /** The bundle's exports, run where only what every browser has is defined: no process, Buffer or require. */
  async function runBundle(specifier: string): Promise<Record<string, unknown>> {
    const { outputFiles } = await build({
      stdin: { contents: `export * from ${JSON.stringify(specifier)};`, resolveDir: project.folder },
      bundle: true,
      platform: "browser",
      format: "iife",
      globalName: "bundle",
      write: false,
      logLevel: "silent",
    });
    const page = createContext({ TextEncoder, TextDecoder, URL, console, performance });
    return runInContext(`${outputFiles[0]?.text}; bundle`, page) as Record<string, unknown>;
  }

  const pureEntries = ["@vsi/geometry", "@vsi/questions", "@vsi/dataset", "@vsi/synth"];
  test.each(pureEntries)("runs a bundle of %s", async (specifier) => {
    expect(Object.keys(await runBundle(specifier))).not.toHaveLength(0);
  });

  test("makes the same questions as Node", async () => {
    const facts = JSON.parse(await readFile(join(project.folder, "vsi-100k/scenes/scene9000_00.json"), "utf8"));
    const bundle = await runBundle("@vsi/questions");
    const generate = bundle.generateQuestions as (scene: unknown, options: unknown) => { questions: Question[] };
    const code = `
      import { readFileSync } from "node:fs";
      import { generateQuestions } from "@vsi/questions";
      const facts = JSON.parse(readFileSync("vsi-100k/scenes/scene9000_00.json", "utf8"));
      process.stdout.write(JSON.stringify(generateQuestions(facts, { seed: 1 }).questions));`;
    const inNode = JSON.parse((await runScript(code)).stdout) as Question[];
    expect(inNode).not.toHaveLength(0);
    expect(JSON.parse(JSON.stringify(generate(facts, { seed: 1 }).questions))).toEqual(inNode);
  });
});
