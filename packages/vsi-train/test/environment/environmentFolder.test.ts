import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { cacheFolder, environmentFolder } from "../../src/environment/environmentFolder.ts";

const HOME = "/home/ada";

describe("cacheFolder", () => {
  test("is where each system keeps caches", () => {
    expect(cacheFolder("p", { platform: "linux", env: {}, home: HOME })).toBe("/home/ada/.cache/p");
    expect(cacheFolder("p", { platform: "darwin", env: {}, home: HOME })).toBe("/home/ada/Library/Caches/p");
    expect(cacheFolder("p", { platform: "win32", env: { LOCALAPPDATA: "/local" }, home: HOME })).toBe("/local/p");
    expect(cacheFolder("p", { platform: "win32", env: {}, home: HOME })).toBe("/home/ada/AppData/Local/p");
  });

  test("XDG_CACHE_HOME comes first where it is absolute, as its specification says", () => {
    expect(cacheFolder("p", { platform: "linux", env: { XDG_CACHE_HOME: "/big/cache" }, home: HOME })).toBe(
      "/big/cache/p",
    );
    expect(cacheFolder("p", { platform: "linux", env: { XDG_CACHE_HOME: "cache" }, home: HOME })).toBe(
      "/home/ada/.cache/p",
    );
    expect(cacheFolder("p", { platform: "linux", env: { XDG_CACHE_HOME: "" }, home: HOME })).toBe("/home/ada/.cache/p");
  });
});

const WORD = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const REQUIREMENTS = fc.uniqueArray(fc.record({ name: WORD, version: fc.stringMatching(/^\d\.\d{1,2}$/) }), {
  minLength: 1,
  selector: ({ name }) => name,
});

describe("environmentFolder", () => {
  test("is the same for the same packages in any order, and another for any other version or device", () => {
    fc.assert(
      fc.property(REQUIREMENTS, fc.nat(), (requirements, at) => {
        const folder = environmentFolder("/cache", requirements, "gpu");
        expect(folder).toMatch(/^\/cache\/gpu-[0-9a-f]{12}$/);
        expect(environmentFolder("/cache", requirements.toReversed(), "gpu")).toBe(folder);
        expect(environmentFolder("/cache", requirements, "cpu").slice(-12)).not.toBe(folder.slice(-12));
        const changed = requirements.with(at % requirements.length, { name: "other-package", version: "9.9" });
        expect(environmentFolder("/cache", changed, "gpu")).not.toBe(folder);
      }),
    );
  });
});
