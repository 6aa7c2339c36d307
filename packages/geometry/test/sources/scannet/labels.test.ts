import { posix, win32 } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isSafeLabel, leavesFolder, MAXIMUM_LABEL_LENGTH } from "../../../src/sources/scannet/labels.ts";

describe("leavesFolder", () => {
  test.each(["trash can", "sofa/couch", "a/../b", "..a", "a..", "a/.../b", ".", "", "__proto__", "tv: large"])(
    "%j stays",
    (name) => {
      expect(leavesFolder(name)).toBe(false);
    },
  );

  test.each([
    "..",
    "../a",
    "..\\a",
    "a/../..",
    "a\\..\\..\\b",
    ". .",
    "...",
    " .. /a",
    "/etc",
    "\\\\host\\share",
    "C:\\a",
    "c:a",
  ])("%j leaves", (name) => {
    expect(leavesFolder(name)).toBe(true);
  });

  test("whatever stays here also stays for Node's path rules of both systems", () => {
    const steps = fc.array(fc.constantFrom("..", ".", "a", "", " ", "c:", "..."), { maxLength: 6 });
    fc.assert(
      fc.property(steps, fc.constantFrom("/", "\\"), (parts, separator) => {
        const name = parts.join(separator);
        if (leavesFolder(name)) return;
        expect(posix.resolve("/out/folder", name)).toMatch(/^\/out\/folder(\/|$)/);
        expect(win32.resolve("D:\\out\\folder", name)).toMatch(/^D:\\out\\folder(\\|$)/);
      }),
      { numRuns: 1000 },
    );
  });
});

test.each(["trash can", "sofa/couch", "__proto__", "Küche", "椅子", "x".repeat(MAXIMUM_LABEL_LENGTH)])(
  "%j is safe",
  (label) => {
    expect(isSafeLabel(label)).toBe(true);
  },
);

test.each([
  "",
  "a\nb",
  "a\u2028b",
  "a\u0000b",
  "\ud800",
  "../a",
  "/etc",
  "C:\\a",
  "x".repeat(MAXIMUM_LABEL_LENGTH + 1),
])("%j is not", (label) => {
  expect(isSafeLabel(label)).toBe(false);
});
