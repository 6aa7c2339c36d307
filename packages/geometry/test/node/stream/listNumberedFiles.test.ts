import { join } from "node:path";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { listNumberedFiles } from "../../../src/node/stream/listNumberedFiles.ts";
import { thrownCode } from "../../thrownError.ts";
import { withFolder } from "../temporaryFolder.ts";

test("ordered by number, however many zeros lead it; other names and extensions are ignored", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.nat({ max: 99_999 }), { maxLength: 10 }),
      fc.nat({ max: 9 }),
      async (indices, digits) => {
        const files = Object.fromEntries(indices.map((index) => [`${String(index).padStart(digits, "0")}.jpg`, ""]));
        await withFolder({ ...files, "x.jpg": "", "1.png": "", "-2.jpg": "", "3.5.jpg": "" }, async (folder) => {
          const listed = await listNumberedFiles(folder, "color", ".jpg");
          expect(listed.map(({ index }) => index)).toEqual(indices.sort((first, second) => first - second));
        });
      },
    ),
    { numRuns: 30 },
  );
});

test("no folder, and one number in two spellings, are errors", async () => {
  await withFolder({ "7.jpg": "", "007.jpg": "" }, async (folder) => {
    expect(await thrownCode(() => listNumberedFiles(folder, "color", ".jpg"))).toBe("frames-number-twice");
    expect(await thrownCode(() => listNumberedFiles(join(folder, "no"), "color", ".jpg"))).toBe("file-missing");
  });
});
