import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import fc from "fast-check";
import type { EvalQuestion } from "../../src/evalQuestion.ts";
import type { FrameFile } from "../../src/run/frames.ts";
import { type FramesShown, framesToShow, shownFolder } from "../../src/run/shownFrames.ts";

const folder = temporaryFolder();

/** Of the first room two scans; scene0004 has fewer frames than the others. */
const FRAMES: Readonly<Record<string, number>> = {
  scene0000_00: 6,
  scene0000_01: 6,
  scene0001_00: 6,
  scene0002_00: 9,
  scene0003_00: 6,
  scene0004_00: 3,
};
const SCANS = Object.keys(FRAMES);

function question(scene_name: string, frames: string[] = []): EvalQuestion {
  const asked = { question_type: "obj_appearance_order", question: "In which order?", ground_truth: "left" };
  return { ...asked, id: scene_name, dataset: "scannet", scene_name, options: null, mc_answer: null, frames };
}

const ALL = SCANS.map((scan) => question(scan));

beforeAll(async () => {
  for (const [scan, count] of Object.entries(FRAMES)) {
    await mkdir(join(folder, scan));
    for (let frame = 0; frame < count; frame += 1) await writeFile(join(folder, scan, `${frame}.jpg`), "");
  }
});

const show = (shown: FramesShown, seed = 0, asked = ALL): Promise<FrameFile[][]> =>
  framesToShow(asked, ALL, { shown, seed, roots: [folder], most: 6 });

const sceneOf = (frame: FrameFile | undefined): string => frame?.path.split("/").at(-2) ?? "";

describe("framesToShow", () => {
  test("without frames nothing is looked for", async () => {
    expect(await framesToShow([question("nowhere")], [], { shown: "without", seed: 0, roots: [], most: 1 })).toEqual([
      [],
    ]);
  });

  test("shuffled: the same frames in another order, by the seed, whatever else is asked", async () => {
    const own = await show(null);
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const drawn = await show("shuffled", seed);
        for (const [index, frames] of drawn.entries()) {
          expect(frames).not.toEqual(own[index]);
          expect([...frames].sort((one, other) => (one.name < other.name ? -1 : 1))).toEqual(own[index]);
        }
        expect((await show("shuffled", seed, ALL.slice(3, 4)))[0]).toEqual(drawn[3]);
      }),
      { numRuns: 20 },
    );
    expect(await show("shuffled", 1)).not.toEqual(await show("shuffled", 2));
  });

  test("one frame has no other order: a question about one is asked as it was", async () => {
    const asked = [question("scene0000_00", ["2.jpg"])];
    expect(await show("shuffled", 0, asked)).toEqual(await show(null, 0, asked));
  });

  test("other rooms: as many frames as its own, of another room, also where the same room has another scan", async () => {
    const own = await show(null);
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const drawn = await show("other-rooms", seed);
        for (const [index, frames] of drawn.entries()) {
          expect(frames).toHaveLength(own[index]!.length);
          const scene = sceneOf(frames[0]);
          expect(frames.every((frame) => sceneOf(frame) === scene)).toBe(true);
          expect(scene.slice(0, -3)).not.toBe(SCANS[index]!.slice(0, -3));
        }
        expect((await show("other-rooms", seed, ALL.slice(2, 3)))[0]).toEqual(drawn[2]);
      }),
      { numRuns: 20 },
    );
  });

  test("other rooms: scans of one room by a table of rooms do not stand for each other", async () => {
    const asked = ["47333462", "47333463", "48458663"].map((video) => question(video));
    for (const { scene_name } of asked) {
      await mkdir(join(folder, scene_name));
      await writeFile(join(folder, scene_name, "0.jpg"), "");
    }
    const [first, second, third] = asked.map(({ scene_name }) => scene_name);
    const rooms = new Map([first!, second!].map((scan) => [scan, { physical_room: "office" }]));
    for (let seed = 0; seed < 8; seed += 1) {
      const options = { shown: "other-rooms", seed, roots: [folder], most: 1, rooms } as const;
      const scenes = (await framesToShow(asked, asked, options)).map(([frame]) => sceneOf(frame));
      expect(scenes.slice(0, 2)).toEqual([third, third]);
    }
  });

  test("other rooms: a question's own list of frames is stood for by as many of another's list", async () => {
    const asked = [question("scene0001_00", ["0.jpg", "1.jpg"]), question("scene0003_00", ["1.jpg", "2.jpg", "5.jpg"])];
    const [first, second] = await framesToShow(asked, asked, {
      shown: "other-rooms",
      seed: 0,
      roots: [folder],
      most: 9,
    });
    expect(first?.map(({ path }) => path)).toEqual(
      ["1.jpg", "5.jpg"].map((name) => join(folder, "scene0003_00", name)),
    );
    // Where no other room has as many, all of the one with most.
    expect(second?.map(({ path }) => path)).toEqual(
      ["0.jpg", "1.jpg"].map((name) => join(folder, "scene0001_00", name)),
    );
  });

  test("questions about one room have no other to show", async () => {
    const asked = [question("scene0000_00"), question("scene0000_01")];
    await expect(
      framesToShow(asked, asked, { shown: "other-rooms", seed: 0, roots: [folder], most: 6 }),
    ).rejects.toMatchObject({ code: "frames-other-rooms" });
  });
});

test("the folder beside a run, however the run's was written", () => {
  expect(shownFolder("runs/eval-a/", "other-rooms")).toBe("runs/eval-a-other-rooms");
});
