import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { SceneFacts } from "@vsi/geometry";
import type { RoomTruth } from "@vsi/synth";
import { type RunResult, runVsiBuild } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import {
  AGGREGATION,
  changeFile,
  editJson,
  MESH,
  makeRawFolder,
  SCAN_INFO,
  SEGMENTS,
  scanFile,
} from "../support/makeRawFolder.ts";

const IDENTITY = "axisAlignment = 1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1 ";

interface AggregationFile {
  segGroups: { id: number; objectId: number; label: string; segments: number[] }[];
}

/** As in scene0217_00, whose copies count on from the last object's id. */
const listTwice = editJson<AggregationFile>((file) => {
  const count = file.segGroups.length;
  const copies = file.segGroups.map((group) => ({ ...group, id: group.id + count, objectId: group.objectId + count }));
  file.segGroups.push(...copies);
});

const withCrlf = (bytes: Buffer): string => bytes.toString("utf8").replaceAll("\n", "\r\n");
const spreadWithCrlf = (bytes: Buffer): string =>
  withCrlf(Buffer.from(JSON.stringify(JSON.parse(bytes.toString()), null, 1)));

function headerWithCrlf(bytes: Buffer): Buffer {
  const end = bytes.indexOf("end_header\n") + "end_header\n".length;
  return Buffer.concat([Buffer.from(withCrlf(bytes.subarray(0, end))), bytes.subarray(end)]);
}

describe("irregular scans that simply work, exit code 0 and the bytes of a regular download", () => {
  const folder = temporaryFolder();
  const raw = (name: string): string => join(folder, `raw-${name}`);
  const out = (name: string): string => join(folder, `out-${name}`);
  const built: Record<string, RunResult> = {};
  let scanIds: string[] = [];

  beforeAll(async () => {
    for (const name of ["regular", "irregular"]) scanIds = await makeRawFolder(raw(name), 4);
    const [crlf, highResolution, doubled, notAligned] = scanIds as [string, string, string, string];
    const inFile = (scanId: string, ending: string): string => scanFile(raw("irregular"), scanId, ending);
    await changeFile(inFile(crlf, MESH), headerWithCrlf);
    await changeFile(inFile(crlf, SEGMENTS), spreadWithCrlf);
    await changeFile(inFile(crlf, AGGREGATION), spreadWithCrlf);
    await changeFile(inFile(crlf, SCAN_INFO), withCrlf);
    await rename(inFile(highResolution, AGGREGATION), inFile(highResolution, "_vh_clean.aggregation.json"));
    await changeFile(inFile(doubled, AGGREGATION), listTwice);
    await changeFile(scanFile(raw("regular"), notAligned, SCAN_INFO), () => `${IDENTITY}\n`);
    await rm(inFile(notAligned, SCAN_INFO));
    for (const name of ["regular", "irregular"]) {
      const words = ["--scannet", raw(name), "--out", out(name), "--log-level", "warn"];
      built[name] = await runVsiBuild(words);
    }
  });

  test("CRLF in all four files, only <scanId>_vh_clean.aggregation.json, objects listed twice, no .txt: the same dataset", async () => {
    expect(built.regular).toMatchObject({ exitCode: 0, stderr: "" });
    expect(built.irregular?.exitCode).toBe(0);
    const regular = await folderContent(out("regular"));
    expect(Object.keys(regular)).toHaveLength(4 + 7 + 6); // A file a scene, seven that every dataset has, a picture a type.
    // Without a .txt nobody wrote an alignment down: that scene says null, and is the same otherwise.
    const [, , , notAligned = ""] = scanIds;
    const scene = `scenes/${notAligned}.json`;
    const factsOf = async (name: string): Promise<SceneFacts> =>
      JSON.parse(await readFile(join(out(name), scene), "utf8")) as SceneFacts;
    expect(await factsOf("irregular")).toEqual({ ...(await factsOf("regular")), alignment: null });
    const irregular = await folderContent(out("irregular"));
    const others = (content: Record<string, unknown>) =>
      Object.entries(content).filter(([name]) => name !== scene && name !== "SHA256SUMS");
    expect(others(irregular)).toEqual(others(regular));
  });

  test("what was repaired is a warning that names the file; what needs no repair is silent", () => {
    const warnings = (built.irregular?.stderr ?? "").trimEnd().split("\n").sort();
    const [, , doubled, notAligned] = scanIds;
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(
      new RegExp(`^warning: ${doubled}/${doubled}\\.aggregation\\.json: \\d+ objects? listed twice`),
    );
    expect(warnings[1]).toBe(
      `warning: ${notAligned}/${notAligned}.txt: missing; assuming the scan is axis aligned already (download it with --type .txt).`,
    );
  });

  test("objects listed twice are counted once, as the room's construction says", async () => {
    const doubled = scanIds[2] ?? "";
    const truth: RoomTruth = JSON.parse(await readFile(join(raw("irregular"), "truth", `${doubled}.json`), "utf8"));
    const facts: SceneFacts = JSON.parse(await readFile(join(out("irregular"), "scenes", `${doubled}.json`), "utf8"));
    const counts: Record<string, number> = {};
    for (const { label } of facts.objects) counts[label] = (counts[label] ?? 0) + 1;
    expect(counts).toEqual(truth.counts);
  });
});
