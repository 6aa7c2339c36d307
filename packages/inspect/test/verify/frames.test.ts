import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import type { Problem } from "../../src/folder/problem.ts";
import { checkFrames } from "../../src/verify/frames.ts";

describe("checkFrames", () => {
  let folder = "";
  let jpeg: Buffer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vsi-frames-"));
    const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, place) => (place * place) % 251));
    jpeg = await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } })
      .jpeg()
      .toBuffer();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function problemsOf(files: Record<string, Uint8Array>): Promise<Problem[]> {
    for (const [file, bytes] of Object.entries(files)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), bytes);
    }
    const problems: Problem[] = [];
    await checkFrames(folder, Object.keys(files), (problem) => problems.push(problem));
    return problems;
  }

  test("every frame that does not decode to its end is named, in the order of the files", async () => {
    const cut = jpeg.subarray(0, jpeg.length >> 1);
    const good = Object.fromEntries([0, 1, 2, 3, 4, 5].map((frame) => [`frames/a/00000${frame}.jpg`, jpeg]));
    const files = {
      ...good,
      "frames/a/000001.jpg": cut,
      "frames/a/000004.jpg": Buffer.concat([cut, jpeg.subarray(-2)]),
      "frames/b/000000.jpg": Buffer.from("not a picture"),
      "frames/b/000001.jpg": new Uint8Array(),
    };
    const problems = await problemsOf(files);
    expect(problems.map(({ code, file }) => [code, file])).toEqual([
      ["frame-unreadable", "frames/a/000001.jpg"],
      ["frame-unreadable", "frames/a/000004.jpg"],
      ["frame-unreadable", "frames/b/000000.jpg"],
      ["frame-unreadable", "frames/b/000001.jpg"],
    ]);
    expect(problems[0]).toMatchObject({ line: null, id: null, expected: "a whole JPEG" });
  });

  test("a progressive one and one with padding are good; what is no frame is not looked at", async () => {
    const progressive = await sharp(jpeg).jpeg({ progressive: true }).toBuffer();
    const files = {
      "frames/a/000000.jpg": progressive,
      "frames/a/000001.jpg": Buffer.concat([jpeg, new Uint8Array(5)]),
      "frames/a/notes.txt": Buffer.from("mine"),
      "scenes/a.jpg": Buffer.from("no frame"),
    };
    expect(await problemsOf(files)).toEqual([]);
  });

  test("a frame that vanished meanwhile is a problem, not a crash", async () => {
    const problems: Problem[] = [];
    await checkFrames(folder, ["frames/gone/000000.jpg"], (problem) => problems.push(problem));
    expect(problems).toMatchObject([{ code: "file-missing", file: "frames/gone/000000.jpg" }]);
  });
});
