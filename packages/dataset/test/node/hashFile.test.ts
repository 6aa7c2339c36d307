import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { hashFile } from "../../src/node/hashFile.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const folder = temporaryFolder();

test.each([0, 1, 200_000])("the sha256 of a file of %d bytes", async (size) => {
  const content = Uint8Array.from({ length: size }, (_, index) => index);
  writeFileSync(join(folder, "file"), content);
  expect(await hashFile(join(folder, "file"))).toBe(createHash("sha256").update(content).digest("hex"));
});

test("a missing file is an error with the path", async () => {
  await expect(hashFile(join(folder, "nowhere"))).rejects.toMatchObject({ code: "file-missing" });
});
