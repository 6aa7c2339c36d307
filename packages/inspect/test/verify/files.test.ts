import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { hashFolder } from "@vsi/dataset/node";
import { runVsiBuild } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { makeRawFolder } from "../../../vsi-build/test/support/makeRawFolder.ts";
import { checkFiles } from "../../src/verify/files.ts";

describe("a file that is not what its name says", () => {
  const folder = temporaryFolder();
  const out = () => join(folder, "out");
  let picture = "";

  beforeAll(async () => {
    await makeRawFolder(join(folder, "raw"), 1);
    const words = ["--scannet", join(folder, "raw"), "--out", out(), "--format", "parquet"];
    expect(await runVsiBuild(words)).toMatchObject({ exitCode: 0 });
    picture = `card/${(await readdir(join(out(), "card"))).find((name) => name.endsWith(".svg"))}`;
  });

  /** What is found after a file was changed; it is put back. */
  async function codesAfter(file: string, change: (bytes: Buffer) => Uint8Array | string): Promise<string[]> {
    const before = await readFile(join(out(), file));
    await writeFile(join(out(), file), change(before));
    const codes = await codesOf();
    await writeFile(join(out(), file), before);
    return codes;
  }

  async function codesOf(): Promise<string[]> {
    const codes: string[] = [];
    const files = [...(await hashFolder(out())).keys()];
    await checkFiles(
      out(),
      files,
      ({ file, code }) => codes.push(`${file} ${code}`),
      async () => {},
    );
    return codes;
  }

  const PARQUET = "data/train-00000-of-00001.parquet";

  test("nothing is found in a dataset as it was built", async () => {
    expect(await codesOf()).toEqual([]);
  });

  test("croissant.json cut short", async () => {
    expect(await codesAfter("croissant.json", (bytes) => bytes.subarray(0, -9))).toEqual([
      "croissant.json json-syntax",
    ]);
  });

  test.each([
    ["cut short", (text: string) => text.slice(0, -9)],
    ["of something else", () => "<html></html>"],
    ["a text", () => "no picture"],
    ["with a tag that is never closed", (text: string) => text.replace("</svg>", "<g></svg>")],
  ])("a picture %s", async (_name, change) => {
    expect(await codesAfter(picture, (bytes) => change(bytes.toString("utf8")))).toEqual([`${picture} svg-syntax`]);
  });

  test.each([
    ["without its header", (text: string) => text.replace("---", "")],
    ["whose header is no YAML", (text: string) => text.replace("license:", "license: [")],
    ["that offers a file that is not there", (text: string) => text.replace("path: data/", "path: dat/")],
  ])("a card %s", async (_name, change) => {
    expect(await codesAfter("README.md", (bytes) => change(bytes.toString("utf8")))).toEqual(["README.md card-header"]);
  });

  test("a Parquet file cut short, or of something else", async () => {
    const expected = [`${PARQUET} parquet-syntax`];
    expect(await codesAfter(PARQUET, (bytes) => bytes.subarray(0, -20))).toEqual(expected);
    expect(await codesAfter(PARQUET, () => "PAR1")).toEqual(expected);
  });

  test("a JSONL file with another answer, one row more or one less than its Parquet", async () => {
    const lines = (text: Buffer) => text.toString("utf8").trimEnd().split("\n");
    const expected = [`${PARQUET} parquet-row`];
    const after = (change: (records: string[]) => string[]) =>
      codesAfter("data/train.jsonl", (bytes) => `${change(lines(bytes)).join("\n")}\n`);
    expect(await after((records) => records.slice(0, -1))).toEqual(expected);
    expect(await after((records) => [...records, records[0] ?? ""])).toEqual(expected);
    expect(await after(([first = "", ...rest]) => [first.replace(/"value":/, '"value":1'), ...rest])).toEqual(expected);
  });
});
