import { createHash } from "node:crypto";
import { expect, test } from "@jest/globals";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { randomStream } from "../../src/random/randomStream.ts";

const first = (names: (string | number)[]) => {
  const stream = randomStream(names);
  return Array.from({ length: 5 }, () => stream.next());
};

test("the state is the documented hash, computed here by node:crypto", () => {
  const digest = createHash("sha256").update("7\nscannet\nscene0000_00\nKüche").digest();
  const expected = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.readInt32BE(offset)));
  expect(first([7, "scannet", "scene0000_00", "Küche"])).toEqual(Array.from({ length: 5 }, () => expected.next()));
});

test("names that differ give streams that differ; the same names give the same", () => {
  const streams = [[0, "a"], [1, "a"], [0, "b"], [0, "a", 0], [0, "a", 1], []].map(first);
  expect(new Set(streams.map(String)).size).toBe(streams.length);
  expect(first([0, "a"])).toEqual(streams[0]);
});
