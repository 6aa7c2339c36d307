import { Writable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import { barLine, createLog, formatDuration, progressStyle, startProgress } from "../src/progress.ts";

function collect(): { stream: NodeJS.WriteStream; lines: () => string[] } {
  let text = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  return { stream: stream as unknown as NodeJS.WriteStream, lines: () => text.split("\n").slice(0, -1) };
}

describe("startProgress", () => {
  test("without a terminal ten lines for any number, the last one complete", () => {
    const { stream, lines } = collect();
    const progress = startProgress(1000, "questions", "lines", stream);
    for (let i = 0; i < 1000; i += 1) progress.done(`q${i}`);
    expect(lines()).toHaveLength(10);
    expect(lines().at(-1)).toBe("1000/1000 questions, last q999");
  });

  test("style none prints notes only", () => {
    const { stream, lines } = collect();
    const progress = startProgress(3, "scans", "none", stream);
    progress.done("a");
    progress.note("something went wrong");
    expect(lines()).toEqual(["something went wrong"]);
  });
});

describe("barLine", () => {
  const at = { total: 12, unit: "rooms", seconds: 6, name: "scene9000_00" };

  test("regression: it opened with 0 s left", () => {
    expect(barLine({ ...at, done: 0, name: "" })).toBe(`${"░".repeat(24)} 0/12 rooms | 6 s | `);
    expect(barLine({ ...at, done: 3 })).toBe(
      `${"█".repeat(6)}${"░".repeat(18)} 3/12 rooms | 6 s, 18 s left | scene9000_00`,
    );
    expect(barLine({ ...at, done: 11, seconds: 1 })).toContain("1 s, 1 s left");
    expect(barLine({ ...at, done: 12 })).toBe(`${"█".repeat(24)} 12/12 rooms | 6 s | scene9000_00`);
  });
});

describe("progressStyle", () => {
  test("a bar on a terminal, lines in a pipe, nothing when quiet", () => {
    expect(progressStyle({ quiet: false, logLevel: "info" }, { isTTY: true })).toBe("bar");
    expect(progressStyle({ quiet: false, logLevel: "info" }, {})).toBe("lines");
    expect(progressStyle({ quiet: true, logLevel: "info" }, { isTTY: true })).toBe("none");
    expect(progressStyle({ quiet: false, logLevel: "warn" }, { isTTY: true })).toBe("none");
  });
});

describe("createLog", () => {
  test("prints from the level asked for on", () => {
    const lines: string[] = [];
    const log = createLog("warn", (line) => lines.push(line));
    for (const level of ["debug", "info", "warn", "error"] as const) log(level, level);
    expect(lines.map((line) => line.split(" ").at(-1))).toEqual(["warn", "error"]);
  });
});

describe("formatDuration", () => {
  test("is as fine as one wants to know it, and never shows 60 of a unit", () => {
    const shown = [0, 99, 100, 90 * 60, 100 * 60, 3599 * 2, 47.99 * 3600, 48 * 3600, 100 * 3600].map(formatDuration);
    expect(shown).toEqual([
      "0 s",
      "99 s",
      "2 min",
      "90 min",
      "1 h 40 min",
      "2 h 00 min",
      "47 h 59 min",
      "2 d 00 h",
      "4 d 04 h",
    ]);
  });
});
