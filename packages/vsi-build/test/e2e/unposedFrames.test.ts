import { chmod, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Manifest, Question, Reject, SceneFacts } from "@vsi/dataset";
import { validateScene } from "@vsi/dataset/validate";
import { openSensStream } from "@vsi/geometry/node";
import { makeRoom } from "@vsi/synth";
import { jpegColor, writeRawScanNet } from "@vsi/synth/node";
import { runVsiBuild } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { readLines } from "@vsi/testing/jsonFiles";
import sharp from "sharp";
import { publishedFile } from "../support/publishedForms.ts";

/** Videos that VSI-Bench tests on. */
const SCENES = ["41069025", "41069043"] as const;
const NEED_A_CAMERA = [
  "camera_displacement",
  "camera_movement_direction",
  "camera_obj_abs_dist",
  "camera_obj_rel_dist",
  "obj_appearance_order",
];

describe("frames without poses", () => {
  const folder = temporaryFolder();
  const facts = join(folder, "facts.json");
  const videos = join(folder, "videos");
  const bin = join(folder, "bin");
  const env = { PATH: `${bin}${delimiter}${process.env.PATH}` };
  const words = ["--protocol", "vsi-bench", "--frames", "4", "--workers", "1"];

  beforeAll(async () => {
    const rooms = SCENES.map((name, seed) => {
      const { truth } = makeRoom({ sceneName: `scene900${seed}_00`, seed, vertexCount: 12_000 });
      return { name, dataset: "arkitscenes", truth };
    });
    await writeFile(facts, JSON.stringify(publishedFile("VSI-Bench", rooms)));
    await mkdir(join(videos, "arkitscenes"), { recursive: true });
    await mkdir(bin);
    await writeFile(join(videos, "arkitscenes", `${SCENES[0]}.mp4`), "20 frames");
    await pretendFfmpeg();
  });

  /** A program called ffmpeg that counts 20 frames and shows, for those asked for, pictures as grey as their number. */
  async function pretendFfmpeg(): Promise<void> {
    for (let frame = 0; frame < 20; frame += 1) await picture(frame, join(bin, `${frame}.png`));
    const program = `#!${process.execPath}
const { readFileSync } = require("node:fs");
const words = process.argv.slice(2);
const path = words[words.indexOf("-i") + 1];
if (!path.startsWith("file:") || readFileSync(path.slice(5), "utf8") !== "20 frames") {
  process.stderr.write("Invalid data found\\n");
  process.exit(1);
}
if (words.includes("null")) process.stdout.write("frame=7\\nprogress=continue\\nframe=20\\nprogress=end\\n");
else for (const [, n] of words[words.indexOf("-vf") + 1].matchAll(/eq\\(n,(\\d+)\\)/g))
  process.stdout.write(readFileSync(${JSON.stringify(bin)} + "/" + n + ".png"));
`;
    await writeFile(join(bin, "ffmpeg"), program);
    await chmod(join(bin, "ffmpeg"), 0o755);
  }

  const picture = (frame: number, path: string) => {
    const grey = { r: 10 * frame, g: 10 * frame, b: 10 * frame };
    return sharp({ create: { width: 32, height: 24, channels: 3, background: grey } }).toFile(path);
  };

  const greyOf = async (path: string) => Math.round((await sharp(path).stats()).channels[0]!.mean / 10);

  const build = (out: string, ...more: string[]) =>
    runVsiBuild(["--meta-info", facts, "--frames-root", videos, ...words, "--out", join(folder, out), ...more], {
      env,
    });

  test("published facts with a video and with a folder of pictures: the whole room's questions, with frames", async () => {
    await mkdir(join(videos, SCENES[1]));
    for (const [index, name] of ["f_9.jpg", "f_10.jpg", "f_11.jpg"].entries()) {
      await picture(index, join(videos, SCENES[1], name));
    }
    expect(await build("out")).toMatchObject({ exitCode: 0 });
    const out = join(folder, "out");
    const without = await runVsiBuild(
      ["--meta-info", facts, "--protocol", "vsi-bench", "--out", join(folder, "without")], // The same without frames.
    );
    expect(without).toMatchObject({ exitCode: 0 });
    const plain = ({ frames: _, ...question }: Question) => question;
    const questions = await readLines<Question>(join(out, "data", "test.jsonl"));
    expect(questions.map(plain)).toEqual(
      (await readLines<Question>(join(folder, "without", "data", "test.jsonl"))).map(plain),
    );
    const names: Record<string, number[]> = { [SCENES[0]]: [0, 6, 13, 19], [SCENES[1]]: [0, 1, 2] };
    for (const { scene_name, frames } of questions) {
      expect(frames).toEqual(names[scene_name]!.map((index) => `${String(index).padStart(6, "0")}.jpg`));
    }
    for (const [scene, indices] of Object.entries(names)) {
      const shown = (await readdir(join(out, "frames", scene))).map((name) => greyOf(join(out, "frames", scene, name)));
      expect(await Promise.all(shown)).toEqual(indices);
      const written = JSON.parse(await readFile(join(out, "scenes", `${scene}.json`), "utf8")) as SceneFacts;
      validateScene(written, { file: scene });
      expect(written).toMatchObject({ camera: null, unposed_frames: { frames: { length: indices.length } } });
    }
    const rejects = await readLines<Reject>(join(out, "rejects.jsonl"));
    const unposed = rejects.filter(({ code }) => code === "frames-without-poses");
    expect([...new Set(unposed.map(({ question_type }) => question_type))].sort()).toEqual(NEED_A_CAMERA);
    expect(unposed).toHaveLength(NEED_A_CAMERA.length * SCENES.length);
    const manifest = JSON.parse(await readFile(join(out, "manifest.json"), "utf8")) as Manifest;
    expect(JSON.stringify(manifest.counts)).toContain('"frames-without-poses":10');
    expect(await readFile(join(out, "README.md"), "utf8")).toContain(
      "The frames of 2 scenes have no poses: they are evenly sampled pictures of a video, and **what they show was not measured**.",
    );
    expect(await runVsiBuild(["verify", out, "--regenerate"])).toMatchObject({ exitCode: 0 });
  });

  test("verify finds a frame that is not there, and frames that a question does not list", async () => {
    const out = join(folder, "forged");
    await cp(join(folder, "out"), out, { recursive: true });
    await rm(join(out, "frames", SCENES[1], "000001.jpg"));
    const path = join(out, "data", "test.jsonl");
    await writeFile(path, (await readFile(path, "utf8")).replace('"000000.jpg",', ""));
    const { exitCode, stdout, stderr } = await runVsiBuild(["verify", out]);
    expect(exitCode).toBe(1);
    expect(`${stdout}${stderr}`).toMatch(/frame-missing|a frame that its scene names/);
    expect(`${stdout}${stderr}`).toMatch(/000006\.jpg/);
  });

  test("a damaged video, or none, costs its scene; coverage and counting what is visible are refused", async () => {
    await writeFile(join(videos, "arkitscenes", `${SCENES[0]}.mp4`), "cut");
    const damaged = await build("damaged");
    expect(damaged.stderr).toContain(
      `${SCENES[0]}.mp4: video: got the error "Invalid data found", expected a whole video`,
    );
    expect(await readdir(join(folder, "damaged", "frames"))).toEqual([SCENES[1]]);
    await rm(join(videos, "arkitscenes", `${SCENES[0]}.mp4`));
    expect((await build("none")).stderr).toContain(`${SCENES[0]}: got no video or pictures of this scene`);
    for (const flags of [["--sampling", "coverage"], ["--count-visible"]]) {
      const { exitCode, stderr } = await build("refused", "--overwrite", ...flags);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(`expected a pose for each, as ${flags.join(" ")} asks what the frames show`);
    }
    const named = await build("named", "--types", "obj_appearance_order");
    expect(named).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("build from --scannet with --frames N"),
    });
  });

  test("raw scans: exported frames of which nobody kept the poses", async () => {
    const raw = join(folder, "raw");
    const [scanId = ""] = await writeRawScanNet(raw, {
      ...{ rooms: 1, seed: 5, vertexCount: 10_000, frames: 6, colorEncoder: jpegColor },
    });
    const path = join(raw, "scans", scanId, `${scanId}.sens`);
    const stream = await openSensStream(path);
    await mkdir(join(raw, "frames", scanId, "color"), { recursive: true });
    for (const { index } of stream.frames) {
      await writeFile(join(raw, "frames", scanId, "color", `${index}.jpg`), await stream.readColor(index));
    }
    await stream.close();
    await rm(path);
    const out = join(folder, "rawOut");
    const built = await runVsiBuild(["--scannet", raw, ...words, "--out", out]);
    expect(built).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("1 scan as pictures without poses") });
    const written = JSON.parse(await readFile(join(out, "scenes", `${scanId}.json`), "utf8")) as SceneFacts;
    expect(written.surface_distances).not.toBeNull();
    expect(written.unposed_frames?.frames.map(({ index }) => index)).toEqual([0, 2, 3, 5]);
    expect(await runVsiBuild(["verify", out])).toMatchObject({ exitCode: 0 });
  });
});
