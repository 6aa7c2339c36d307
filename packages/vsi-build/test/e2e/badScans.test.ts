import { readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Reject } from "@vsi/dataset";
import { readJsonl } from "@vsi/dataset/node";
import { validateReject } from "@vsi/dataset/validate";
import { type RunResult, runVsiBuild } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { BROKEN_SCANS } from "../support/brokenScans.ts";
import { AGGREGATION, changeFile, editJson, makeRawFolder, scanFile } from "../support/makeRawFolder.ts";

/** Only the aggregation of another mesh is there: the one broken scan that takes two steps to make. */
const HIGH_RESOLUTION = "_vh_clean.aggregation.json";

/** file, place, got, expected and advice of a line on standard error. */
const ERROR_LINE = /^error: (\S+): (?:(.+?): )?got (.+), expected (.+?)\. (\S.+)$/;

describe("scans that can't be used", () => {
  const folder = temporaryFolder();
  let scanIds: string[] = [];
  let healthy: string[] = [];
  let built: RunResult = { exitCode: null, stdout: "", stderr: "" };
  const rejects: Reject[] = [];

  /** The broken scans lie between two healthy ones. */
  const brokenId = (index: number): string => scanIds[index + 1] ?? "";
  const linesAbout = (scanId: string): string[] => built.stderr.split("\n").filter((line) => line.includes(scanId));

  beforeAll(async () => {
    const raw = join(folder, "raw");
    scanIds = await makeRawFolder(raw, BROKEN_SCANS.length + 3);
    healthy = [scanIds.at(0) ?? "", scanIds.at(-1) ?? ""];
    for (const [index, { ending, change }] of BROKEN_SCANS.entries()) {
      const path = scanFile(raw, brokenId(index), ending);
      if (change === null) await rm(path);
      else await changeFile(path, change);
    }
    const onlyHighResolution = scanIds.at(-2) ?? "";
    const aggregation = scanFile(raw, onlyHighResolution, AGGREGATION);
    const shiftSegments = editJson<{ segGroups: { segments: number[] }[] }>((file) => {
      for (const group of file.segGroups) group.segments = group.segments.map((segment) => segment + 1_000_000);
    });
    await changeFile(aggregation, shiftSegments);
    await rename(aggregation, scanFile(raw, onlyHighResolution, HIGH_RESOLUTION));

    built = await runVsiBuild([
      "--scannet",
      raw,
      "--out",
      join(folder, "out"),
      "--workers",
      "2",
      "--log-level",
      "warn",
    ]);
    for await (const { record, line } of readJsonl(join(folder, "out", "rejects.jsonl"))) {
      validateReject(record, { file: "rejects.jsonl", place: `line ${line}` });
      rejects.push(record);
    }
  });

  function expectReport(scanId: string, expected: { file: string; code: string; place: RegExp; got: RegExp }): void {
    const lines = linesAbout(scanId);
    expect(lines).toHaveLength(1);
    // What concerns a whole file has no place in its message.
    const [, file, place = "file", got] = ERROR_LINE.exec(lines[0] ?? "") ?? [];
    expect(file).toBe(expected.file);
    expect(place).toMatch(expected.place);
    expect(got).toMatch(expected.got);
    const ofScan = rejects.filter((reject) => reject.scene_name === scanId);
    expect(ofScan).toHaveLength(1);
    expect(ofScan[0]).toMatchObject({ code: expected.code, question_type: null, dataset: "vsi-synth" });
    expect(`error: ${ofScan[0]?.message}`).toBe(lines[0]);
  }

  test.each(BROKEN_SCANS.map((scan, index) => ({ ...scan, index })))(
    "$name: one line with file, place, got, expected and advice, and one record in rejects.jsonl",
    ({ index, ending, code, place, got }) => {
      const scanId = brokenId(index);
      expectReport(scanId, { file: `${scanId}/${scanId}${ending}`, code, place, got });
    },
  );

  test("only a high-resolution aggregation, whose segments do not resolve", () => {
    const scanId = scanIds.at(-2) ?? "";
    expectReport(scanId, {
      file: `${scanId}/${scanId}${HIGH_RESOLUTION}`,
      code: "aggregation-only-high-resolution",
      place: /^segGroups\[0\]\.segments\[0\]$/,
      got: /^segment \d+ of object/,
    });
  });

  test("the command exits 1 and says nothing else on standard error", () => {
    expect(built.exitCode).toBe(1);
    expect(built.stderr.trimEnd().split("\n")).toHaveLength(BROKEN_SCANS.length + 1);
    expect(built.stdout).toContain(`2 scans read, ${BROKEN_SCANS.length + 1} skipped`);
  });

  test("the healthy scans give the same data as in a build of their own", async () => {
    const alone = join(folder, "alone");
    const words = ["--scannet", join(folder, "raw"), "--out", alone, "--scenes", healthy.join(",")];
    expect((await runVsiBuild(words)).exitCode).toBe(0);
    const [content, expected] = [await folderContent(join(folder, "out")), await folderContent(alone)];
    const data = Object.keys(expected).filter((file) => /^(data|scenes)\//.test(file));
    expect(data).toHaveLength(4);
    expect(Object.keys(content).sort()).toEqual(Object.keys(expected).sort());
    for (const file of data) expect(content[file]).toBe(expected[file]);
  });

  test("nothing is written outside of the output folder", async () => {
    expect((await readdir(folder)).filter((name) => name !== "alone").sort()).toEqual(["out", "raw"]);
    expect(await readFile(join(folder, "out", "data", "train.jsonl"), "utf8")).not.toContain("escape");
  });
});
