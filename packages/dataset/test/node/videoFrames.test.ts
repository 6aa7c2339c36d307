import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { countVideoFrames } from "../../src/node/videoFrames.ts";

const folder = temporaryFolder();
const { PATH } = process.env;

/** A program called ffmpeg that fails as it does for a broken file, naming the path that it was given. */
beforeAll(async () => {
  await mkdir(join(folder, "bin"));
  const program =
    '#!/bin/sh\nfor word; do case "$word" in file:*) echo "$word: Invalid data found" >&2;; esac; done\nexit 1\n';
  await writeFile(join(folder, "bin", "ffmpeg"), program);
  await chmod(join(folder, "bin", "ffmpeg"), 0o755);
  process.env.PATH = `${join(folder, "bin")}:${PATH}`;
});

afterAll(() => {
  process.env.PATH = PATH;
});

test("regression: the folders of the machine stood in rejects.jsonl, by ffmpeg's own message", async () => {
  const counting = countVideoFrames(join(folder, "scene0000_00.mp4"), "videos/scene0000_00.mp4");
  await expect(counting).rejects.toThrow('got the error "videos/scene0000_00.mp4: Invalid data found"');
  await expect(counting).rejects.not.toThrow(folder);
});
