import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type BytesCase, CASES } from "./cases.ts";
import { comparedChoices } from "./choices.ts";
import { type CaseSums, makeInputs, type Places, runCase } from "./runCase.ts";
import { differences, differenceText, type Sums } from "./sums.ts";

const REPOSITORY = join(import.meta.dirname, "..", "..", "..");
const SUMS_FILE = join(REPOSITORY, "testing", "bytes", "sums.json");

/** What version 0.1 chose to ask, of the cases whose inputs are still its own: never written anew. */
const CHOICES_FILE = join(REPOSITORY, "testing", "bytes", "choices-0.1.json");

/** More would only wait for each other: the check is sized for two cores. */
const CASES_AT_A_TIME = 2;

/** A case's sums, or why there are none. */
type Outcome = CaseSums | { skipped: string } | { failed: string };

/**
 * `npm run check:bytes`: do the commands still write what they wrote? Compares the files of every case with the sums in
 * testing/bytes/sums.json, and what `--rules paper` asks (scene, type, objects and answer of each question, in order)
 * with what version 0.1 asked.
 *
 * --only NAME  this case alone; may be repeated
 * --write      records what is written now: only for a change that is meant, with its reason in the commit
 *
 * @returns the exit code: 1 when a case differs, 2 on wrong usage
 */
async function checkBytes(words: string[]): Promise<number> {
  const { only, write } = parseArgs({
    args: words,
    options: { only: { type: "string", multiple: true }, write: { type: "boolean", default: false } },
  }).values;
  const unknown = only?.find((name) => !CASES.some((bytesCase) => bytesCase.name === name));
  if (unknown !== undefined) {
    console.error(`--only: got ${unknown}, expected one of ${CASES.map(({ name }) => name).join(", ")}`);
    return 2;
  }
  const places: Places = {
    repository: REPOSITORY,
    shared: process.env.VSI_SHARED_DATA ?? join(REPOSITORY, "..", "shared", "data"),
    work: await mkdtemp(join(tmpdir(), "vsi-bytes-")),
  };
  const chosen = CASES.filter(({ name }) => only === undefined || only.includes(name));
  console.log(`${chosen.length} cases, in ${places.work}`);
  const outcomes = await runCases(chosen, places);
  const recorded: Record<string, Sums> = existsSync(SUMS_FILE) ? JSON.parse(await readFile(SUMS_FILE, "utf8")) : {};
  const former: Record<string, Sums> = JSON.parse(await readFile(CHOICES_FILE, "utf8"));
  if (write) await record(recorded, chosen, outcomes);

  let [same, differ] = [0, 0];
  for (const { name, sameAs } of chosen) {
    const lines = report(outcomes.get(name), recorded[sameAs ?? name], former[sameAs ?? name]);
    if (lines === "skipped") continue;
    if (lines.length === 0) {
      same += 1;
      await rm(join(places.work, name), { recursive: true, force: true });
    } else {
      differ += 1;
      for (const line of lines) console.log(`${name}: ${line}`);
    }
  }
  for (const { name } of chosen) {
    const outcome = outcomes.get(name);
    if (outcome !== undefined && "skipped" in outcome) console.log(`${name}: skipped, ${outcome.skipped}`);
  }
  if (differ === 0) {
    await rm(places.work, { recursive: true, force: true });
  } else {
    console.log(`The files that differ are kept: ${places.work}`);
  }
  const skipped = chosen.length - same - differ;
  console.log(`${chosen.length} cases, ${same} the same, ${differ} differ${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  return differ > 0 ? 1 : 0;
}

async function runCases(chosen: readonly BytesCase[], places: Places): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  const queue = [...chosen];
  async function takeCases(): Promise<void> {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      outcomes.set(next.name, await outcomeOf(next, places));
    }
  }
  await makeInputs(places);
  await Promise.all(Array.from({ length: CASES_AT_A_TIME }, takeCases));
  return outcomes;
}

async function outcomeOf(bytesCase: BytesCase, places: Places): Promise<Outcome> {
  const { needs } = bytesCase;
  if (needs !== undefined && !existsSync(join(places.shared, needs))) {
    return { skipped: `${needs} is not in ${places.shared} (set VSI_SHARED_DATA)` };
  }
  try {
    return await runCase(bytesCase, places);
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

/** What is wrong with a case, a line each. */
function report(
  outcome: Outcome | undefined,
  expected: Sums | undefined,
  former: Sums | undefined,
): string[] | "skipped" {
  if (outcome === undefined || "skipped" in outcome) return "skipped";
  if ("failed" in outcome) return [outcome.failed];
  if (expected === undefined) return ["no sums are recorded: npm run check:bytes -- --write records them"];
  const asked = former === undefined ? [] : differences(former, comparedChoices(former, outcome.choices));
  return [
    ...differences(expected, outcome.sums).map(differenceText),
    ...asked.map((difference) => `other questions than 0.1's: ${differenceText(difference)}`),
  ];
}

/** Takes what was found for recorded. Cases that were not run keep their sums; those that are no more lose them. */
async function record(
  recorded: Record<string, Sums>,
  chosen: readonly BytesCase[],
  outcomes: ReadonlyMap<string, Outcome>,
): Promise<void> {
  for (const { name, sameAs } of chosen) {
    const outcome = outcomes.get(name);
    if (sameAs === undefined && outcome !== undefined && "sums" in outcome) recorded[name] = outcome.sums;
  }
  const kept = CASES.flatMap(({ name }) => {
    const sums = recorded[name];
    return sums === undefined ? [] : [[name, sums] as const];
  });
  await writeFile(SUMS_FILE, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
}

process.exitCode = await checkBytes(process.argv.slice(2));
