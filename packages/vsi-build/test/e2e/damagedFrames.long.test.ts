import { cp, mkdir, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Reject, SceneFacts } from "@vsi/dataset";
import { validateScene } from "@vsi/dataset/validate";
import { openSensStream, type SensStream } from "@vsi/geometry/node";
import type { ColorEncoder } from "@vsi/synth";
import { jpegColor, writeRawScanNet } from "@vsi/synth/node";
import { runVsiBuild } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import sharp from "sharp";

const SCAN = "scene9000_00";
const STREAM_FRAMES = 60;
const SAMPLED = 32;

const pngColor: ColorEncoder = {
  compression: "png",
  encode: (rgb, width, height) =>
    sharp(rgb, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer(),
};

/** What is written over a frame's bytes, and from which one on. */
type Damage = (frame: SensStream["frames"][number]) => [at: number, bytes: Uint8Array];

const DAMAGES = {
  depth: ({ depthOffset, depthBytes }) => [depthOffset + (depthBytes >> 1), new Uint8Array(20).fill(0xff)],
  "colour's first bytes": ({ colorOffset }) => [colorOffset, new Uint8Array(4)],
  "colour's segments": ({ colorOffset }) => [colorOffset + 2, new Uint8Array(4)],
  "colour's end": ({ colorOffset, colorBytes }) => [colorOffset + colorBytes - 9, new Uint8Array(9).fill(7)],
  "a marker in colour's pixels": ({ colorOffset, colorBytes }) => [
    colorOffset + colorBytes - 40,
    Uint8Array.of(0xff, 0x13, 0xff, 0x13),
  ],
} satisfies Record<string, Damage>;

/** A copy of a raw folder in which frames of the stream are damaged. */
async function damagedCopy(raw: string, copy: string, damages: ReadonlyMap<number, Damage>): Promise<string> {
  await cp(raw, copy, { recursive: true });
  const path = join(copy, "scans", SCAN, `${SCAN}.sens`);
  const stream = await openSensStream(path);
  const file = await open(path, "r+");
  for (const [index, damage] of damages) {
    const [at, bytes] = damage(stream.frames[index]!);
    await file.write(bytes, 0, bytes.length, at);
  }
  await file.close();
  await stream.close();
  return copy;
}

const matrix = (values: ArrayLike<number>): string =>
  [0, 4, 8, 12].map((row) => [0, 1, 2, 3].map((column) => values[row + column]).join(" ")).join("\n");

/** The scan with its frames exported as ScanNet's reader does it, without depth. */
async function exportedCopy(raw: string, copy: string): Promise<string> {
  await cp(raw, copy, { recursive: true });
  const path = join(copy, "scans", SCAN, `${SCAN}.sens`);
  const frames = join(copy, "frames", SCAN);
  for (const name of ["color", "pose", "intrinsic"]) await mkdir(join(frames, name), { recursive: true });
  const stream = await openSensStream(path);
  for (const { index, cameraToWorld } of stream.frames) {
    await writeFile(join(frames, "color", `${index}.jpg`), await stream.readColor(index));
    await writeFile(join(frames, "pose", `${index}.txt`), matrix(cameraToWorld));
  }
  for (const name of ["color", "depth"]) {
    await writeFile(join(frames, "intrinsic", `intrinsic_${name}.txt`), matrix(stream.intrinsicDepth));
  }
  await stream.close();
  await rm(path);
  return frames;
}

/** What uniform sampling takes of a whole stream (written out: the test does not ask the sampler). */
const SAMPLED_WHOLE = Array.from({ length: SAMPLED }, (_, place) =>
  Math.round((place * (STREAM_FRAMES - 1)) / (SAMPLED - 1)),
);

describe("damaged frames cost themselves, not the scan", () => {
  const folder = temporaryFolder();
  let raw = "";
  let whole = "";
  const common = ["--labels", "raw", "--min-visible-pixels", "20", "--frames", String(SAMPLED)];
  const bench = ["--protocol", "vsi-bench", ...common];
  const room = ["--protocol", "vsi-bench", "--types", "room_size_estimation", ...common];

  const factsOf = async (out: string): Promise<SceneFacts> => {
    const facts = JSON.parse(await readFile(join(out, "scenes", `${SCAN}.json`), "utf8")) as SceneFacts;
    validateScene(facts, { file: "scene" });
    return facts;
  };
  const build = async (source: string, name: string, words: readonly string[]) => {
    const out = join(folder, name);
    const built = await runVsiBuild(["--scannet", source, ...words, "--out", out]);
    expect(built).toMatchObject({ exitCode: 0 });
    const { camera } = await factsOf(out);
    const indices = camera!.frames.map(({ index }) => index);
    expect((await readdir(join(out, "frames", SCAN))).sort()).toEqual(camera!.frames.map(({ name: file }) => file));
    const warnings = built.stderr.split("\n").filter((line) => line.includes("skipped"));
    return { out, camera: camera!, indices, warnings };
  };

  beforeAll(async () => {
    raw = join(folder, "raw");
    await writeRawScanNet(raw, {
      rooms: 1,
      seed: 5,
      vertexCount: 12_000,
      frames: STREAM_FRAMES,
      colorEncoder: jpegColor,
    });
    const built = await build(raw, "whole", bench);
    whole = built.out;
    expect([built.indices, built.warnings]).toEqual([SAMPLED_WHOLE, []]);
    expect(built.camera).not.toHaveProperty("frames_damaged");
  });

  test("each kind of damage: 32 stay 32, the neighbour takes its place, one line says so, verify finds nothing", async () => {
    const kinds = Object.values(DAMAGES);
    const hit = SAMPLED_WHOLE.filter((_, place) => place > 0 && place % 5 === 0).slice(0, kinds.length);
    const source = await damagedCopy(
      raw,
      join(folder, "kinds"),
      new Map(hit.map((index, place) => [index, kinds[place]!])),
    );
    const { out, camera, indices, warnings } = await build(source, "kinds-out", [...bench, "--workers", "2"]);
    expect(hit).toHaveLength(kinds.length);
    expect(indices).toHaveLength(SAMPLED);
    expect(indices.filter((index) => hit.includes(index))).toEqual([]);
    expect(indices.filter((index) => SAMPLED_WHOLE.includes(index))).toHaveLength(SAMPLED - hit.length);
    expect(camera).toMatchObject({ frames_total: STREAM_FRAMES, frames_without_pose: 0, frames_damaged: hit.length });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`skipped ${hit.length} damaged frames, the first: frame ${hit[0]} (got `);
    const verified = await runVsiBuild(["verify", out]);
    expect(verified).toMatchObject({ exitCode: 0 });
    const one = await build(source, "kinds-one", [...bench, "--workers", "1"]);
    expect(await folderContent(one.out)).toEqual(await folderContent(out));
  });

  test("a damaged frame that nobody looks at changes no byte", async () => {
    const source = await damagedCopy(raw, join(folder, "unseen"), new Map([[1, DAMAGES.depth]]));
    expect(SAMPLED_WHOLE).not.toContain(1);
    const [one, other] = [await build(raw, "unseen-whole", room), await build(source, "unseen-out", room)];
    expect(await folderContent(other.out)).toEqual(await folderContent(one.out));
  });

  test.each(["coverage", "every:2"])("--sampling %s: as many as of the whole stream", async (sampling) => {
    const words = [...room, "--frames", "12", "--sampling", sampling];
    words.splice(words.indexOf("--frames"), 2);
    const name = sampling.replace(":", "-");
    const before = await build(raw, `${name}-whole`, words);
    const hit = [before.indices[3]!, before.indices[7]!];
    const damages = new Map<number, Damage>([
      [hit[0]!, DAMAGES.depth],
      [hit[1]!, DAMAGES["colour's segments"]],
    ]);
    const source = await damagedCopy(raw, join(folder, `${name}-raw`), damages);
    const after = await build(source, `${name}-out`, words);
    expect(after.indices).toHaveLength(12);
    expect(after.indices.filter((index) => hit.includes(index))).toEqual([]);
    expect(after.camera.frames_damaged).toBe(2);
  });

  test("appearance order: frames damaged right before an object appears make its order uncertain", async () => {
    const { camera } = await factsOf(whole);
    const last = camera!.first_seen!.at(-1)!;
    expect(last.index).toBeGreaterThan(1);
    const gap = Array.from({ length: Math.min(last.index, 40) }, (_, back) => last.index - 1 - back);
    const source = await damagedCopy(raw, join(folder, "order"), new Map(gap.map((index) => [index, DAMAGES.depth])));
    const after = await build(source, "order-out", bench);
    const seen = after.camera.first_seen!.find(({ object_id }) => object_id === last.object_id)!;
    expect(seen).toMatchObject({ index: last.index, time_s: last.time_s });
    expect(seen.earliest_s).toBeLessThan(seen.time_s);
    const lines = (await readFile(join(after.out, "rejects.jsonl"), "utf8")).split("\n").filter((line) => line !== "");
    const rejects = lines.map((line) => JSON.parse(line) as Reject);
    for (const { code, question_type } of rejects) {
      if (code === "order-in-damaged-frames") expect(question_type).toBe("obj_appearance_order");
    }
  });

  test("a PNG stream: flipped bits are found by the chunk's checksum, also when the frame is shrunk", async () => {
    const png = join(folder, "png");
    await writeRawScanNet(png, {
      rooms: 1,
      seed: 5,
      vertexCount: 12_000,
      frames: STREAM_FRAMES,
      colorEncoder: pngColor,
    });
    const flip: Damage = ({ colorOffset, colorBytes }) => [colorOffset + (colorBytes >> 1), Uint8Array.of(1, 2, 3)];
    const source = await damagedCopy(png, join(folder, "png-raw"), new Map([[SAMPLED_WHOLE[4]!, flip]]));
    for (const more of [[], ["--frame-size", "64x64"]]) {
      const { indices, camera } = await build(source, `png-out${more.length}`, [...room, ...more]);
      expect(indices).toHaveLength(SAMPLED);
      expect(indices).not.toContain(SAMPLED_WHOLE[4]);
      expect(camera.frames_damaged).toBe(1);
    }
  });

  test("exported frames: a missing pose, a broken one, a cut and an empty image", async () => {
    const source = join(folder, "exported");
    const frames = await exportedCopy(raw, source);
    const [missing, broken, cut, empty] = [4, 9, 14, 19].map((place) => SAMPLED_WHOLE[place]!) as [
      number,
      number,
      number,
      number,
    ];
    await rm(join(frames, "pose", `${missing}.txt`));
    await writeFile(join(frames, "pose", `${broken}.txt`), "1 0 0\n");
    const image = join(frames, "color", `${cut}.jpg`);
    await writeFile(image, (await readFile(image)).subarray(0, 900));
    await writeFile(join(frames, "color", `${empty}.jpg`), "");
    const { camera, indices, warnings } = await build(source, "exported-out", bench);
    expect(indices).toHaveLength(SAMPLED);
    for (const index of [missing, broken, cut, empty]) expect(indices).not.toContain(index);
    expect(camera).toMatchObject({ frames_total: STREAM_FRAMES, frames_without_pose: 0, frames_damaged: 4 });
    expect(warnings[0]).toContain(`skipped 4 damaged frames, the first: frame ${missing} (got no pose`);
  });

  test("a stream without a single good frame is skipped, with the first one's fault", async () => {
    const damages = new Map(Array.from({ length: STREAM_FRAMES }, (_, index) => [index, DAMAGES.depth]));
    const source = await damagedCopy(raw, join(folder, "none"), damages);
    const built = await runVsiBuild(["--scannet", source, ...bench, "--out", join(folder, "none-out")]);
    expect(built.exitCode).toBe(1);
    expect(built.stderr).toContain("frame 0: got");
    expect(built.stderr).toContain(`no other frame of ${STREAM_FRAMES} is usable`);
  });

  test("verify names a frame that does not decode, with checksums made after the damage", async () => {
    const copy = join(folder, "forged");
    await cp(whole, copy, { recursive: true });
    const name = `frames/${SCAN}/000000.jpg`;
    const bytes = await readFile(join(copy, name));
    bytes.fill(0x55, bytes.length >> 1, bytes.length - 2);
    await writeFile(join(copy, name), bytes);
    const sums = await readFile(join(copy, "SHA256SUMS"), "utf8");
    const hash = (await folderContent(copy))[name]!;
    const lines = sums.split("\n").map((line) => (line.endsWith(`  ${name}`) ? `${hash}  ${name}` : line));
    await writeFile(join(copy, "SHA256SUMS"), lines.join("\n"));
    const verified = await runVsiBuild(["verify", copy]);
    expect(verified.exitCode).toBe(1);
    expect(verified.stdout + verified.stderr).toContain(`${name}: frame-unreadable: got the error`);
  });
});
