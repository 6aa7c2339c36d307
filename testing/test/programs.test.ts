import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { flagKinds, helpPage, helpText, readValues, typedName } from "@vsi/command/internal/program";
import { COMMON_FLAGS, type Command, configSchemas, type Flags, type Program, UsageError } from "@vsi/command/program";
import { temporaryFolder } from "@vsi/testing/folders";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { VSI_REWARD } from "../../packages/scoring/src/node/main.ts";
import { VSI_BUILD } from "../../packages/vsi-build/src/main.ts";
import { VSI_EVAL } from "../../packages/vsi-eval/src/main.ts";
import { VSI_TRAIN } from "../../packages/vsi-train/src/main.ts";
import { VSI_VIEW } from "../../packages/vsi-view/src/main.ts";
import flagsOf02 from "./flags-0.2.json" with { type: "json" };

const PROGRAMS = [VSI_BUILD, VSI_EVAL, VSI_TRAIN, VSI_REWARD, VSI_VIEW];

/** The built module that a program stands in. */
function builtModule({ name }: Program): string {
  return new URL(
    `../../packages/${name === "vsi-reward" ? "scoring/dist/node" : `${name}/dist`}/main.js`,
    import.meta.url,
  ).href;
}

/** A program's pages: null for its own. */
function pagesOf({ commands }: Program): (string | null)[] {
  return [null, ...Object.keys(commands)];
}

/** Modules that --help may load; twice what it takes today is where it would cost three times node alone. */
const MOST_MODULES = 70;

/** Packages and modules that only a command's own work needs. */
const HEAVY =
  /node_modules\/(sharp|yargs|yaml|ajv|cli-progress|cli-table3|piscina|@observablehq|hyparquet|jsdom|delaunator|ngraph)|(questions|geometry|inspect|publish|scoring|report)\/dist\/index\.js|runRewards\.js|commands\/(build|merge|samples|verify|stats|show|audit|export|run|score|compare|train|setup|doctor|report|tinyModel|view)\.js/;

describe.each(PROGRAMS.map((program) => ({ name: program.name, program })))("$name", ({ name, program }) => {
  test("its own help page has at most 40 lines at 80 columns", () => {
    const lines = helpText(helpPage(program, null), false, 80).trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(40);
  });

  test.each([80, 100])("every help page fits %d columns", (columns) => {
    for (const page of pagesOf(program)) {
      for (const all of [false, true]) {
        const lines = helpText(helpPage(program, page), all, columns).split("\n");
        const wide = lines.filter((line) => line.length > columns);
        expect(wide).toEqual([]);
      }
    }
  });

  test("regression: headings and the last lines ran over 60 columns; only a path that is longer may", () => {
    for (const page of pagesOf(program)) {
      for (const all of [false, true]) {
        const lines = helpText(helpPage(program, page), all, 60).split("\n");
        expect(lines.filter((line) => line.length > 60 && line.trim().includes(" "))).toEqual([]);
      }
    }
  });

  test("regression: examples ran over the page; pasted as they are folded, they are the same words", () => {
    for (const page of pagesOf(program)) {
      const { command } = helpPage(program, page);
      const text = helpText(helpPage(program, page), true, 80).replaceAll(/ \\\n +/g, " ");
      for (const [words] of command?.examples ?? []) expect(text).toContain(`  ${words}\n`);
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
    const built = builtModule(program);
    const command = new URL("../../packages/command/dist/program/internal.js", import.meta.url).href;
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
    // vsi-reward takes no config file.
    if (program === VSI_REWARD) return;
    for (const [file, schema] of Object.entries(configSchemas(program))) {
      const shipped = readFileSync(new URL(`../../packages/${name}/dist/schemas/${file}`, import.meta.url), "utf8");
      expect(JSON.parse(shipped)).toEqual(JSON.parse(JSON.stringify(schema)));
      expect(() => new Ajv2020({ allowUnionTypes: true }).compile(schema as object)).not.toThrow();
    }
  });

  test("regression: an option that does not fit was told what its flag reads, to callers who type none", () => {
    for (const page of pagesOf(program)) {
      const { called, command } = helpPage(program, page);
      const flags: Flags = command?.flags ?? {};
      const kinds = flagKinds(flags);
      for (const [name, flag] of Object.entries(flags)) {
        const { parse, choices, takes } = { parse: undefined, choices: undefined, ...flag };
        // What `parse` makes is no text that anybody could give.
        const isSaid = parse === undefined || choices !== undefined || takes !== undefined;
        const { words } = kinds[name] ?? {};
        expect({ called, name, isSaid, words }).toEqual({
          ...{ called, name, isSaid: true, words: expect.not.stringMatching(/--/) },
        });
      }
    }
  });

  test("a flag that is not of 0.2 says which other flag could not be extended instead", () => {
    const known: Readonly<Record<string, readonly string[]>> = flagsOf02;
    // A new command may have flags that others have.
    const ofAny = Object.values(known).flat();
    for (const page of pagesOf(program)) {
      const { called, command } = helpPage(program, page);
      for (const [flag, row] of Object.entries(command?.flags ?? {})) {
        if ((known[called] ?? ofAny).includes(typedName(flag)) || flag in COMMON_FLAGS) continue;
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
  const folder = temporaryFolder();

  test.each([VSI_BUILD, VSI_EVAL, VSI_TRAIN])(
    "regression: only the changelog named it; $name's README does",
    async (program) => {
      const readme = readFileSync(new URL(`../../packages/${program.name}/README.md`, import.meta.url), "utf8");
      const [, yaml = "", schema = ""] =
        /```yaml\n(# yaml-language-server: \$schema=\.\/(node_modules\/.*\.json)\n[^`]*)```/.exec(readme) ?? [];
      expect(readme).toContain(`"$schema": "./${schema}"`);
      const root = new URL("../../", import.meta.url);
      const read = new Ajv2020({ allowUnionTypes: true }).compile(
        JSON.parse(readFileSync(new URL(schema, root), "utf8")),
      );
      const path = join(folder, "readme.yaml");
      writeFileSync(path, yaml);
      expect(read(parse(yaml))).toBe(true);
      const name = schema.replace(/^.*\/|\.json$/g, "").slice(program.name.length + 1);
      const runnable = name === "" ? program.main : program.commands[name];
      await expect(readValues(runnable?.command as Command, ["--config", path], program.name)).resolves.toBeDefined();
    },
  );
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(configSchemas(VSI_BUILD)["vsi-build.json"] as object);

  test.each([
    [{ $schema: "x", scannet: "./raw", out: "~/x", types: ["object_counting"], seed: 4, split: "val" }, true],
    [{ types: "object_counting,room_size_estimation", "dry-run": true, exclude: ["a"] }, true],
    [{ scanet: "./raw" }, false],
    [{ seed: -1 }, false],
    [{ split: "half" }, false],
    [{ types: ["chairs"] }, false],
    [{ overwrite: "yes" }, false],
    [{ seed: "1" }, false],
    [{ seed: true }, false],
    [{ seed: 1e20 }, false],
    [{ balance: "false" }, false],
    [{ balance: false }, true],
    [{ scenes: ["scene0000_00", 7], exclude: 7 }, true],
    [{ scenes: [true] }, false],
    [{ out: true }, false],
    [{ out: "" }, false],
    [{ out: 5 }, true],
  ])("%j: %s, and the command says the same", async (config, isValid) => {
    expect(validate(config)).toBe(isValid);
    const path = join(folder, "config.json");
    writeFileSync(path, JSON.stringify(config));
    const read = readValues(VSI_BUILD.main?.command as Command, ["--config", path], "vsi-build");
    await (isValid ? expect(read).resolves.toBeDefined() : expect(read).rejects.toThrow(UsageError));
  });
});
