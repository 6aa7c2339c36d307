import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { UsageError } from "../../src/errors.ts";
import { defaultsOf, defineCommand, type FlagValues, recordOf, wordsOf } from "../../src/program/define.ts";
import { readValues } from "../../src/program/readValues.ts";

const COMMAND = defineCommand({
  about: "Takes one flag of each type",
  arguments: { folder: { describe: "A folder" }, others: { many: true, optional: true, describe: "More folders" } },
  flags: {
    rooms: { type: "whole", from: 1, default: 12, onRecord: true, describe: "Number of rooms" },
    limit: { type: "number", above: 0, below: 1, describe: "A share" },
    style: {
      type: "text",
      choices: ["furnished", "plain"],
      alsoRead: { bare: "plain" },
      notTaken: { any: "rooms are built in one style" },
      onRecord: true,
      describe: "Style",
    },
    size: {
      type: "text",
      parse: (text) => {
        if (/^\d+x\d+$/.test(text)) return text.split("x").map(Number);
        throw new UsageError(`got ${text}, expected WIDTHxHEIGHT.`);
      },
      write: (size: readonly number[]) => size.join("x"),
      describe: "A size",
    },
    types: { type: "list", choices: ["a", "b", "c"], describe: "Types" },
    notes: { type: "texts", describe: "Texts" },
    maps: { type: "paths", describe: "Files" },
    out: { type: "path", describe: "A folder" },
    video: { type: "boolean", describe: "A switch" },
    pixels: { type: "boolean", default: true, describe: "A switch that is on" },
    balance: { type: "boolean", default: null, describe: "A switch that something else decides" },
    resume: { type: "text", mayBeEmpty: true, describe: "Alone, or with a value" },
  },
});

const read = (...words: string[]) => readValues(COMMAND, ["here", ...words], "vsi-test");

describe("readValues", () => {
  test("a negative number after a blank is a number's value, and no flag elsewhere", async () => {
    await expect(read("--rooms", "-1")).rejects.toThrow("--rooms: got -1, expected a whole number of at least 1.");
    await expect(read("--limit", "-1e-5")).rejects.toThrow("--limit: got -1e-5, expected a number between 0 and 1.");
    await expect(read("--limit", "-.5")).rejects.toThrow("--limit: got -.5, expected");
    await expect(read("--limit", "-inf")).rejects.toThrow("--limit: got -inf, expected");
    await expect(read("-1")).rejects.toThrow("Unknown flag -1");
    await expect(read("--video", "-1")).rejects.toThrow("Unknown flag -1");
  });

  test("regression: an empty text where a folder was expected was called a flag to leave out", async () => {
    await expect(readValues(COMMAND, [""], "vsi-test")).rejects.toThrow(
      /^FOLDER: got an empty text, expected: a folder\.$/,
    );
  });

  test("regression: a word that other commands take was refused without the reason", async () => {
    const expected = "--style: got any, expected one of furnished, plain: rooms are built in one style.";
    await expect(read("--style", "any")).rejects.toThrow(expected);
  });

  test("without flags gives the defaults, null where there is none", async () => {
    expect(await read()).toEqual({ folder: "here", others: [], ...defaultsOf(COMMAND.flags) });
    expect(await read()).toMatchObject({
      rooms: 12,
      limit: null,
      video: false,
      pixels: true,
      balance: null,
      config: null,
    });
  });

  test("gives every flag in its type", async () => {
    const words =
      "there --rooms 3 --limit 0.5 --style bare --size 4x5 --types a,b --types c --video --no-pixels --no-balance --resume";
    expect(await read(...words.split(" "))).toMatchObject({
      others: ["there"],
      rooms: 3,
      limit: 0.5,
      style: "plain",
      size: [4, 5],
      types: ["a", "b", "c"],
      video: true,
      pixels: false,
      balance: false,
      resume: "",
    });
  });

  test("commas belong to a text that may come several times", async () => {
    expect(await read("--notes", "a,b", "--notes=c=1, d")).toMatchObject({ notes: ["a,b", "c=1, d"] });
    await expect(read("--notes", "")).rejects.toThrow(/--notes: got no value/);
  });

  test("a path's ~ is the home folder, also behind = and in lists; no other ~ is", async () => {
    const home = (path: string) => join(homedir(), path);
    expect(await read("--out=~/x", "--maps", "~/a,b", "~/c")).toMatchObject({
      out: home("x"),
      maps: [home("a"), "b", home("c")],
    });
    expect(await readValues(COMMAND, ["~", "--out", "~user/x"], "vsi-test")).toMatchObject({
      folder: home(""),
      out: "~user/x",
    });
  });

  test.each([
    ["--rooms abc", "--rooms: got abc, expected a whole number of at least 1."],
    ["--rooms 0", "--rooms: got 0, expected a whole number of at least 1."],
    ["--rooms 1.5", "--rooms: got 1.5"],
    ["--rooms -1", "--rooms: got -1"],
    ["--rooms 1 --rooms 2", "--rooms: got 1 and 2, expected one value. Give it once."],
    ["--limit 1", "--limit: got 1, expected a number between 0 and 1."],
    ["--style plian", "--style: got plian, expected one of furnished, plain. Did you mean plain?"],
    ["--size 4", "--size: got 4, expected WIDTHxHEIGHT."],
    ["--types d", "--types: got d, expected one of a, b, c."],
    ["--types", "--types: got no value, expected one or more of a, b, c."],
    ["--types=,", "--types: got no value"],
    ["--out=", "--out: got no value"],
    ["--out a\0b", "--out: got a text with a NUL"],
    ["--maps a\0b", "--maps: got a text with a NUL"],
    ["--no-out", "Unknown flag --no-out. Did you mean --out?"],
    ["--roms 3", "Unknown flag --roms. Did you mean --rooms?"],
    ["--rooms.a 3", "Unknown flag --rooms.a. Did you mean --rooms?"],
    ["-x", "Unknown flag -x."],
    ["--no-pixels=yes", "--no-pixels: got yes, expected no value."],
    ["--no-vide", "Unknown flag --no-vide. Did you mean --no-video?"],
    ["--no-otu", "Unknown flag --no-otu. Did you mean --out?"],
    ["--hepl", "Unknown flag --hepl. Did you mean --help?"],
    ["--rooms 99999999999999999999", "--rooms: got 99999999999999999999, expected a whole number from 1 to"],
  ])("regression: %s was let pass, or said NaN", async (words, message) => {
    await expect(read(...words.split(" "))).rejects.toThrow(UsageError);
    await expect(read(...words.split(" "))).rejects.toThrow(message);
  });

  test("regression: a missing flag with choices was asked for by its description", async () => {
    const format = { type: "text", choices: ["trl", "verl"], required: true, describe: "The trainer" } as const;
    const command = defineCommand({ about: "Exports", flags: { format } });
    const said = "--format is missing, expected one of trl, verl.";
    await expect(readValues(command, [], "vsi-test")).rejects.toThrow(said);
  });

  test("a missing argument, and one too many, are named", async () => {
    const one = defineCommand({ about: "Takes one", arguments: { folder: { describe: "A folder" } }, flags: {} });
    await expect(readValues(one, [], "vsi-test")).rejects.toThrow("FOLDER is missing, expected: a folder.");
    await expect(readValues(one, ["a", "b"], "vsi-test")).rejects.toThrow("Got b after a, expected nothing more.");
  });

  test("regression: of a misspelt argument it was only said that flags are missing", async () => {
    const check = (word: string): void => {
      if (word !== "paper") throw new UsageError(`${word}: Did you mean paper?`);
    };
    const command = defineCommand({
      about: "Takes a name",
      arguments: { study: { describe: "A study", type: "text", check } },
      flags: { data: { type: "path", required: true, describe: "A dataset" } },
    });
    await expect(readValues(command, ["papers"], "vsi-test")).rejects.toThrow("papers: Did you mean paper?");
    await expect(readValues(command, ["paper"], "vsi-test")).rejects.toThrow("--data is missing");
  });

  test("regression: an argument that a flag of several words had taken was only called missing", async () => {
    const runs = { type: "paths", describe: "Runs" } as const;
    const one = defineCommand({ about: "Takes one", arguments: { folder: { describe: "A folder" } }, flags: { runs } });
    const said = "FOLDER is missing, expected: a folder. --runs took a and d: put FOLDER before it.";
    await expect(readValues(one, ["--runs", "a", "d"], "vsi-test")).rejects.toThrow(said);
    await expect(readValues(one, ["--runs", "a"], "vsi-test")).rejects.not.toThrow("took");
  });

  test("takes every whole number from the least on, and nothing else", async () => {
    const property = async (value: number, from: number) => {
      const command = defineCommand({ about: "Counts", flags: { n: { type: "whole", from, describe: "A number" } } });
      const values = readValues(command, [`--n=${value}`], "vsi-test");
      if (Number.isSafeInteger(value) && value >= from) expect((await values).n).toBe(value + 0);
      else {
        const range = value > Number.MAX_SAFE_INTEGER ? `from ${from} to 9007199254740991` : `of at least ${from}`;
        await expect(values).rejects.toThrow(`--n: got ${value}, expected a whole number ${range}.`);
      }
    };
    await fc.assert(fc.asyncProperty(fc.oneof(fc.integer(), fc.double()), fc.integer({ min: -9, max: 9 }), property));
  });
});

/** Some flags' values. */
type FlagSubset = Partial<FlagValues<typeof COMMAND.flags>>;

describe("wordsOf", () => {
  const values = fc.record({
    rooms: fc.integer({ min: 1, max: 99 }),
    style: fc.constantFrom("furnished" as const, "plain" as const, null),
    size: fc.constantFrom<number[] | null>([4, 5], null),
    out: fc.constantFrom("./x y", null),
    video: fc.boolean(),
    pixels: fc.boolean(),
    balance: fc.constantFrom(true, false, null),
  });

  test("typed again, the words give the values; what is a default is left out", async () => {
    const property = async (chosen: FlagSubset) => {
      const words = wordsOf(COMMAND.flags, chosen, defaultsOf(COMMAND.flags));
      expect(await read(...words)).toMatchObject(chosen);
    };
    await fc.assert(fc.asyncProperty(values, property), { numRuns: 50 });
    expect(wordsOf(COMMAND.flags, defaultsOf(COMMAND.flags), defaultsOf(COMMAND.flags))).toEqual([]);
  });
});

test("recordOf keeps what is on record, in the table's order", () => {
  const values = { ...defaultsOf(COMMAND.flags), style: "plain" as const };
  expect(Object.entries(recordOf(COMMAND.flags, values))).toEqual([
    ["rooms", 12],
    ["style", "plain"],
  ]);
});

test("regression: a misspelt part of a flag was left out, with it the default", () => {
  const flags = { times: { type: "whole", from: 1, deflaut: 1, describe: "Number of greetings" } } as const;
  expect(() =>
    defineCommand({ about: "Greets", flags: flags as unknown as { times: { type: "text"; describe: string } } }),
  ).toThrow("defineCommand(): command.flags.times.deflaut: got 1, expected no such field, only type, describe");
});
