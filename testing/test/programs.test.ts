import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { COMMON_FLAGS, configSchemas, helpPage, helpText, type Program, typedName } from "@vsi/command/program";
import { Ajv2020 } from "ajv/dist/2020.js";
import { VSI_BUILD } from "../../packages/vsi-build/src/main.ts";
import { VSI_EVAL } from "../../packages/vsi-eval/src/main.ts";
import { VSI_TRAIN } from "../../packages/vsi-train/src/main.ts";
import flagsOf02 from "./flags-0.2.json" with { type: "json" };

const PROGRAMS = [VSI_BUILD, VSI_EVAL, VSI_TRAIN];

/** A program's pages: null for its own. */
function pagesOf({ commands }: Program): (string | null)[] {
  return [null, ...Object.keys(commands)];
}

/** Modules that --help may load; twice what it takes today is where it would cost three times node alone. */
const MOST_MODULES = 70;

/** Packages and modules that only a command's own work needs. */
const HEAVY =
  /node_modules\/(sharp|yargs|yaml|ajv|cli-progress|cli-table3|piscina|@observablehq|hyparquet|jsdom|delaunator|ngraph)|(questions|geometry|inspect|publish|scoring|report)\/dist\/index\.js|commands\/(build|merge|samples|verify|stats|show|audit|export|run|score|compare|train|setup|doctor|report|tinyModel)\.js/;

describe.each(PROGRAMS.map((program) => ({ name: program.name, program })))("$name", ({ name, program }) => {
  test("its own help page has at most 40 lines at 80 columns", () => {
    const lines = helpText(helpPage(program, null), false, 80).trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(40);
  });

  test.each([80, 100])("every help page fits %d columns, examples aside", (columns) => {
    for (const page of pagesOf(program)) {
      for (const all of [false, true]) {
        const lines = helpText(helpPage(program, page), all, columns).split("\n");
        const wide = lines.filter((line) => line.length > columns && !/^ {2}vsi-/.test(line));
        expect(wide).toEqual([]);
      }
    }
  });

  test("--help-all shows every flag of every command", () => {
    for (const page of pagesOf(program)) {
      const { command } = helpPage(program, page);
      const text = helpText(helpPage(program, page), true, 80);
      for (const flag of Object.keys(command?.flags ?? {})) {
        expect(text).toMatch(new RegExp(`^ {2}--(\\[?no-\\]?)?${typedName(flag)}\\b`, "m"));
      }
    }
  });

  test("--help of any command loads no command and no heavy package", () => {
    const built = new URL(`../../packages/${name}/dist/main.js`, import.meta.url).href;
    const command = new URL("../../packages/command/dist/program/index.js", import.meta.url).href;
    const hook = `
      import fs from "node:fs";
      export async function load(url, context, next) {
        fs.writeSync(2, url + "\\n");
        return next(url, context);
      }`;
    const script = `
      import { register } from "node:module";
      register("data:text/javascript," + encodeURIComponent(${JSON.stringify(hook)}));
      const [program] = Object.values(await import(${JSON.stringify(built)})).filter((one) => typeof one === "object");
      const { runWords } = await import(${JSON.stringify(command)});
      for (const page of [[], ...Object.keys(program.commands).map((one) => [one])]) await runWords(program, [...page, "--help"]);`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
    });
    expect(status).toBe(0);
    expect(stdout).toContain("Usage: ");
    const loaded = stderr.split("\n").filter((line) => line.startsWith("file:"));
    expect(loaded.filter((url) => HEAVY.test(url))).toEqual([]);
    expect(loaded.length).toBeGreaterThan(10);
    expect(loaded.length).toBeLessThanOrEqual(MOST_MODULES);
  });

  test("the schemas that ship are those of the tables, and are valid", () => {
    for (const [file, schema] of Object.entries(configSchemas(program))) {
      const shipped = readFileSync(new URL(`../../packages/${name}/dist/schemas/${file}`, import.meta.url), "utf8");
      expect(JSON.parse(shipped)).toEqual(JSON.parse(JSON.stringify(schema)));
      expect(() => new Ajv2020({ allowUnionTypes: true }).compile(schema as object)).not.toThrow();
    }
  });

  test("a flag that is not of 0.2 says which other flag could not be extended instead", () => {
    const known: Readonly<Record<string, readonly string[]>> = flagsOf02;
    for (const page of pagesOf(program)) {
      const { called, command } = helpPage(program, page);
      for (const [flag, row] of Object.entries(command?.flags ?? {})) {
        if (known[called]?.includes(typedName(flag)) || flag in COMMON_FLAGS) continue;
        expect({ called, flag, insteadOf: row.insteadOf ?? "nothing" }).toEqual({
          called,
          flag,
          insteadOf: expect.stringMatching(/--[a-z]/),
        });
      }
    }
  });
});

describe("a config file's schema", () => {
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(configSchemas(VSI_BUILD)["vsi-build.json"] as object);

  test.each([
    [{ $schema: "x", scannet: "./raw", out: "~/x", types: ["object_counting"], seed: 4, split: "val" }, true],
    [{ types: "object_counting,room_size_estimation", "dry-run": true, exclude: ["a"] }, true],
    [{ scanet: "./raw" }, false],
    [{ seed: -1 }, false],
    [{ split: "half" }, false],
    [{ types: ["chairs"] }, false],
    [{ overwrite: "yes" }, false],
  ])("%j: %s", (config, isValid) => {
    expect(validate(config)).toBe(isValid);
  });
});
