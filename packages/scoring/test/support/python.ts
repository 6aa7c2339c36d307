import { spawnSync } from "node:child_process";

/** Runs a Python 3 program on a JSON value and returns the JSON it prints; null without python3. */
export function runPython(program: string, input: unknown): unknown {
  const child = spawnSync("python3", ["-c", program], {
    input: JSON.stringify(input),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONIOENCODING: "utf8" },
  });
  if (child.error !== undefined) return null;
  if (child.status !== 0) throw new Error(`python3 failed: ${child.stderr}`);
  return JSON.parse(child.stdout);
}

/** Whether python3 starts at all; the tests that need it skip with a message otherwise. */
export const hasPython = spawnSync("python3", ["-c", ""]).status === 0;
if (!hasPython) process.stderr.write("skipped: no python3 to compare VSI-Bench's metric with\n");

/** Numbers as Python's float.hex() would keep them: JSON has no nan, inf or exact text for doubles of its own. */
export const PYTHON_BITS = `
import json, struct, sys
def bits(x):
    return "nan" if x != x else struct.pack(">d", x).hex()
`;

/** The same for a JavaScript number. */
export function bits(value: number): string {
  if (Number.isNaN(value)) return "nan";
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, value);
  return bytes.getBigUint64(0).toString(16).padStart(16, "0");
}
