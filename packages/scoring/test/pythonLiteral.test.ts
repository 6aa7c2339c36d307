import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parsePythonLiteral, pythonStr } from "../src/pythonLiteral.ts";
import { hasPython, runPython } from "./support/python.ts";

describe("parsePythonLiteral", () => {
  test("a list of texts as Python writes it, whatever the marks", () => {
    expect(parsePythonLiteral(`['A. left', "B. it's", 'C. \\'x\\' \\u00e9',]`)).toEqual({
      kind: "list",
      items: ["A. left", "B. it's", "C. 'x' é"].map((text) => ({ kind: "text", text })),
    });
  });

  test.each(["", "[", "[1, 2", "[one]", "['a]", "[1]]", "- -1", "007", "[1 2]", "f'x'", "1 + 2", "[\0]", "\n [1]"])(
    "%j is none",
    (source) => {
      expect(parsePythonLiteral(source)).toBeUndefined();
    },
  );

  test("regression: nested braces were parsed twice at each level", () => {
    expect(parsePythonLiteral(`${"{".repeat(60)}1${"}".repeat(60)}`)).toBeDefined();
    expect(parsePythonLiteral("[".repeat(100_000))).toBeUndefined();
  });
});

const PARTS = `[ ] ( ) , , ' " ''' \\ \\n \\x41 \\u00e9 \\101 1 0 007 0x1f 0b1 1_0 1__0 1.5 1. .5 1e5 1e16 1.0e-7 0.1 01.5 - + True None 1j a # r' u' 'a' 'it\\'s' "it's" [1] (1,) é`;

const source = fc
  .array(fc.constantFrom(...PARTS.split(" "), " ", "\n", "\t"), { maxLength: 8 })
  .chain((parts) => fc.constantFrom(parts.join(""), parts.join(" "), `[${parts.join("")}]`, `[${parts.join(" ")}]`));

const PROGRAM = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
def holds_complex(value):
    return isinstance(value, complex) or isinstance(value, (list, tuple)) and any(map(holds_complex, value))
found = []
for text in json.load(sys.stdin):
    try:
        value = ast.literal_eval(text)
        found.append("?" if holds_complex(value) else str(value))
    except Exception:
        found.append(None)
print(json.dumps(found))`;

(hasPython ? test : test.skip)("reads what ast.literal_eval reads, as str() shows it", () => {
  const sources = fc.sample(source, { numRuns: 5000, seed: 17 });
  const read = runPython(PROGRAM, sources) as (string | null)[];
  for (const [index, text] of sources.entries()) {
    // Sums with complex numbers are Python's alone.
    if (read[index] === "?") continue;
    const value = parsePythonLiteral(text);
    expect({ text, value: value === undefined ? null : pythonStr(value) }).toEqual({ text, value: read[index] });
  }
  expect(read.filter((value) => value !== null).length).toBeGreaterThan(500);
});
