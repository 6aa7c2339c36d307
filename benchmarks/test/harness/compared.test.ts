import { expect, test } from "@jest/globals";
import { BEFORE } from "../../src/harness/before.ts";
import { aimBefore, compareTurns, missingNotes } from "../../src/harness/compared.ts";
import type { ResultTable } from "../../src/harness/measurement.ts";
import { ratioOf } from "../../src/harness/ratio.ts";
import { aimsTable, comparedTable } from "../../src/harness/result.ts";
import type { TimedTurns, Turns } from "../../src/harness/turns.ts";

const turns = (cpu: number[], wall: number[]): Turns => ({ cpu, wall });
const exactly = (value: number) => ({ median: value, min: value, max: value });

const TIMED: TimedTurns = {
  times: new Map([
    ["read", turns([1, 2], [10, 20])],
    ["write", turns([1, 1], [1, 1])],
    [`${BEFORE}read`, turns([3, 6], [20, 40])],
  ]),
  missing: new Map([[`${BEFORE}write`, "no writer"]]),
};

test("the other version's rounds are divided by this one's", () => {
  expect(compareTurns(TIMED, "reading", "read")).toEqual([{ what: "reading", cpu: exactly(3), wall: exactly(2) }]);
  expect(compareTurns(TIMED, "writing as it read", "write", "read")[0]?.cpu).toEqual(ratioOf([3, 6], [1, 1]));
});

test("what that version cannot do has its reason, and what it took no part in has no line", () => {
  expect(compareTurns(TIMED, "writing", "write")).toEqual([{ what: "writing", missing: "no writer" }]);
  expect(compareTurns({ times: new Map([["read", turns([1], [1])]]), missing: new Map() }, "x", "read")).toEqual([]);
  expect(missingNotes(TIMED)).toEqual([`Left out, "${BEFORE}write": no writer.`]);
});

test("an aim has that version's ratio where all its contenders took part", () => {
  const ratio = (...[first, second]: Turns[]) => ratioOf(first?.cpu ?? [], second?.cpu ?? []);
  expect(aimBefore(TIMED, ["read", "read"], ratio)).toEqual({ before: exactly(1) });
  expect(aimBefore(TIMED, ["read", "write"], ratio)).toEqual({});
});

const TABLE: ResultTable = { title: "T", columns: [], rows: [], notes: [] };
const AIM = { what: "work", bound: "at most", aim: 2, ratio: exactly(1) } as const;

test("the table of aims has a column for the other version only where it was measured", () => {
  expect(aimsTable([TABLE])).toBeNull();
  expect(aimsTable([{ ...TABLE, aims: [AIM] }])?.rows).toEqual([["work", "at most 2", "1 (1 to 1)", "met"]]);
  const both = aimsTable([{ ...TABLE, aims: [{ ...AIM, before: exactly(4) }, AIM] }]);
  expect(both?.columns).toEqual(["ratio", "aim", "measured", "outcome", "as of VSI_BENCH_BEFORE"]);
  expect(both?.rows.map((row) => row[4])).toEqual(["4 (4 to 4)", "-"]);
});

test("the table of both versions has a line a work, and a note for what the other cannot do", () => {
  expect(comparedTable([TABLE])).toBeNull();
  const table = comparedTable([
    { ...TABLE, compared: compareTurns(TIMED, "reading", "read") },
    { ...TABLE, compared: [...compareTurns(TIMED, "writing", "write"), { what: "rooms", memory: exactly(1.5) }] },
  ]);
  expect(table?.rows).toEqual([
    ["reading", "3 (3 to 3)", "2 (2 to 2)", "-"],
    ["writing", "-", "-", "-"],
    ["rooms", "-", "-", "1.5 (1.5 to 1.5)"],
  ]);
  expect(table?.notes).toContain("Not compared, writing: no writer.");
});
