import { describe, expect, test } from "@jest/globals";
import { isInShard } from "../src/shards.ts";

describe("isInShard", () => {
  test("every scan is in exactly one shard", () => {
    for (let place = 0; place < 50; place += 1) {
      for (const total of [1, 2, 7, 60]) {
        const owners = Array.from({ length: total }, (_, index) => isInShard(place, { index, total }));
        expect(owners.filter(Boolean)).toHaveLength(1);
      }
    }
  });
});
