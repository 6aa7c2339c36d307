import { describe, expect, test } from "@jest/globals";
import { cacheFolder } from "../../src/environment/cacheFolder.ts";

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
