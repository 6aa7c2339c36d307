import { describe, expect, test } from "@jest/globals";
import { QUESTION_TYPES, type QuestionType } from "@vsi/dataset";
import { isInRow, OFFICIAL_ROWS, OTHER_ROWS, ROW_LABELS, rowValues, type TableRow } from "../../src/score/tableRows.ts";

describe("the rows", () => {
  test("the first nine are the columns of VSI-Bench's paper, each row has a name of its own", () => {
    expect(OFFICIAL_ROWS.map((row) => ROW_LABELS[row])).toEqual([
      "Avg.",
      "Obj. Count",
      "Abs. Dist.",
      "Obj. Size",
      "Room Size",
      "Rel. Dist.",
      "Rel. Dir.",
      "Route Plan",
      "Appr. Order",
    ]);
    expect(new Set(Object.values(ROW_LABELS)).size).toBe(OFFICIAL_ROWS.length + OTHER_ROWS.length);
  });

  test("every type is in a row of its own or its task's, and what a camera did is not in the average", () => {
    const rowsOf = (type: QuestionType): TableRow[] =>
      [...OFFICIAL_ROWS, ...OTHER_ROWS].filter((row) => isInRow(type, row));
    expect(rowsOf("object_counting")).toEqual(["overall", "object_counting"]);
    expect(rowsOf("object_rel_direction_hard")).toEqual([
      "overall",
      "object_rel_direction",
      "object_rel_direction_hard",
    ]);
    expect(rowsOf("camera_displacement")).toEqual(["camera_displacement"]);
    for (const type of QUESTION_TYPES) expect(rowsOf(type)).not.toHaveLength(0);
  });
});

describe("rowValues", () => {
  const direction: [QuestionType, number][] = [
    ["object_rel_direction_easy", 0.9],
    ["object_rel_direction_medium", 0.6],
    ["object_rel_direction_hard", 0.3],
  ];

  test("direction is the mean of its difficulties, the average that of the tasks that have a value", () => {
    const values = rowValues(new Map([...direction, ["object_counting", 0.2], ["camera_displacement", 1]]));
    expect(values.object_rel_direction).toBeCloseTo(0.6, 12);
    expect(values.overall).toBeCloseTo(0.4, 12);
    expect(values.object_rel_direction_easy).toBe(0.9);
    expect(values.camera_displacement).toBe(1);
    expect(values.route_planning).toBeNull();
  });

  test("without one of its difficulties direction has no value, and does not count", () => {
    const values = rowValues(new Map([...direction.slice(1), ["object_counting", 0.2]]));
    expect([values.object_rel_direction, values.overall]).toEqual([null, 0.2]);
    expect(rowValues(new Map([["camera_displacement", 1]])).overall).toBeNull();
  });
});
