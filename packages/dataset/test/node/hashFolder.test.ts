import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { hashFolder } from "../../src/node/hashFolder.ts";
import { readChecksums } from "../../src/node/readChecksums.ts";
import { writeChecksumsOf } from "../../src/node/writeChecksums.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const folder = temporaryFolder();
const sha256 = (content: string) => createHash("sha256").update(content).digest("hex");

test("every file below, by its POSIX path, without SHA256SUMS and what is excluded", async () => {
  const home = join(folder, "hashed");
  mkdirSync(join(home, "b/c"), { recursive: true });
  for (const path of ["SHA256SUMS", "a", "b/c/d", "b/left-out"]) writeFileSync(join(home, path), path);
  expect([...(await hashFolder(home, ["b/left-out"]))]).toEqual([
    ["a", sha256("a")],
    ["b/c/d", sha256("b/c/d")],
  ]);
});

test("known checksums are written sorted, whatever their order, and read back the same", async () => {
  const home = join(folder, "known");
  mkdirSync(home);
  const known = new Map(["z", "a/b", "B"].map((path) => [path, sha256(path)]));
  await writeChecksumsOf(home, known);
  const read = await readChecksums(home);
  expect([...read.keys()]).toEqual(["B", "a/b", "z"]);
  expect(read).toEqual(known);
});
