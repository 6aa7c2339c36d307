import { describe, expect, test } from "@jest/globals";
import { flattenSettings } from "../../src/settings/flattenSettings.ts";

describe("flattenSettings", () => {
  test("names what stands inside another by its path, in the order of the names", () => {
    const settings = {
      temperature: 0,
      image: { pixels: 401408, size: { w: 1 } },
      frames: [1, 2],
      key: null,
      model: "a b",
    };
    expect([...flattenSettings(settings)]).toEqual([
      ["frames", "[1,2]"],
      ["image.pixels", "401408"],
      ["image.size.w", "1"],
      ["key", "null"],
      ["model", "a b"],
      ["temperature", "0"],
    ]);
  });

  test("an empty object is a value, no settings are none", () => {
    expect([...flattenSettings({ extra: {} })]).toEqual([["extra", "{}"]]);
    expect(flattenSettings({}).size).toBe(0);
  });
});
