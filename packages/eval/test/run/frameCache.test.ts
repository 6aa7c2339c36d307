import { expect, test } from "@jest/globals";
import { frameCache } from "../../src/run/frameCache.ts";

const scene = (name: string) => ["1.jpg", "2.jpg"].map((file) => ({ name: file, path: `${name}/${file}` }));

test("a scene's frames are encoded once, also when asked for at the same time, and again only once it was crowded out", async () => {
  const encoded: string[] = [];
  const frames = frameCache(2, async (path) => {
    encoded.push(path);
    return `data:${path}`;
  });
  const both = await Promise.all([frames(scene("a")), frames(scene("a"))]);
  expect(both).toEqual(Array(2).fill(["data:a/1.jpg", "data:a/2.jpg"]));
  await frames(scene("b"));
  await frames(scene("a"));
  expect(encoded).toEqual(["a/1.jpg", "a/2.jpg", "b/1.jpg", "b/2.jpg"]);
  // The third scene crowds out b, which was asked for longest ago.
  await frames(scene("c"));
  await frames(scene("a"));
  expect(encoded).toHaveLength(6);
  await frames(scene("b"));
  expect(encoded).toHaveLength(8);
});
