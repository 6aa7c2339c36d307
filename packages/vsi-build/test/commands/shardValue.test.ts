import { describe, expect, test } from "@jest/globals";
import { parseShard } from "../../src/commands/shardValue.ts";

describe("parseShard", () => {
  test("reads an index and a total", () => {
    expect(parseShard("0/8", {})).toEqual({ index: 0, total: 8 });
    expect(parseShard("7/8", {})).toEqual({ index: 7, total: 8 });
  });

  test.each(["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"])("auto takes the index from %s", (name) => {
    expect(parseShard("auto/8", { [name]: "3" })).toEqual({ index: 3, total: 8 });
  });

  test("a Slurm task that is run again alone says so in COUNT, which is never read", () => {
    expect(parseShard("auto/8", { SLURM_ARRAY_TASK_ID: "2", SLURM_ARRAY_TASK_COUNT: "1" })).toEqual({
      index: 2,
      total: 8,
    });
  });

  test.each([
    ["8/8", "expected 0 to 7"],
    ["3", "expected INDEX/TOTAL"],
    ["-1/8", "expected INDEX/TOTAL"],
    ["0/0", "expected INDEX/TOTAL"],
    ["1.5/8", "expected INDEX/TOTAL"],
    ["auto/8", "neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set"],
  ])("%s is refused", (value, message) => {
    expect(() => parseShard(value, {})).toThrow(message);
  });

  test("an index that is no number, or past the last, is refused", () => {
    expect(() => parseShard("auto/8", { SLURM_ARRAY_TASK_ID: "x" })).toThrow('SLURM_ARRAY_TASK_ID is "x"');
    expect(() => parseShard("auto/8", { SLURM_ARRAY_TASK_ID: "8" })).toThrow("--array=0-7");
  });
});
