import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { PixelWindow } from "../../src/camera/projection.ts";
import { UnseenObjects } from "../../src/camera/unseenObjects.ts";
import { type LabelledMesh, VisibilityRenderer } from "../../src/camera/visibility.ts";
import { boxMesh, boxRoomView, lookAlong, smallCamera } from "../support/boxRoom.ts";

const pixelCount = smallCamera.width * smallCamera.height;

function sizeOf({ firstColumn, lastColumn, firstRow, lastRow }: PixelWindow): number {
  return (lastColumn - firstColumn + 1) * (lastRow - firstRow + 1);
}

/** Boxes of which some faces are labelled as their neighbour's, and some as nobody's: corners reach out of any box. */
function mixLabels(mesh: LabelledMesh, keys: readonly number[]): LabelledMesh {
  const { faceObjects } = mesh;
  const relabel = (id: number, face: number) => {
    const key = keys[face % keys.length]!;
    return key < 2 ? -1 : key < 4 ? faceObjects[(face + 12) % faceObjects.length]! : id;
  };
  return { ...mesh, faceObjects: faceObjects.map(relabel) };
}

describe("UnseenObjects", () => {
  test("what it passes over, drawn all the same, shows none of them with enough pixels; much is passed over, and where it looks, it finds what the whole image shows", () => {
    const told = { unread: 0, undrawn: 0, drawn: 0, parts: 0 };
    fc.assert(
      fc.property(
        boxRoomView,
        fc.array(fc.noBias(fc.nat({ max: 99 })), { minLength: 40, maxLength: 40 }),
        // The room's shell, 10, which every view meets, is mostly seen.
        fc
          .tuple(fc.subarray([11, 12, 13, 14, 15, 16, 17]), fc.constantFrom([], [10], [10], [10]))
          .map((ids) => ids.flat()),
        fc.integer({ min: 0, max: 200 }),
        fc.option(fc.integer({ min: 300, max: 4000 })),
        ({ boxes, pose }, keys, seen, minimumPixels, reading) => {
          const mesh = mixLabels(boxMesh(boxes), keys);
          const depth = reading === null ? null : { values: new Uint16Array(pixelCount).fill(reading), shift: 1000 };
          const unseen = new UnseenObjects(mesh, smallCamera, minimumPixels);
          unseen.remove(seen.map((object_id) => ({ object_id, pixels: minimumPixels })));
          const renderer = new VisibilityRenderer(mesh, smallCamera);
          const newOf = (visible: ReturnType<typeof renderer.visiblePixels>) =>
            visible.filter(({ object_id, pixels }) => !seen.includes(object_id) && pixels >= minimumPixels);
          const whole = renderer.visiblePixels(pose, depth);
          const meets = unseen.meetView(pose);
          const window = unseen.whereShown(pose, depth);
          told[meets ? (window === null ? "undrawn" : "drawn") : "unread"] += 1;
          if (newOf(whole).length > 0) expect([meets, window !== null]).toEqual([true, true]);
          if (window === null) return;
          told.parts += Number(sizeOf(window) < pixelCount / 2);
          expect(newOf(renderer.visiblePixelsIn(window, pose, depth))).toEqual(newOf(whole));
          expect(renderer.visiblePixels(pose, depth)).toEqual(whole);
        },
      ),
      { numRuns: 600 },
    );
    expect(Math.min(...Object.values(told))).toBeGreaterThan(10);
  });

  test("a face counts with all its corners, also the one that another object has: only there it is in view", () => {
    const mesh: LabelledMesh = {
      positions: Float64Array.from([-2, -3, -1, -2, -3, 1, 4, 0, 0.05]),
      faces: Int32Array.of(0, 1, 2),
      faceObjects: Int32Array.of(10),
    };
    const ahead = lookAlong([0, 0, 0], 0, 0);
    const [sight] = new VisibilityRenderer(mesh, smallCamera).visiblePixels(ahead, null);
    expect(sight!.object_id).toBe(10);
    const unseen = new UnseenObjects(mesh, smallCamera, sight!.pixels);
    expect([unseen.meetView(ahead), unseen.whereShown(ahead, null) !== null]).toEqual([true, true]);
    expect(new UnseenObjects(mesh, smallCamera, sight!.pixels + 1).whereShown(ahead, null)).toBeNull();
  });

  test("an object that was shown with too few pixels is still unseen, with enough it is not", () => {
    const box = boxMesh([{ center: [2.5, 0, 0], size: [1, 1, 1], yaw: 0 }]);
    const unseen = new UnseenObjects(box, smallCamera, 50);
    const ahead = lookAlong([0, 0, 0], 0, 0);
    unseen.remove([{ object_id: 10, pixels: 49 }]);
    expect(unseen.meetView(ahead)).toBe(true);
    expect(unseen.meetView(lookAlong([0, 0, 0], Math.PI, 0))).toBe(false);
    unseen.remove([{ object_id: 10, pixels: 50 }]);
    expect([unseen.meetView(ahead), unseen.whereShown(ahead, null)]).toEqual([false, null]);
  });
});
