import fc from "fast-check";

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

interface Change {
  /** Which of the places in the value is changed, counted over all of them. */
  at: number;
  change: "replace" | "remove" | "repeat" | "rename";
  value: Json;
  name: string;
}

const odd = fc.oneof(
  fc.jsonValue() as fc.Arbitrary<Json>,
  // What JSON.parse makes of 1e999, what Python's NaN would be, and the numbers at which checks turn.
  fc.constantFrom<Json>(Infinity, -Infinity, Number.NaN, -0, 0, 1e-6, -1, 1e7, 1e308, 5e-324, null, "", [], {}),
  fc.double(),
);
const name = fc.constantFrom(
  "__proto__",
  "constructor",
  "toString",
  "",
  "..",
  "chair",
  "object_bbox",
  "a\nb",
  "x".repeat(300),
);
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  change: fc.constantFrom("replace", "replace", "remove", "repeat", "rename"),
  value: odd,
  name,
});

/** Copies of `original` with one to three of its values replaced, removed, repeated or renamed. */
export function mutatedJson(original: unknown): fc.Arbitrary<unknown> {
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) => changes.reduce<Json>((value, step) => applyChange(value, step), original as Json));
}

function applyChange(value: Json, step: Change): Json {
  const target = step.at % countValues(value);
  let visited = -1;
  const visit = (current: Json): Json => {
    visited += 1;
    if (visited === target && step.change === "replace") return step.value;
    if (Array.isArray(current))
      return current.flatMap((item) => changedEntry(String(visited), item).map(([, kept]) => kept));
    if (current === null || typeof current !== "object") return current;
    return Object.fromEntries(Object.entries(current).flatMap(([key, item]) => changedEntry(key, item)));
  };
  const changedEntry = (key: string, item: Json): [string, Json][] => {
    const isTarget = visited + 1 === target;
    const visitedItem = visit(item);
    if (!isTarget || step.change === "replace") return [[key, visitedItem]];
    if (step.change === "remove") return [];
    if (step.change === "rename") return [[step.name, visitedItem]];
    return [
      [key, visitedItem],
      [step.name, visitedItem],
    ];
  };
  return visit(value);
}

function countValues(value: Json): number {
  if (value === null || typeof value !== "object") return 1;
  return Object.values(value).reduce<number>((sum, item) => sum + countValues(item), 1);
}
