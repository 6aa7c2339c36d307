import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { VsiError } from "@vsi/dataset";
import { ENTRIES, goodCalls } from "../support/published/goodCalls.ts";

type AnyFunction = (...parameters: unknown[]) => unknown;
type AnyClass = new (...parameters: unknown[]) => unknown;

const folder = mkdtempSync(join(tmpdir(), "vsi-wrong-calls-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const CALLS = await goodCalls(folder);

/**
 * What takes any value: an error that was caught, a record or report to keep, a stream that may be a terminal, values
 * none of which need be there, a question about it, a JSON Schema, facts without distances.
 */
const TAKES_ANYTHING: Readonly<Record<string, readonly number[]>> = {
  explainFileError: [0],
  writeSealed: [1],
  publish: [1],
  progressStyle: [1],
  recordOf: [1],
  wordsOf: [1, 2],
  isQuestionType: [0],
  schemaCheck: [0],
  measuredPoints: [0],
};

class NoArgument {
  readonly nothing = true;
}

/** Values that mean nothing to any function, and those of the common types. */
const WRONG: readonly unknown[] = [
  new NoArgument(),
  undefined,
  null,
  42,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1.5,
  true,
  "",
  "x",
  [],
  [Number.NaN],
  [1, 2],
  [Number.NaN, 0, 0],
  [{}],
  [null],
  {},
  { zzz: 1 },
  () => 1,
  1n,
];

const exported = Object.entries(ENTRIES).flatMap(([entry, names]) =>
  Object.entries(names).flatMap(([name, value]) =>
    typeof value === "function" && !(value.prototype instanceof Error) && value !== Error
      ? [{ entry, name, value: value as AnyFunction }]
      : [],
  ),
);
// JsonlWriter is opened, not constructed; the others are errors' base.
const called = exported.filter(({ name }) => !["JsonlWriter", "VsiError"].includes(name));
const functions = [...new Map(called.map((one) => [one.name, one])).values()];

test("every exported function has a good call, and nothing else has one", () => {
  expect(Object.keys(CALLS).sort()).toEqual(functions.map(({ name }) => name).sort());
});

/** What a call comes to: an error of ours, a value, or what must never be seen. */
async function outcomeOf(
  name: string,
  value: AnyFunction,
  parameters: readonly unknown[],
): Promise<"refused" | "taken" | string> {
  try {
    const isClass = /^class\b/.test(Function.prototype.toString.call(value));
    let result = isClass ? new (value as unknown as AnyClass)(...parameters) : value(...parameters);
    result = await result;
    if (isGenerator(result)) for await (const _ of result);
    return hasNaN(result) && !PASSES_ON.includes(name) ? "NaN" : "taken";
  } catch (error) {
    if (error instanceof VsiError) return "refused";
    return `${(error as Error)?.name}: ${(error as Error)?.message}`;
  }
}

/** What hands on the items that it was given, whatever they are. */
const PASSES_ON = ["sampleEvenly", "shuffled", "explainFileError", "recordOf"];

function isGenerator(value: unknown): value is AsyncIterable<unknown> {
  const steps = value as { [Symbol.iterator]?: unknown; [Symbol.asyncIterator]?: unknown; next?: unknown } | null;
  return typeof steps?.next === "function" && (Symbol.iterator in steps || Symbol.asyncIterator in steps);
}

function hasNaN(value: unknown, levels = 4): boolean {
  if (typeof value === "number") return Number.isNaN(value);
  if (levels === 0 || typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return false;
  return Object.values(value).some((one) => hasNaN(one, levels - 1));
}

function argumentsOf(name: string): unknown[] {
  const call = CALLS[name];
  return [...(typeof call === "function" ? call() : (call ?? []))];
}

/** A path or text in place of another is no mistake that a function could see. */
function isOfSameKind(good: unknown, wrong: unknown): boolean {
  return typeof good === "string" && typeof wrong === "string";
}

test.each(functions)("$name of $entry answers wrong calls with an error of ours", async ({ name, value }) => {
  const bad: string[] = [];
  const tell = async (what: string, parameters: readonly unknown[], mustRefuse: boolean) => {
    const outcome = await outcomeOf(name, value, parameters);
    if (outcome === "refused" || (outcome === "taken" && !mustRefuse)) return;
    bad.push(`${what}: ${outcome}`);
  };
  const good = argumentsOf(name);
  if (good.length > 0) await tell("nothing at all", [], false);
  for (const place of good.keys()) {
    for (const wrong of WRONG) {
      if (isOfSameKind(good[place], wrong)) continue;
      const parameters = argumentsOf(name);
      parameters[place] = wrong;
      const mustRefuse = wrong instanceof NoArgument && !TAKES_ANYTHING[name]?.includes(place);
      await tell(`argument ${place}: ${describe(wrong)}`, parameters, mustRefuse);
    }
    await tellFields(place, tell, name);
  }
  expect(bad).toEqual([]);
});

/** The same with one field of an object that was given: an option of a wrong type. */
async function tellFields(
  place: number,
  tell: (what: string, parameters: readonly unknown[], mustRefuse: boolean) => Promise<void>,
  name: string,
): Promise<void> {
  const whole = argumentsOf(name)[place];
  if (typeof whole !== "object" || whole === null || Object.getPrototypeOf(whole) !== Object.prototype) return;
  for (const [field, good] of Object.entries(whole)) {
    for (const wrong of WRONG) {
      if (isOfSameKind(good, wrong)) continue;
      const parameters = argumentsOf(name);
      parameters[place] = { ...whole, [field]: wrong };
      await tell(`argument ${place}.${field}: ${describe(wrong)}`, parameters, false);
    }
  }
}

function describe(value: unknown): string {
  if (value instanceof NoArgument) return "an object of no meaning";
  return typeof value === "bigint" || typeof value === "function" ? typeof value : `${JSON.stringify(value)}`;
}
