import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { UsageError } from "../../src/errors.ts";
import { checkOutputFiles, checkReportFile, type ReportFile, writeReportFile } from "../../src/output/reportFile.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vsi-report-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const isOurs = (beginning: string) => beginning.startsWith("ours");

function file(change: Partial<ReportFile> = {}): ReportFile {
  return { flag: "--html", path: join(folder, "page.html"), command: "vsi-test", isOurs, overwrite: false, ...change };
}

describe("writeReportFile", () => {
  test("writes a new file and replaces one of ours, leaving nothing else behind", async () => {
    await writeReportFile(file(), "ours 1");
    await writeReportFile(file(), "ours 2");
    expect(readFileSync(file().path, "utf8")).toBe("ours 2");
    expect(readdirSync(folder)).toEqual(["page.html"]);
  });

  test("regression: --html overwrote any file; a foreign one is refused, named and stays", async () => {
    writeFileSync(file().path, "my thesis");
    await expect(writeReportFile(file(), "ours")).rejects.toThrow(UsageError);
    await expect(checkReportFile(file())).rejects.toThrow(
      `--html ${file().path}: got a file that ${file().command} did not write`,
    );
    expect(readFileSync(file().path, "utf8")).toBe("my thesis");
    await writeReportFile(file({ overwrite: true }), "ours");
    expect(readFileSync(file().path, "utf8")).toBe("ours");
  });

  test("a form without a mark is replaced with --overwrite alone", async () => {
    const csv = file({ flag: "--csv", path: join(folder, "a.csv"), isOurs: null });
    await writeReportFile(csv, "a,b\n");
    await expect(writeReportFile(csv, "c,d\n")).rejects.toThrow("replace it with --overwrite");
    await writeReportFile({ ...csv, overwrite: true }, "c,d\n");
    expect(readFileSync(csv.path, "utf8")).toBe("c,d\n");
  });

  test.each([
    ["a folder", (path: string) => mkdirSync(path), "a folder"],
    [
      "a link to a file of ours",
      (path: string) => {
        writeFileSync(join(folder, "target"), "ours");
        symlinkSync(join(folder, "target"), path);
      },
      "a link",
    ],
    ["a link to nothing", (path: string) => symlinkSync(join(folder, "nowhere"), path), "a link"],
    ["a FIFO", (path: string) => execFileSync("mkfifo", [path]), "a pipe, socket or device"],
  ])("%s is refused, also with --overwrite", async (_, make, what) => {
    make(file().path);
    const before = readdirSync(folder);
    for (const overwrite of [false, true]) {
      await expect(checkReportFile(file({ overwrite }))).rejects.toThrow(`got ${what}`);
      await expect(writeReportFile(file({ overwrite }), "ours 2")).rejects.toThrow(UsageError);
    }
    expect(readdirSync(folder)).toEqual(before);
  });

  test("what lies under the name of the unfinished file is neither followed nor removed", async () => {
    const aside = `${file().path}.${process.pid}.partial`;
    writeFileSync(join(folder, "target"), "kept");
    symlinkSync(join(folder, "target"), aside);
    await expect(writeReportFile(file(), "ours")).rejects.toThrow("page.html");
    expect(readFileSync(join(folder, "target"), "utf8")).toBe("kept");
    expect(readdirSync(folder).sort()).toEqual([`page.html.${process.pid}.partial`, "target"]);
  });

  test("regression: a folder that is not there was found after the work, and by exit code 1", async () => {
    const inNone = file({ path: join(folder, "none", "page.html") });
    await expect(checkReportFile(inNone)).rejects.toThrow(UsageError);
    await expect(checkReportFile(inNone)).rejects.toThrow(
      `--html ${inNone.path}: got no such folder as ${join(folder, "none")}, expected the folder to write to. Create it first`,
    );
    writeFileSync(join(folder, "none"), "");
    await expect(checkReportFile(inNone)).rejects.toThrow(`got a file as ${join(folder, "none")}`);
    const below = file({ path: join(folder, "none", "below", "page.html") });
    await expect(checkReportFile(below)).rejects.toThrow("got no such folder");
  });
});

test("a file that is read, or written for two things, is refused however its path is written", () => {
  const read = ["runs/p.jsonl"];
  expect(() => checkOutputFiles({ csv: "runs/p.csv", html: "runs/p.html", "per-question": null }, read)).not.toThrow();
  expect(() => checkOutputFiles({ csv: "runs/../runs/./p.jsonl" }, read)).toThrow(/--csv/);
  expect(() => checkOutputFiles({ csv: "out", html: "./out" }, read)).toThrow(/--html/);
});

test("regression: a file that is read was written over by way of a link", () => {
  const real = join(folder, "real");
  mkdirSync(real);
  symlinkSync(real, join(folder, "link"));
  writeFileSync(join(real, "p.jsonl"), "");
  const check = (csv: string) => () => checkOutputFiles({ csv }, [join(real, "p.jsonl")]);
  expect(check(join(folder, "link", "p.jsonl"))).toThrow("--csv");
  expect(check(join(folder, "link", "q.jsonl"))).not.toThrow();
  expect(() => checkOutputFiles({ csv: join(real, "new"), html: join(folder, "link", "new") }, [])).toThrow("--html");
});
