import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type * as turns from "../../src/harness/turns.ts";

const harness = (file: string) => new URL(`../../dist/harness/${file}`, import.meta.url).href;

let folder: string;
let module: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vsi-turns-"));
  const file = join(folder, "contenders.mjs");
  writeFileSync(
    file,
    `import { BenchmarkError } from ${JSON.stringify(harness("errors.js"))};
import { OutsideCost } from ${JSON.stringify(harness("turns.js"))};
const before = "as of VSI_BENCH_BEFORE: ";
const fail = (got) => { throw new BenchmarkError({ place: "it", got, expected: "", advice: "" }); };
const wait = () => new Promise((done) => setTimeout(done, 110));
let runs = 0;
export const contenders = {
  waits: async () => wait,
  asks: async () => async () => { await wait(); return new OutsideCost({ cpu: 5000, seconds: 7 }); },
  fails: async () => fail("no file"),
  [before + "waits"]: async () => wait,
  [before + "lacks"]: async (folder) => fail(\`no \${folder}/part\`),
  [before + "stops"]: async () => async () => { await wait(); if ((runs += 1) > 1) fail("an end after one run"); },
};`,
  );
  module = pathToFileURL(file).href;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As built: it starts a file of its own in processes. */
async function timeInTurn(names: readonly string[]) {
  const { timeInTurn: time } = (await import(harness("turns.js"))) as typeof turns;
  const contenders = Object.fromEntries(names.map((name) => [name, async () => () => {}]));
  return time({ module, contenders, folder }, { rounds: 2, warmUpRounds: 1 });
}

test("each contender has a time a round, and what it ran elsewhere stands for the whole", async () => {
  const { times, missing } = await timeInTurn(["waits", "asks"]);
  expect([...times.keys()]).toEqual(["waits", "asks"]);
  expect(times.get("waits")?.wall).toHaveLength(2);
  expect(times.get("waits")?.cpu).toHaveLength(2);
  expect(times.get("asks")?.wall).toEqual([7000, 7000]);
  for (const cpu of times.get("asks")?.cpu ?? []) expect(cpu).toBeGreaterThanOrEqual(5000);
  expect(missing).toEqual(new Map());
});

test("what the other version cannot do is left out with a word, at once or midway; the others go on", async () => {
  const before = "as of VSI_BENCH_BEFORE: ";
  const { times, missing } = await timeInTurn([`${before}lacks`, `${before}stops`, `${before}waits`, "waits"]);
  expect([...times.keys()]).toEqual([`${before}waits`, "waits"]);
  expect(times.get("waits")?.wall).toHaveLength(2);
  expect(missing).toEqual(
    new Map([
      [`${before}lacks`, "no .../part"],
      [`${before}stops`, "an end after one run"],
    ]),
  );
});

test("a contender of this version that fails fails the measurement, with its reason", async () => {
  await expect(timeInTurn(["waits", "fails"])).rejects.toThrow("fails: got no file");
});
