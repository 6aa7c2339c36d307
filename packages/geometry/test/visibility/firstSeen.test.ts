import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { firstSeen, type VisibleFrame } from "../../src/visibility/firstSeen.ts";

const visible = fc.uniqueArray(fc.record({ object_id: fc.nat({ max: 6 }), pixels: fc.nat({ max: 9 }) }), {
  selector: ({ object_id }) => object_id,
});
const stream = fc.array(visible, { maxLength: 12 }).map((frames) =>
  // Two frames a second, some without a valid pose left out.
  frames.map((seen, frame): VisibleFrame => ({ index: 3 * frame, time_s: Math.floor(frame / 2), visible: seen })),
);

describe("firstSeen", () => {
  test("is, for every object, its first frame with enough pixels; ordered by time, then id", async () => {
    await fc.assert(
      fc.asyncProperty(stream, fc.integer({ min: 1, max: 9 }), async (frames, minimumPixels) => {
        const expected = [0, 1, 2, 3, 4, 5, 6].flatMap((object_id) => {
          const frame = frames.find((candidate) =>
            candidate.visible.some((seen) => seen.object_id === object_id && seen.pixels >= minimumPixels),
          );
          return frame === undefined ? [] : [{ object_id, index: frame.index, time_s: frame.time_s }];
        });
        expected.sort((a, b) => a.time_s - b.time_s || a.object_id - b.object_id);
        expect(await firstSeen(frames, minimumPixels)).toEqual(expected);
      }),
    );
  });

  test("takes frames as they are made, one at a time", async () => {
    let alive = 0;
    async function* frames(): AsyncGenerator<VisibleFrame> {
      for (const index of [0, 1, 2]) {
        alive++;
        yield { index, time_s: index / 30, visible: [{ object_id: 9 - index, pixels: 50 }] };
        alive--;
        expect(alive).toBe(0);
      }
    }
    const seen = await firstSeen(frames(), 50);
    expect(seen.map(({ object_id }) => object_id)).toEqual([9, 8, 7]);
  });

  test("of no frames nothing is seen", async () => {
    expect(await firstSeen([], 1)).toEqual([]);
  });
});
