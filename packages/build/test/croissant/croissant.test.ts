import { expect, test } from "@jest/globals";
import { croissant } from "../../src/croissant/croissant.ts";
import { emptySummary, manifest } from "../support/question.ts";

const summary = {
  ...emptySummary(),
  splits: [
    { split: "train" as const, questions: 2, bytes: 10, scenes: 1, rooms: 1 },
    { split: "validation" as const, questions: 0, bytes: 0, scenes: 0, rooms: 0 },
  ],
  scenesByDataset: new Map([["scannet", 1]]),
};
const checksums = new Map([
  ["data/train.jsonl", "a".repeat(64)],
  ["frames/scene0000_00/000000.jpg", "b".repeat(64)],
  ["odd.xyz", "c".repeat(64)],
]);
const made = croissant(manifest(), summary, checksums);

test("every file stands there with its checksum and kind", () => {
  expect(made.distribution).toEqual(
    [...checksums].map(([path, sha256]) => expect.objectContaining({ "@id": path, contentUrl: path, sha256 })),
  );
  const formats = (made.distribution as { encodingFormat: string }[]).map(({ encodingFormat }) => encodingFormat);
  expect(formats).toEqual(["application/jsonlines", "image/jpeg", "application/octet-stream"]);
});

test("a record set a split that has questions, and every reference leads somewhere", () => {
  expect(made.recordSet).toMatchObject([{ "@id": "train", key: { "@id": "train/id" } }]);
  const text = JSON.stringify(made.recordSet);
  for (const [, file] of text.matchAll(/"fileObject":\{"@id":"([^"]+)"/g)) expect(checksums.has(file!)).toBe(true);
  const ids = [...text.matchAll(/"@type":"cr:Field","@id":"([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain("train/id");
});

test("nothing in it tells when it was made", () => {
  expect(JSON.stringify(made)).not.toMatch(/date|\b20[2-9]\d-\d\d/i);
});
