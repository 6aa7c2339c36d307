import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { errorCodesOf } from "../support/published/errorCodes.ts";
import { REPOSITORY_ROOT, workspacePackages } from "../support/published/workspacePackages.ts";

const page = readFileSync(join(REPOSITORY_ROOT, "docs/errors.md"), "utf8");

/** The rows of all tables below a heading of the page: code, then class or place. */
function rowsOf(heading: string): { code: string; of: string }[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm)].map(([, code = "", of = ""]) => ({ code, of }));
}

const SECTIONS = ["Errors", "Reject codes", "What verify finds"];
const codePackages = workspacePackages().filter(({ entries }) => entries.some(({ types }) => types !== null));
const found = codePackages.flatMap(({ folder }) => errorCodesOf(folder));
const sorted = (codes: Iterable<string>) => [...new Set(codes)].sort();

describe("docs/errors.md", () => {
  test("has every code of the sources, and no other", () => {
    const documented = SECTIONS.flatMap(rowsOf).map(({ code }) => code);
    expect(sorted(documented)).toEqual(sorted(found.map(({ code }) => code)));
  });

  test.each(SECTIONS)("%s: each code once", (heading) => {
    const rows = rowsOf(heading).map(({ code, of }) => `${code} ${of}`);
    expect(rows).not.toHaveLength(0);
    expect(rows).toEqual([...new Set(rows)]);
  });

  test("names the class that is made with a code", () => {
    const documented = new Set(rowsOf("Errors").map(({ code, of }) => `${code} ${of}`));
    const made = found.flatMap(({ code, errorClass }) => (errorClass === null ? [] : [`${code} ${errorClass}`]));
    expect(made.length).toBeGreaterThan(50);
    expect(sorted(made.filter((row) => !documented.has(row)))).toEqual([]);
  });

  test("names no class that the sources do not have", () => {
    const classes = codePackages.flatMap(({ folder }) =>
      readdirSync(join(folder, "src"), { recursive: true, encoding: "utf8" })
        .filter((path) => /\.tsx?$/.test(path))
        .flatMap((path) => [...readFileSync(join(folder, "src", path), "utf8").matchAll(/^export class (\w+Error)/gm)])
        .map(([, name]) => name),
    );
    expect(classes).toEqual(expect.arrayContaining(sorted(rowsOf("Errors").map(({ of }) => of))));
  });
});
