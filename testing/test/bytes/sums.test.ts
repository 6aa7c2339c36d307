import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { differences, differenceText, type Sums, sumsOf } from "../../src/bytes/sums.ts";

const REJECT = { code: "angle-near-edge", message: "The angle is 44 degrees.", value: 44, limit: 5 };
const MANIFEST = {
  settings: { seed: 0, debias: { limit: 0.05, version: "0.1.0" } },
  versions: { "vsi-build": "0.1.0" },
};
const CROISSANT = {
  "@context": { description: { "@container": "@language" } },
  description: "Questions about rooms",
  version: "0.1.0",
  distribution: [
    { contentUrl: "README.md", sha256: "11" },
    { contentUrl: "data/train.jsonl", sha256: "22" },
  ],
};
const CARD = `---
pretty_name: "vsi-100k"
splits:
- num_examples: 2
---

# vsi-100k

Questions about 2 scans, made by vsi-build 0.1.0. See [the paper](https://example.org/paper).

| question type | all |
| --- | ---: |
| object_counting | 2 |
| **questions** | **2** |

\`\`\`sh
vsi-build --scannet ./raw --seed 0  # as it was made
\`\`\`
`;

const FILES: Record<string, string> = {
  "data/train.jsonl": '{"id":"a"}\n{"id":"b"}\n',
  "scenes/a.json": "{}",
  "scenes/b.json": "[]",
  "rejects.jsonl": `${JSON.stringify(REJECT)}\n`,
  "manifest.json": JSON.stringify(MANIFEST),
  "croissant.json": JSON.stringify(CROISSANT),
  "README.md": CARD,
  "card/object_counting.svg": '<svg aria-label="2 questions"><title>Counts</title><text>3</text></svg>',
  SHA256SUMS: `${"0".repeat(64)}  README.md\n`,
};

/** A file with `from` replaced, which must be in it. */
function edited(path: string, from: string, to: string): Record<string, string> {
  const text = FILES[path] ?? "";
  expect(text).toContain(from);
  return { ...FILES, [path]: text.replaceAll(from, to) };
}

describe("the comparison of check:bytes", () => {
  let folder = "";
  let recorded: Sums = {};

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "vsi-sums-"));
    recorded = await sumsOfFiles("recorded", FILES);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function sumsOfFiles(name: string, files: Record<string, string>): Promise<Sums> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name, path)), { recursive: true });
      await writeFile(join(folder, name, path), text);
    }
    return sumsOf(join(folder, name), folder);
  }

  const differing = async (files: Record<string, string>): Promise<string[]> =>
    differences(recorded, await sumsOfFiles("found", files)).map(differenceText);

  test("the same files are the same", async () => {
    expect(Object.keys(recorded)).toEqual(Object.keys(FILES).sort());
    expect(await differing(FILES)).toEqual([]);
  });

  test.each([
    ["a question's byte", "data/train.jsonl", '"b"', '"c"'],
    ["a question's space", "data/train.jsonl", '"id":', '"id": '],
    ["a scene's byte", "scenes/a.json", "{}", "{} "],
    ["a reject's code", "rejects.jsonl", "angle-near-edge", "too-far"],
    ["a reject's number", "rejects.jsonl", '"value":44', '"value":43'],
    ["a setting", "manifest.json", '"seed":0', '"seed":1'],
    ["a setting inside", "manifest.json", "0.05", "0.06"],
    ["the sum of a data file in the Croissant file", "croissant.json", '"22"', '"23"'],
    ["a file that the Croissant file names", "croissant.json", "train.jsonl", "val.jsonl"],
    ["the card's header", "README.md", "num_examples: 2", "num_examples: 3"],
    ["a number in the card's prose", "README.md", "about 2 scans", "about 3 scans"],
    ["a row of a table", "README.md", "| object_counting | 2 |", "| object_counting | 3 |"],
    ["a total", "README.md", "**2**", "**3**"],
    ["the command", "README.md", "--seed 0", "--seed 1"],
    ["a link", "README.md", "/paper", "/other"],
    ["a picture's number", "card/object_counting.svg", ">3<", ">4<"],
    ["the files that SHA256SUMS lists", "SHA256SUMS", "README.md", "readme.md"],
  ])("notices %s", async (_, path, from, to) => {
    const group = path.replace(/\/.*/, "/");
    expect(await differing(edited(path, from, to))).toEqual([`${group}: 1 changed (${path})`]);
  });

  test("notices a missing and an added file, and names them", async () => {
    const { "scenes/b.json": _, ...left } = FILES;
    expect(await differing({ ...left, "scenes/c.json": "{}", "data/extra.jsonl": "" })).toEqual([
      "data/: 1 added (data/extra.jsonl)",
      "scenes/: 1 missing (scenes/b.json), 1 added (scenes/c.json)",
    ]);
  });

  test("names three files of many", async () => {
    const many = Object.fromEntries([0, 1, 2, 3, 4].map((index) => [`frames/${index}.jpg`, ""]));
    expect(await differing({ ...FILES, ...many })).toEqual([
      "frames/: 5 added (frames/0.jpg, frames/1.jpg, frames/2.jpg, 2 more)",
    ]);
  });

  test.each([
    ["the version in the manifest", "manifest.json", "0.1.0", "0.2.0"],
    ["another package in the manifest", "manifest.json", '"vsi-build":', '"@vsi/inspect":"0.2.0","vsi-build":'],
    ["the version in the Croissant file", "croissant.json", "0.1.0", "0.2.0"],
    ["the card's sum in the Croissant file", "croissant.json", '"11"', '"12"'],
    ["the description", "croissant.json", "Questions about rooms", "Rooms, and what is asked of them"],
    ["the version in the card", "README.md", "0.1.0", "0.2.0-rc.1"],
    ["the card's prose", "README.md", "Questions about 2 scans", "2 scans, asked about"],
    ["a column's title", "README.md", "question type | all", "type | number"],
    ["a total's name", "README.md", "**questions**", "**all**"],
    ["a command's comment", "README.md", "as it was made", "how it was made"],
    ["a reject's message", "rejects.jsonl", "The angle is 44 degrees.", "44 degrees"],
    ["what a screen reader says", "card/object_counting.svg", "2 questions", "two questions"],
    ["a picture's title", "card/object_counting.svg", "Counts", "How many"],
    ["the sums in SHA256SUMS", "SHA256SUMS", "0000", "0001"],
  ])("passes over %s", async (_, path, from, to) => {
    expect(await differing(edited(path, from, to))).toEqual([]);
  });

  test("passes over the folder in which a command ran", async () => {
    const at = (name: string) => ({ "rows/train.jsonl": JSON.stringify({ image: join(folder, name) }) });
    const [one, other] = [await sumsOfFiles("one", at("frames")), await sumsOfFiles("other", at("frames"))];
    expect(differences(one, other)).toEqual([]);
    expect(await sumsOf(join(folder, "one"), "/elsewhere")).not.toEqual(one);
  });
});
