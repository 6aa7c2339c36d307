import { describe, expect, test } from "@jest/globals";
import { textTable } from "@vsi/report";
import { attribute, type Element, readPage, readSvg, textOf, textsOf } from "@vsi/testing/readMarkup";
import { auditGroup } from "../../src/audit/audit.ts";
import {
  auditPage,
  auditText,
  balanceTable,
  baselineTable,
  debiasText,
  fitTable,
  labelTable,
  percentInterval,
  questionTable,
  verdictTable,
} from "../../src/audit/report.ts";
import { sideGroup, sizeGroup } from "../support/auditQuestion.ts";

const OPTIONS = { seed: 0, limit: 0.05 };

describe("auditPage", () => {
  const decided = sideGroup(20, ([, querying]) => (querying < "desk" ? "left" : "right"));
  const hostile = decided.questions.map((question) => ({
    ...question,
    text: `<script>alert("${question.id}")</script>`,
  }));
  const types = [
    auditGroup(
      sizeGroup(20, (_, room) => 50 + room),
      OPTIONS,
    ),
    auditGroup({ ...decided, questions: hostile }, OPTIONS),
  ];
  const report = { dataset: "rooms", ...OPTIONS, splits: { train: types, validation: [] } };

  test("a plot of the scores, of each type's answers and of each balance; the same bytes each time", async () => {
    const page = auditPage(report);
    expect(page.match(/<svg class="vsi-chart"/g)).toHaveLength(1 + 2 + 1);
    expect(page).toContain("1 of 2 question types");
    expect(auditPage(report)).toBe(page);
  });

  test("the chart's bars are the numbers of the table, type by type", async () => {
    const [chart = ""] = auditPage(report).match(/<svg class="vsi-chart".*?<\/svg>/s) ?? [];
    const table = verdictTable(types);
    const cells = (head: string) =>
      table.rows.map((row) => row[table.columns.findIndex((column) => column.head === head)]);
    for (const head of ["chance", "known", "blind"]) {
      const shown = cells(head).filter((cell) => cell !== null);
      expect(barsOf(chart, head)).toEqual(shown);
    }
  });

  test("what questions say is text, never a part of the page", async () => {
    const page = auditPage(report);
    expect(page).toContain("&lt;script&gt;alert");
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  test("on a phone the verdict is seen: it is the first column", () => {
    const page = readPage(auditPage(report));
    expect(textsOf(page, "th").slice(0, 2)).toEqual(["verdict", "question type"]);
    const verdicts = page.elements.filter((element) => attribute(element, "class")?.startsWith("vsi-tone"));
    expect(verdicts.map((verdict) => [textOf(verdict), attribute(verdict, "class")])).toContainEqual([
      "gives the answer away",
      "vsi-tone bad",
    ]);
  });
});

describe("the audit's tables", () => {
  const sides = auditGroup(
    sideGroup(40, ([, querying]) => (querying < "desk" ? "left" : "right")),
    { seed: 0, limit: 0.05 },
  );
  const lonely = auditGroup(
    sizeGroup(1, () => 1),
    { seed: 0, limit: 0.05 },
  );

  test("a row holds the type's own numbers, and dashes where there is nothing to tell", () => {
    const { columns, rows } = verdictTable([sides, lonely]);
    const row = Object.fromEntries(columns.map(({ head }, index) => [head, rows[0]?.[index]]));
    expect(row).toMatchObject({
      "question type": "object_rel_direction_easy",
      verdict: "gives the answer away",
      questions: 240,
      chance: "50.0",
      known: null,
    });
    const none = [null, null, null, null, null];
    expect(rows[1]).toEqual(["object_size_estimation", "too few to tell", ...none, 5, null, null]);
  });

  test("the type and the verdict are whole and in one row at 80 columns and at 160, in the terminal's own width", () => {
    const names = ["object_rel_direction_medium", "camera_movement_direction", "object_size_estimation"] as const;
    const types = names.map((type) => ({ ...sides, type }));
    const report = { dataset: "rooms", ...OPTIONS, splits: { train: types } };
    for (const width of [40, 80, 120, 160, 400]) {
      const text = auditText(report, width);
      for (const { type, verdict } of types) {
        const rows = text
          .split("\n")
          .filter((line) => line.startsWith("│") && line.includes(verdict) && line.includes(type));
        expect(rows).toHaveLength(1);
        if (width >= 80) expect([...(rows[0] ?? "")].length).toBeLessThanOrEqual(width);
      }
    }
    expect(auditText(report)).toBe(auditText(report, 80));
    expect(auditText(report, 80)).toMatch(/│ chance │ known │ blind │/);
    expect(auditText(report, 80)).toContain("Not shown at 80 columns: by, excess (95 %), questions, in rooms.");
    expect(auditText(report, 160)).toMatch(/ excess \(95 %\) │/);
    expect(auditText(report, 400)).not.toContain("Not shown");
  });

  test("fitTable never takes more than the width, and always the first two columns", () => {
    const table = verdictTable([sides, lonely]);
    for (let width = 0; width < 200; width += 1) {
      const { table: fitted, leftOut } = fitTable(table, width);
      expect(fitted.columns.length).toBeGreaterThanOrEqual(2);
      expect(fitted.columns.length === table.columns.length).toBe(leftOut.length === 0);
      const drawn = Math.max(
        ...textTable(fitted)
          .split("\n")
          .map((line) => [...line].length),
      );
      if (fitted.columns.length > 2) expect(drawn).toBeLessThanOrEqual(width);
    }
  });

  test("every table has one cell a column", () => {
    for (const table of [
      balanceTable([sides]),
      ...[baselineTable, labelTable, questionTable].map((make) => make(sides)),
    ]) {
      expect(table.rows.length).toBeGreaterThan(0);
      for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    }
  });

  test("intervals in percent, and the mean alone without one", () => {
    expect(percentInterval({ mean: 0.1451, low: 0.1264, high: 0.164 })).toBe("14.5 (12.6 to 16.4)");
    expect(percentInterval({ mean: 0.5, low: null, high: null })).toBe("50.0");
  });
});

test("regression: the legend was one line of 900 characters, with verdicts that nothing had", () => {
  const decided = sideGroup(20, ([, querying]) => (querying < "desk" ? "left" : "right"));
  const report = { dataset: "rooms", ...OPTIONS, splits: { train: [auditGroup(decided, OPTIONS)] } };
  for (const width of [80, 120]) {
    const lines = auditText(report, width).split("\n");
    const legend = lines.slice(lines.indexOf("How to read this:"));
    expect(legend.length).toBeGreaterThan(8);
    for (const line of legend) expect(line.length).toBeLessThanOrEqual(width);
    expect(legend.join(" ")).toContain("gives the answer away: Blind is over the limit");
    expect(legend.join(" ")).not.toContain("Wrong more often");
  }
  expect(auditPage(report)).toContain("limit: 5.0 percentage points above or below chance");
});

test("names each type that gives answers away, with its labels, and no other", () => {
  const decided = sideGroup(40, ([, querying]) => (querying < "desk" ? "left" : "right"));
  const text = auditText({ dataset: "rooms", ...OPTIONS, splits: { train: [auditGroup(decided, OPTIONS)], test: [] } });
  expect(text).toContain("rooms, train");
  expect(text).toContain("rooms, test");
  expect(text).toContain("object_rel_direction_easy gives its answers away.");
  expect(text).toMatch(/│ bed +│ +\d+ │/);
  const even = sideGroup(40, (_, __, index) => (index % 2 === 0 ? "left" : "right"));
  const questions = even.questions.map((question) => ({ ...question, places: {}, text: "" }));
  const quiet = auditText({
    dataset: "rooms",
    ...OPTIONS,
    splits: { train: [auditGroup({ ...even, questions }, OPTIONS)] },
  });
  expect(quiet).not.toContain("gives its answers away.");
  expect(quiet).toContain("near chance");
});

test("says what each type lost, what is left, and where it could not be helped", () => {
  const interval = { mean: 0.2, low: 0.1, high: 0.3 };
  const text = debiasText({
    dataset: "rooms",
    out: "./less",
    limit: 0.05,
    seed: 0,
    splits: {
      train: [
        {
          type: "object_rel_distance",
          questions: 1500,
          dropped: 400,
          excessBefore: interval,
          excessAfter: { mean: 0.04, low: 0, high: 0.08 },
          reached: true,
        },
        {
          type: "room_size_estimation",
          questions: 7,
          dropped: 0,
          excessBefore: interval,
          excessAfter: interval,
          reached: false,
        },
      ],
    },
  });
  expect(text).toMatch(
    /object_rel_distance +│ +1,500 │ +400 │ +1,100 │ 20.0 \(10.0 to 30.0\) │ +4.0 \(0.0 to 8.0\) │ yes/,
  );
  expect(text).toMatch(/room_size_estimation.*no, left unchanged/);
  expect(text).toContain("./less");
});

/** The lengths of one series' bars in percent, read off the drawing: from the axis' 0 to its 1 are 100. */
function barsOf(svg: string, series: string): string[] {
  const { elements } = readSvg(svg);
  const [zero = 0, one = 0] = ["0.0", "1.0"].map((label) => {
    const text = elements.find((element) => element.tagName === "text" && textOf(element) === label);
    return Number(attribute(text!, "x"));
  });
  return elements
    .filter((mark) => attribute(mark, "class")?.endsWith(" mark") && textOf(mark).includes(`, ${series}: `))
    .map((mark) => {
      const bar = mark.childNodes.find((node) => node.nodeName === "rect") as Element;
      return ((100 * Number(attribute(bar, "width"))) / (one - zero)).toFixed(1);
    });
}
