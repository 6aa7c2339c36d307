import { PassThrough } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import type { ProgressStyle } from "@vsi/command";
import { createStepDisplay } from "../../src/monitor/stepDisplay.ts";

function display(style: ProgressStyle, now: () => number = () => 0) {
  const stream = Object.assign(new PassThrough(), { columns: 20 }) as unknown as NodeJS.WriteStream & PassThrough;
  return { ...createStepDisplay(style, stream, now), written: () => String(stream.read() ?? "") };
}

/** What stands on a terminal's lines after text with carriage returns and erasures. */
function onTerminal(text: string): string[] {
  return text.split("\n").map((line) => line.split("\r\u001B[K").at(-1)!);
}

describe("createStepDisplay", () => {
  test("on a terminal one line is drawn over itself, cut to the width, and other lines stay above it", () => {
    const { show, note, stop, written } = display("bar");
    note("before");
    show("step 1/9", false);
    show("step 2/9, and much more than fits", false);
    note("a warning");
    show("step 3/9", false);
    stop();
    expect(onTerminal(written())).toEqual(["before", "a warning", "step 3/9", ""]);
    show("step 2/9, and much more than fits", false);
    expect(onTerminal(written())).toEqual(["step 2/9, and much "]);
  });

  test("elsewhere the first, the last, and one every half minute", () => {
    let time = 0;
    const { show, stop, written } = display("lines", () => time);
    for (let step = 1; step <= 100; step++) {
      time = step;
      show(`step ${step}`, step === 100);
    }
    stop();
    expect(written()).toBe("step 1\nstep 31\nstep 61\nstep 91\nstep 100\n");
  });

  test("or nothing but notes", () => {
    const { show, note, stop, written } = display("none");
    show("step 1", true);
    note("error");
    stop();
    expect(written()).toBe("error\n");
  });
});
