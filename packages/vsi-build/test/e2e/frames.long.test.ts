import { spawnSync } from "node:child_process";
import { cp, mkdir, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Question } from "@vsi/dataset";
import { validateQuestion, validateScene } from "@vsi/dataset/validate";
import type { SceneFacts } from "@vsi/geometry";
import { openSensStream } from "@vsi/geometry/node";
import { type StreamTruth, trueFirstSeen } from "@vsi/synth";
import { jpegColor, writeRawScanNet } from "@vsi/synth/node";
import { runVsiBuild } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";

const ROOMS = 3;
const STREAM_FRAMES = 60;
const SAMPLED = 8;

/** Of the small images that sample rooms are filmed with. */
const LEAST_PIXELS = 20;

async function readJson<Value>(...path: string[]): Promise<Value> {
  return JSON.parse(await readFile(join(...path), "utf8"));
}

describe("vsi-build --frames", () => {
  const folder = temporaryFolder();
  let raw = "";
  let out = "";
  let words: string[] = [];
  let scanIds: string[] = [];
  const truths = new Map<string, StreamTruth>();
  const scenes = new Map<string, SceneFacts>();
  let questions: Question[] = [];

  beforeAll(async () => {
    raw = join(folder, "raw");
    out = join(folder, "out");
    scanIds = await writeRawScanNet(raw, {
      rooms: ROOMS,
      seed: 5,
      vertexCount: 20_000,
      frames: STREAM_FRAMES,
      colorEncoder: jpegColor,
    });
    words = ["--scannet", raw, "--protocol", "vsi-bench", "--labels", "raw", "--frames", String(SAMPLED)];
    words.push("--min-visible-pixels", String(LEAST_PIXELS));
    const built = await runVsiBuild([...words, "--out", out, "--workers", "2"]);
    expect(built).toMatchObject({ exitCode: 0 });
    for (const scanId of scanIds) {
      truths.set(scanId, await readJson<StreamTruth>(raw, "truth", `${scanId}.json`));
      scenes.set(scanId, await readJson<SceneFacts>(out, "scenes", `${scanId}.json`));
    }
    const lines = await Promise.all(
      ["train", "validation"].map((split) => readFile(join(out, "data", `${split}.jsonl`), "utf8")),
    );
    questions = lines
      .join("")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  });

  test("the sampled frames are the stream's own bytes, spread from its first frame to its last", async () => {
    for (const scanId of scanIds) {
      const names = (await readdir(join(out, "frames", scanId))).sort();
      expect(names).toHaveLength(SAMPLED);
      expect(names[0]).toBe("000000.jpg");
      expect(names.at(-1)).toBe(`${String(STREAM_FRAMES - 1).padStart(6, "0")}.jpg`);
      const stream = await openSensStream(join(raw, "scans", scanId, `${scanId}.sens`));
      expect(stream.colorCompression).toBe("jpeg");
      for (const name of names) {
        const written = new Uint8Array(await readFile(join(out, "frames", scanId, name)));
        expect(written).toEqual(new Uint8Array(await stream.readColor(Number.parseInt(name, 10))));
      }
      await stream.close();
    }
  });

  test("visible pixels are those of the renderer's object ids, within 2 % or 5 pixels", () => {
    let compared = 0;
    for (const scanId of scanIds) {
      const camera = scenes.get(scanId)!.camera!;
      expect(camera).toMatchObject({ frames_total: STREAM_FRAMES, frames_without_pose: 0 });
      for (const frame of camera.frames) {
        const known = truths.get(scanId)!.frames[frame.index]!;
        const counted = new Map(frame.visible.map(({ object_id, pixels }) => [object_id, pixels]));
        for (const { objectId, pixels } of known.visible) {
          expect(Math.abs((counted.get(objectId) ?? 0) - pixels)).toBeLessThanOrEqual(Math.max(5, 0.02 * pixels));
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(ROOMS * SAMPLED);
  });

  test("when an object is first seen is when the renderer first drew enough of it", () => {
    for (const scanId of scanIds) {
      const { frames } = truths.get(scanId)!;
      const seen = new Map(scenes.get(scanId)!.camera!.first_seen!.map((first) => [first.object_id, first.index]));
      // Five pixels more or less may move the first frame: it lies between the renderer's with a few pixels less and
      // more.
      const early = trueFirstSeen(frames, LEAST_PIXELS - 5);
      for (const [objectId, latest] of trueFirstSeen(frames, LEAST_PIXELS + 5)) {
        expect(seen.get(objectId)).toBeGreaterThanOrEqual(early.get(objectId)!);
        expect(seen.get(objectId)).toBeLessThanOrEqual(latest);
      }
    }
  });

  test("every question names the frames, and is only about what they show", () => {
    expect(questions.length).toBeGreaterThan(ROOMS * 20);
    for (const question of questions) {
      validateQuestion(question, { file: "data" });
      const { frames } = scenes.get(question.scene_name)!.camera!;
      expect(question.frames).toEqual(frames.map((frame) => frame.name));
      for (const id of question.evidence.object_ids) {
        const most = frames.map((frame) => frame.visible.find((seen) => seen.object_id === id)?.pixels ?? 0);
        expect(Math.max(...most)).toBeGreaterThanOrEqual(LEAST_PIXELS);
      }
      for (const name of question.evidence.frames!) expect(question.frames).toContain(name);
    }
    for (const facts of scenes.values()) validateScene(facts, { file: "scenes" });
  });

  test("the same bytes for one worker", async () => {
    const other = join(folder, "one");
    const built = await runVsiBuild([...words, "--out", other, "--workers", "1"]);
    expect(built.exitCode).toBe(0);
    expect(await folderContent(other)).toEqual(await folderContent(out));
  });

  test("--frame-size shrinks, --sampling coverage shows at least as many objects as uniform", async () => {
    const small = join(folder, "small");
    const more = ["--frame-size", "64x64", "--sampling", "coverage", "--types", "room_size_estimation"];
    const built = await runVsiBuild([...words, ...more, "--out", small]);
    expect(built).toMatchObject({ exitCode: 0 });
    const { default: sharp } = await import("sharp");
    for (const scanId of scanIds) {
      const shown = (facts: SceneFacts): number => {
        const seen = facts.camera!.frames.flatMap((frame) => frame.visible.filter((one) => one.pixels >= LEAST_PIXELS));
        return new Set(seen.map((one) => one.object_id)).size;
      };
      const facts = await readJson<SceneFacts>(small, "scenes", `${scanId}.json`);
      expect(shown(facts)).toBeGreaterThanOrEqual(shown(scenes.get(scanId)!));
      const image = await sharp(join(small, "frames", scanId, facts.camera!.frames[0]!.name)).metadata();
      expect(Math.max(image.width, image.height)).toBe(64);
    }
  });

  test("frames that others exported are taken in place of a .sens", async () => {
    const scanId = scanIds[2] as string;
    const exported = join(folder, "exported");
    await cp(join(raw, "scans", scanId), join(exported, "scans", scanId), { recursive: true });
    const frames = join(exported, "frames", scanId);
    for (const name of ["color", "pose", "intrinsic"]) await mkdir(join(frames, name), { recursive: true });
    const matrix = (values: ArrayLike<number>): string =>
      [0, 4, 8, 12]
        .map((row) =>
          Array.from(values)
            .slice(row, row + 4)
            .join(" "),
        )
        .join("\n");
    const stream = await openSensStream(join(exported, "scans", scanId, `${scanId}.sens`));
    for (const { index, cameraToWorld } of stream.frames) {
      await writeFile(join(frames, "color", `${index}.jpg`), await stream.readColor(index));
      await writeFile(join(frames, "pose", `${index}.txt`), matrix(cameraToWorld));
    }
    for (const name of ["color", "depth"]) {
      await writeFile(join(frames, "intrinsic", `intrinsic_${name}.txt`), matrix(stream.intrinsicDepth));
    }
    await stream.close();
    await rm(join(exported, "scans", scanId, `${scanId}.sens`));
    const other = join(folder, "from-exported");
    const flags = words.map((word) => (word === raw ? exported : word));
    expect(await runVsiBuild([...flags, "--out", other])).toMatchObject({ exitCode: 0 });
    const [one, same] = [
      await folderContent(join(out, "frames", scanId)),
      await folderContent(join(other, "frames", scanId)),
    ];
    expect(same).toEqual(one);
  });

  test("a scan with a cut stream, or none, is skipped with one line and the others go on", async () => {
    const [cut, gone] = scanIds as [string, string];
    const path = join(raw, "scans", cut, `${cut}.sens`);
    const other = join(raw, "scans", gone, `${gone}.sens`);
    const [whole, removed] = [await readFile(path), await readFile(other)];
    const handle = await open(path, "r+");
    await handle.truncate(whole.length - 5000);
    await handle.close();
    await rm(other);
    try {
      const built = await runVsiBuild([...words, "--out", join(folder, "broken")]);
      expect(built.exitCode).toBe(1);
      const lines = built.stderr.split("\n").filter((line) => line.includes("error:"));
      expect(lines).toHaveLength(2);
      expect(lines.join("\n")).toMatch(/\.sens: frame \d+/);
      expect(lines.join("\n")).toContain("--type .sens");
      expect(await readdir(join(folder, "broken", "frames"))).toEqual([scanIds[2]]);
    } finally {
      await writeFile(path, whole);
      await writeFile(other, removed);
    }
  });

  const hasEncoder = spawnSync("ffmpeg", ["-version"]).status === 0;
  (hasEncoder ? test : test.skip)(
    "--video: an mp4 of all sampled frames, the same bytes each time (skipped without ffmpeg)",
    async () => {
      const made = ["a", "b"].map((name) => join(folder, `video-${name}`));
      for (const path of made) {
        const more = ["--video", "--types", "room_size_estimation", "--out", path];
        expect(await runVsiBuild([...words, ...more])).toMatchObject({ exitCode: 0 });
      }
      const [one, other] = await Promise.all(made.map((path) => folderContent(path)));
      expect(one).toEqual(other);
      const probe = ["-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0"];
      const counted = spawnSync("ffprobe", [...probe, join(made[0]!, "videos", `${scanIds[0]}.mp4`)], {
        encoding: "utf8",
      });
      expect(Number(counted.stdout)).toBe(SAMPLED);
    },
  );

  test("--video without ffmpeg is refused before anything is read", async () => {
    const built = await runVsiBuild([...words, "--video", "--out", join(folder, "never")], {
      env: { PATH: folder },
    });
    expect(built).toMatchObject({ exitCode: 2 });
    expect(built.stderr).toContain("ffmpeg is not on the PATH");
  });

  test.each([
    ["--video without --frames", ["--video"], "--video: means nothing without --frames N"],
    ["a sampling that is none", ["--frames", "4", "--sampling", "often"], "uniform, coverage, or every:N"],
    ["a size that is none", ["--frames", "4", "--frame-size", "big"], "WIDTHxHEIGHT"],
    ["no frames", ["--frames", "0"], "whole number"],
  ])("refuses %s", async (_, more, text) => {
    const built = await runVsiBuild(["--scannet", raw, ...more]);
    expect(built).toMatchObject({ exitCode: 2 });
    expect(built.stderr).toContain(text);
  });
});
