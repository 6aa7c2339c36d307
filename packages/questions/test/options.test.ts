import { expect, test } from "@jest/globals";
import { OptionsError } from "../src/errors.ts";
import { DEFAULT_GENERATE_OPTIONS, validateOptions } from "../src/options.ts";

test("the defaults and limits of 0 pass", () => {
  validateOptions(DEFAULT_GENERATE_OPTIONS);
  validateOptions({ ...DEFAULT_GENERATE_OPTIONS, seed: -1, types: [], maxPerScene: { object_counting: 0 } });
});

test.each([
  ["a protocol nobody knows", { protocol: "vsi-1m" }, "options-protocol", "protocol"],
  ["a type nobody knows", { types: ["object_counting", "route"] }, "options-type", "types"],
  ["a type of another protocol", { types: ["object_rel_direction_hard"] }, "options-type", "types"],
  ["names nobody knows", { labels: "short" }, "options-labels", "labels"],
  ["names without a prototype", { labels: Object.create(null) }, "options-labels", "labels"],
  ["types that are no list", { types: "object_counting" }, "options-type", "types"],
  ["a distance nobody knows", { distance: "mesh" }, "options-distance", "distance"],
  ["a seed that is no number", { seed: Number.NaN }, "options-seed", "seed"],
  ["a seed with a fraction", { seed: 0.5 }, "options-seed", "seed"],
  ["a limit for a type nobody knows", { maxPerScene: { route: 1 } }, "options-max-per-scene", "maxPerScene"],
  [
    "a negative limit",
    { maxPerScene: { object_counting: -1 } },
    "options-max-per-scene",
    "maxPerScene.object_counting",
  ],
  [
    "a limit that is no number",
    { maxPerScene: { object_counting: Number.NaN } },
    "options-max-per-scene",
    "maxPerScene.object_counting",
  ],
  ["no pixel at all", { minVisiblePixels: 0 }, "options-min-visible-pixels", "minVisiblePixels"],
  ["half a pixel", { minVisiblePixels: 0.5 }, "options-min-visible-pixels", "minVisiblePixels"],
  ["a flag as text", { countVisible: "no" }, "options-count-visible", "countVisible"],
])("%s is refused with its place", (_, change, code, place) => {
  const options = { ...DEFAULT_GENERATE_OPTIONS, ...change } as never;
  expect(() => validateOptions(options)).toThrow(OptionsError);
  expect(() => validateOptions(options)).toThrow(
    expect.objectContaining({ code, detail: expect.objectContaining({ place }) }),
  );
});

test("regression: a seed in quotes was shown as a number", () => {
  expect(() => validateOptions({ ...DEFAULT_GENERATE_OPTIONS, seed: "1" } as never)).toThrow(
    'seed: got "1", expected an integer.',
  );
});
