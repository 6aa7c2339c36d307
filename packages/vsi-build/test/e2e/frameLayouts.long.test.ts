import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { SceneFacts } from "@vsi/dataset";
import { openSensStream, type SensStream } from "@vsi/geometry/node";
import { jpegColor, writeRawScanNet } from "@vsi/synth/node";
import { runVsiBuild } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { LAYOUTS, writeFolders } from "../support/frameLayouts.ts";
import { plyInFormat } from "../support/plyFormats.ts";

const FRAMES = ["--frames", "6", "--min-visible-pixels", "20"];

/** Exported frames have no clock: their times are frame numbers at 30 a second, and all else is the stream's. */
function withoutTimes(facts: SceneFacts): SceneFacts {
  const camera = structuredClone(facts.camera);
  for (const timed of [...(camera?.frames ?? []), ...(camera?.first_seen ?? [])]) timed.time_s = 0;
  return { ...facts, camera };
}

describe("frames where they lie", () => {
  const folder = temporaryFolder();
  let raw = "";
  let scanId = "";
  let made = 0;
  let fromSens: { questions: string; facts: SceneFacts };

  beforeAll(async () => {
    raw = join(folder, "raw");
    [scanId = ""] = await writeRawScanNet(raw, {
      rooms: 1,
      seed: 5,
      vertexCount: 10_000,
      frames: 24,
      colorEncoder: jpegColor,
    });
    fromSens = (await build(raw)).dataset;
    expect(fromSens.questions.split("\n").length).toBeGreaterThan(20);
  });

  async function build(root: string, ...more: string[]) {
    made += 1;
    const out = join(folder, `out${made}`);
    const words = ["--scannet", root, "--protocol", "vsi-bench", "--labels", "raw", ...FRAMES, "--out", out, ...more];
    const built = await runVsiBuild(words);
    expect(built).toMatchObject({ exitCode: 0 });
    const [train, validation, facts] = await Promise.all(
      ["data/train.jsonl", "data/validation.jsonl", `scenes/${scanId}.json`].map((name) =>
        readFile(join(out, name), "utf8"),
      ),
    );
    const dataset = { questions: `${train}${validation}`, facts: withoutTimes(JSON.parse(facts as string)) };
    return { dataset, stderr: built.stderr };
  }

  /** The raw folder without its stream, which `write` gets. */
  async function withoutSens(name: string, write: (stream: SensStream, root: string) => Promise<void>) {
    const root = join(folder, name);
    await cp(join(raw, "scans", scanId), join(root, "scans", scanId), { recursive: true });
    const path = join(root, "scans", scanId, `${scanId}.sens`);
    const stream = await openSensStream(path);
    await write(stream, root);
    await stream.close();
    await rm(path);
    return root;
  }

  test.each(Object.entries(LAYOUTS))("%s: the same questions and facts as from the .sens", async (name, layout) => {
    const root = await withoutSens(name.replaceAll(/\W/g, ""), (stream, top) =>
      layout.write(stream, join(top, layout.folder(scanId))),
    );
    const { dataset, stderr } = await build(root);
    expect(stderr).toMatch(/^frames: 1 scan as /m);
    expect(dataset).toEqual(fromSens);
  });

  test("regression: a cut .sens took precedence over whole exported frames; they are taken, and that is said once", async () => {
    const root = await withoutSens("cut", (stream, top) => writeFolders(stream, join(top, "frames", scanId)));
    const sens = await readFile(join(raw, "scans", scanId, `${scanId}.sens`));
    await writeFile(join(root, "scans", scanId, `${scanId}.sens`), sens.subarray(0, sens.length / 2));
    const { dataset, stderr } = await build(root);
    expect(dataset).toEqual(fromSens);
    const said = `${scanId}/${scanId}.sens is damaged`;
    expect(stderr.split(said)).toHaveLength(2);
    expect(stderr).toContain(`: took the exported frames in frames/${scanId}.`);
  });

  test("--frames-root: the frames of another disk, and only these", async () => {
    const elsewhere = join(folder, "elsewhere");
    const root = await withoutSens("rooted", (stream) => writeFolders(stream, join(elsewhere, scanId)));
    const { dataset, stderr } = await build(root, "--frames-root", elsewhere);
    expect(stderr).toContain("frames: 1 scan as folders in elsewhere/*");
    expect(dataset).toEqual(fromSens);
  });

  test("without depth images: the same frames, poses and objects; what hides an object is then the mesh alone", async () => {
    const root = await withoutSens("nodepth", async (stream, top) => {
      await writeFolders(stream, join(top, "frames", scanId));
      await rm(join(top, "frames", scanId, "depth"), { recursive: true });
    });
    const { facts } = (await build(root)).dataset;
    const poses = ({ camera }: SceneFacts) =>
      camera?.frames.map(({ name, camera_to_world }) => [name, camera_to_world]);
    expect(poses(facts)).toEqual(poses(fromSens.facts));
    expect(facts.objects).toEqual(fromSens.facts.objects);
    expect(facts.camera?.frames[0]?.visible.length).toBeGreaterThan(0);
  });

  test.each(["ascii", "binary_big_endian"] as const)(
    "a mesh saved again as %s gives the same with --frames",
    async (format) => {
      const root = join(folder, format);
      await cp(raw, root, { recursive: true });
      const path = join(root, "scans", scanId, `${scanId}_vh_clean_2.ply`);
      await writeFile(path, plyInFormat(await readFile(path), format));
      expect((await build(root)).dataset).toEqual(fromSens);
    },
  );

  test("one damaged depth image, or one missing pose, loses that frame, not the scan", async () => {
    const root = await withoutSens("damaged", async (stream, top) => {
      const frames = join(top, "frames", scanId);
      await writeFolders(stream, frames);
      await writeFile(
        join(frames, "depth", "0.png"),
        (await readFile(join(frames, "depth", "0.png"))).subarray(0, 200),
      );
      await rm(join(frames, "pose", "23.txt"));
    });
    const { dataset, stderr } = await build(root);
    expect(stderr).toMatch(/skipped 2 damaged frames, the first: frame 0 \(frames\/\w+\/depth\/0\.png: got pixels/);
    expect(dataset.facts.camera).toMatchObject({ frames_damaged: 2 });
  });

  test("a folder called Color is the colour's", async () => {
    const root = await withoutSens("capital", async (stream, top) => {
      await writeFolders(stream, join(top, "frames", scanId));
      await rename(join(top, "frames", scanId, "color"), join(top, "frames", scanId, "Color"));
    });
    expect((await build(root)).dataset).toEqual(fromSens);
  });

  test("poses in millimetres show nothing of the room, which is said", async () => {
    const root = await withoutSens("millimetres", async (stream, top) => {
      for (const { cameraToWorld } of stream.frames) for (const cell of [3, 7, 11]) cameraToWorld[cell]! *= 1000;
      await writeFolders(stream, join(top, "frames", scanId));
    });
    const { stderr } = await build(root);
    expect(stderr).toContain("6 of 6 sampled frames show none of the scan's objects: check that the poses are");
  });

  test("--frames-root that is no folder, or a single scan's, says so", async () => {
    const root = await withoutSens("roots", (stream, top) => writeFolders(stream, join(top, "frames", scanId)));
    for (const [given, said] of [
      [join(root, "no"), "got nothing at this path, expected the folder"],
      [join(root, "frames", scanId), `Give the one around it, ${join(root, "frames")}.`],
    ] as const) {
      const out = join(folder, "never");
      const built = await runVsiBuild(["--scannet", root, ...FRAMES, "--frames-root", given, "--out", out]);
      expect(built).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(said) });
    }
  });

  test("no frames anywhere: one error that says where it looked, before any scan is read", async () => {
    const root = await withoutSens("none", async () => {});
    const out = join(folder, "never");
    const built = await runVsiBuild(["--scannet", root, ...FRAMES, "--out", out]);
    expect(built.exitCode).toBe(2);
    expect(built.stderr).toContain("none of 1 scan has frames in the scans' folders and beside them");
    expect(built.stderr).toContain(`posed_images/${scanId}`);
    await mkdir(out); // Nothing was written there.
  });
});
