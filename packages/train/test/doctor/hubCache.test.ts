import { describe, expect, test } from "@jest/globals";
import { hubCache } from "../../src/doctor/hubCache.ts";

describe("hubCache", () => {
  test("follows huggingface_hub's variables in its order", () => {
    const at = (env: NodeJS.ProcessEnv) => hubCache({ platform: "darwin", env, home: "/home/ada" });
    expect(at({})).toBe("/home/ada/.cache/huggingface/hub");
    expect(at({ XDG_CACHE_HOME: "/cache" })).toBe("/cache/huggingface/hub");
    expect(at({ XDG_CACHE_HOME: "/cache", HF_HOME: "/hf" })).toBe("/hf/hub");
    expect(at({ HF_HOME: "/hf", HF_HUB_CACHE: "/hub" })).toBe("/hub");
  });
});
