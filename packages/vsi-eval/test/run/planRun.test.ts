import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { manifest, question, writeQuestions } from "@vsi/testing/question";
import { frameRoots, planRun } from "../../src/run/planRun.ts";
import { DEFAULT_RUN_OPTIONS } from "../../src/run/runOptions.ts";

describe("frameRoots", () => {
  const folder = temporaryFolder();

  test("regression: a --frames-dir that is not there was passed over for the dataset's own frames", async () => {
    const [data, own, none] = [join(folder, "data"), join(folder, "own"), join(folder, "none")];
    await mkdir(data);
    await mkdir(own);
    await writeFile(join(folder, "a.txt"), "");
    expect(await frameRoots({ data, framesFolder: own })).toEqual([own, join(data, "frames")]);
    expect(await frameRoots({ data, framesFolder: null })).toEqual([join(data, "frames")]);
    await expect(frameRoots({ data, framesFolder: none })).rejects.toThrow(
      `--frames-dir ${none}: got nothing at this path, expected the folder of the scenes' frames.`,
    );
    await expect(frameRoots({ data, framesFolder: join(folder, "a.txt") })).rejects.toThrow("got a file");
  });
});

describe("planRun", () => {
  const folder = temporaryFolder();

  test("another room's frames are never of the same room, which the dataset's scenes say", async () => {
    const rooms = { "47333462": "921372", "47333463": "921372", "48458663": "922012" };
    const data = join(folder, "dataset");
    const asked = Object.keys(rooms).map((scene_name, index) =>
      question({ id: `${index}`.padStart(16, "0"), dataset: "arkitscenes", scene_name, frames: ["0.jpg"] }),
    );
    await writeQuestions(data, { test: asked });
    const inputs = { scans_read: 3, scans_skipped: {}, scenes_on_room_tables: 3 };
    await writeFile(join(data, "manifest.json"), JSON.stringify(manifest({ inputs })));
    await mkdir(join(data, "scenes"));
    for (const [scene, physical_room] of Object.entries(rooms)) {
      await writeFile(join(data, "scenes", `${scene}.json`), JSON.stringify({ physical_room }));
      await mkdir(join(data, "frames", scene), { recursive: true });
      await writeFile(join(data, "frames", scene, "0.jpg"), "");
    }
    for (let framesSeed = 0; framesSeed < 6; framesSeed += 1) {
      const { questions } = await planRun({
        ...DEFAULT_RUN_OPTIONS,
        ...{ model: "tiny", baseUrl: "http://localhost:1/v1", data, out: join(folder, "run") },
        ...{ framesOfOtherRooms: true, framesSeed },
      });
      const shown = questions.map(({ frames }) => frames[0]?.path);
      const third = join(data, "frames", "48458663", "0.jpg");
      expect(shown.slice(0, 2)).toEqual([third, third]);
    }
  });
});
