import { expect, test } from "@jest/globals";
import { framesSection } from "../../src/card/framesSection.ts";
import { settings } from "../support/question.ts";

const frames = { frames: 8, sampling: "uniform", size: null, video: false } as const;

test("without frames: how they would come, or whose the videos are", () => {
  expect(framesSection(settings(), true, false)).toContain("--frames N");
  expect(framesSection(settings(), true, true)).toContain("made from facts about the scenes");
});

test("with ScanNet's pixels: they must not be redistributed, and --no-pixels is the way", () => {
  const text = framesSection(settings({ frames }), true, false);
  expect(text).toContain("must not be redistributed");
  expect(text).toContain("--no-pixels");
  expect(framesSection(settings({ frames }), false, false)).not.toContain("must not");
});

test("without pixels: the command that brings them, and ScanNet's terms where they hold", () => {
  const text = framesSection(settings({ frames, pixels: false }), true, false);
  expect(text).toContain("accept the terms");
  expect(text).toContain("```sh\nvsi-build --scannet ./raw --seed 0 --frames 8\n```");
  expect(framesSection(settings({ frames, pixels: false }), false, false)).not.toContain("terms");
});
