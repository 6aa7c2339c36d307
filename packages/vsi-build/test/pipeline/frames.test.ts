import { expect, jest, test } from "@jest/globals";
import { BuildStoppedError } from "@vsi/command";
import { temporaryFolder } from "@vsi/testing/folders";

const folder = temporaryFolder();

test("regression: without sharp for this machine every frame counted as damaged, and a dataset without scans was written", async () => {
  jest.unstable_mockModule("sharp", () => {
    throw new Error('Could not load the "sharp" module using the linux-x64 runtime\nPossible solutions: ...');
  });
  const { writeFrame } = await import("../../src/pipeline/frames.ts");
  const image = { name: "000000.jpg", bytes: Uint8Array.of(1), compression: "png", file: "scene0000_00.sens" } as const;
  const stopped = writeFrame({ ...image, width: 1, height: 1 }, folder, null);
  await expect(stopped).rejects.toThrow(BuildStoppedError);
  await expect(stopped).rejects.toThrow(/using the linux-x64 runtime\). Install it .*--resume/);
});
