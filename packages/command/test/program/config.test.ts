import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { UsageError } from "../../src/errors.ts";
import { readConfig } from "../../src/program/config.ts";
import { defineCommand } from "../../src/program/define.ts";
import { readValues } from "../../src/program/readValues.ts";

const COMMAND = defineCommand({
  about: "Takes a config",
  flags: {
    out: { type: "path", describe: "A folder" },
    seed: { type: "whole", from: 0, default: 0, describe: "A seed" },
    maxPixels: { type: "whole", from: 1, describe: "Pixels" },
    types: { type: "list", describe: "Types" },
    revision: { type: "text", describe: "A commit" },
    resume: { type: "text", mayBeEmpty: true, describe: "Alone, or with a value" },
    video: { type: "boolean", describe: "A switch" },
  },
});

const folder = temporaryFolder();

function file(text: string, name = "config.json"): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const read = (text: string, name?: string) => readValues(COMMAND, ["--config", file(text, name)], "vsi-test");

describe("--config", () => {
  test("JSON and YAML give the flags, typed ones take precedence", async () => {
    const json =
      '{"$schema": "./x.json", "out": "~/x", "seed": 3, "max-pixels": 9, "types": ["a", "b"], "video": true}';
    const yaml = "# where to\nout: ~/x\nseed: 3\nmax-pixels: 9\ntypes: [a, b]\nvideo: true\n";
    for (const values of [await read(json), await read(yaml, "config.yaml"), await read(yaml, "c.yml")]) {
      expect(values).toMatchObject({
        out: join(homedir(), "x"),
        seed: 3,
        maxPixels: 9,
        types: ["a", "b"],
        video: true,
      });
    }
    const both = await readValues(COMMAND, ["--seed", "5", "--config", file(yaml, "config.yaml")], "vsi-test");
    expect(both).toMatchObject({ seed: 5, maxPixels: 9 });
  });

  test("a number for a text is taken as it is written; true is a flag that stands alone", async () => {
    expect(await read("revision: 1e5\nresume: true\n", "config.yaml")).toMatchObject({ revision: "1e5", resume: "" });
  });

  test.each([
    [
      "config.json",
      '{"out": "x",\n"seed": "abc"}',
      ', line 2: seed: got "abc", expected a whole number of at least 0.',
    ],
    ["config.yaml", "out: x\nseed: -1\n", ", line 2: seed: got -1"],
    ["config.yaml", "video: yes please\n", ', line 1: video: got "yes please", expected true or false.'],
    ["config.json", '{\n"max_pixels": 4}', ', line 2: got the name "max_pixels", expected a flag of this command'],
    ["config.json", '{\n"maxpixels": 4}', "Did you mean max-pixels?"],
    ["config.json", '{"config": "x"}', 'got the name "config"'],
    ["config.json", '{"out": ["one", "two"]}', "line 1: out: got one and two, expected one value"],
    ["config.json", "{", "line 1: got text that is not JSON"],
    // Regression: "got raw, expected one value. Give it once."
    ["config.yaml", "out: [one]\n", "line 1: out: got a list, expected one value. Write the value alone."],
    ["config.json", "[]", "got a list, expected flags by their long name"],
    ["config.json", "null", "got a single value"],
    ["config.json", "3", "got a single value"],
    ["config.yaml", "", "got an empty file"],
    ["config.json", " \n", "got an empty file"],
    ["config.yaml", "# to do\n", "got nothing but comments"],
    ["config.yaml", "seed: 1\n---\nseed: 2\n", "got a second YAML document below ---"],
    ["config.yaml", "seed: 1\nseed: 2\n", ', line 2: got the name "seed" a second time, expected each flag once.'],
    ["config.yaml", "seed: true\n", ", line 1: seed: got true, expected a whole number of at least 0."],
    ["config.json", '{"seed": "1"}', 'seed: got "1", expected a whole number of at least 0, without quotes.'],
    ["config.yaml", 'video: "false"\n', 'video: got "false", expected true or false without quotes.'],
    ["config.yaml", "out: true\n", "out: got true, expected a string."],
    ["config.yaml", "resume: false\n", "resume: got false, expected true or a string."],
    ["config.yaml", "types: [a, true]\n", "types: got true in a list"],
    ["config.yaml", "seed: 1e20\n", "seed: got 1e20, expected a whole number from 0 to 9007199254740991."],
    ["config.json", '{"types": {"a": 1}}', "types: got an object"],
    ["config.json", '{"types": [["a"]]}', "types: got a list in a list"],
    ["config.json", '{"out": null}', "out: got null"],
    ["config.json", '{"types": ["a", {}]}', "types: got an object"],
    ["config.json", '{"types.a": 1}', 'the name "types.a"'],
    ["config.json", '{"_": ["merge"]}', 'the name "_"'],
    ["config.json", '{"__proto__": {"out": "x"}}', 'the name "__proto__"'],
    ["config.json", '{\n  "out": "x",\n}', ", line 3: got text that is not JSON"],
    ["config.json", '{\n"out": "x', ", line 2: got text that is not JSON"],
    // Regression: a line break that JSON.parse quotes broke the message in two.
    ["config.json", "hi\n", "Unexpected token 'h', \"hi\\n\" is not valid JSON"],
    ["config.json", '{\n\n\n  // where to\n"out": "x"}', ", line 4: got text that is not JSON"],
    [
      "config.json",
      '{"out": "x",\n"out": "y"}',
      ', line 2: got the name "out" a second time, expected each flag once.',
    ],
    ["config.yaml", "out: [x\n", "got text that is not YAML"],
    ["config.yaml", "out: *x\n", "got"],
  ])("%s %j is refused with file, line and what was expected", async (name, text, message) => {
    const refused = read(text, name);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(name);
    await expect(refused).rejects.toThrow(message);
  });

  test("regression, a FIFO hung: it, a folder and a device are refused before anything is read", () => {
    const fifo = join(folder, "fifo");
    execFileSync("mkfifo", [fifo]);
    expect(() => readConfig(fifo, COMMAND)).toThrow("got a pipe, socket or device");
    expect(() => readConfig("/dev/zero", COMMAND)).toThrow("got a pipe, socket or device");
    expect(() => readConfig(folder, COMMAND)).toThrow("got a folder");
  });

  test("a file of more than a MiB, one of brackets alone, and one that is not there are refused", () => {
    expect(() => readConfig(file(" ".repeat(64 * 1024 + 1)), COMMAND)).toThrow("more than the 65536");
    expect(() => readConfig(file("[".repeat(100_000), "deep.yaml"), COMMAND)).toThrow(UsageError);
    expect(() => readConfig(join(folder, "none.json"), COMMAND)).toThrow(
      /none.json: got no such file, expected .* Check/,
    );
  });
});
