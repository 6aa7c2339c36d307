import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { NEAR_PLANE } from "../../src/camera/projection.ts";
import {
  firstSeen,
  type LabelledMesh,
  VISIBILITY_DEFAULTS,
  VisibilityRenderer,
  type VisibleFrame,
  worldToCamera,
} from "../../src/camera/visibility.ts";
import { boxMesh, boxRoomView, castRays, lookAlong, smallCamera } from "../support/boxRoom.ts";
import { thrownCode } from "../support/thrownError.ts";

const visible = fc.uniqueArray(fc.record({ object_id: fc.nat({ max: 6 }), pixels: fc.nat({ max: 9 }) }), {
  selector: ({ object_id }) => object_id,
});

const stream = fc.array(visible, { maxLength: 12 }).map((frames) =>
  // Two frames a second, some without a valid pose left out.
  frames.map((seen, frame): VisibleFrame => ({ index: 3 * frame, time_s: Math.floor(frame / 2), visible: seen })),
);

const pixelCount = smallCamera.width * smallCamera.height;

const alongX = lookAlong([0, 0, 0], 0, 0);

function see(mesh: LabelledMesh, pose: readonly number[] = alongX, depth: Uint16Array | null = null) {
  const renderer = new VisibilityRenderer(mesh, smallCamera);
  return renderer.visiblePixels(pose, depth === null ? null : { values: depth, shift: 1000 });
}

/** One wall across the view, two metres ahead. */
const wall = boxMesh([{ center: [2.5, 0, 0], size: [1, 40, 40], yaw: 0 }]);

function countOf(objects: Iterable<number>, object: number): number {
  return [...objects].filter((value) => value === object).length;
}

function multiply(a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length: 16 }, (_, at) =>
    [0, 1, 2, 3].reduce((sum, k) => sum + a[4 * Math.floor(at / 4) + k] * b[4 * k + (at % 4)], 0),
  );
}

describe("firstSeen", () => {
  test("is, for every object, its first frame with enough pixels; ordered by time, then id", async () => {
    await fc.assert(
      fc.asyncProperty(stream, fc.integer({ min: 1, max: 9 }), async (frames, minimumPixels) => {
        const expected = [0, 1, 2, 3, 4, 5, 6].flatMap((object_id) => {
          const frame = frames.find((candidate) =>
            candidate.visible?.some((seen) => seen.object_id === object_id && seen.pixels >= minimumPixels),
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
        alive += 1;
        yield { index, time_s: index / 30, visible: [{ object_id: 9 - index, pixels: 50 }] };
        alive -= 1;
        expect(alive).toBe(0);
      }
    }
    const seen = await firstSeen(frames(), 50);
    expect(seen.map(({ object_id }) => object_id)).toEqual([9, 8, 7]);
  });

  test("after a damaged frame an object may have been seen in it; after half a second of them, any object", async () => {
    const [one, two, three] = [1, 2, 3].map((object_id) => ({ object_id, pixels: 50 }));
    const times = async (frames: [number, VisibleFrame["visible"]][]) => {
      const seen = await firstSeen(
        frames.map(([time_s, visible], index) => ({ index, time_s, visible })),
        50,
      );
      return seen.map(({ object_id, time_s, earliest_s }) => [object_id, time_s, earliest_s]);
    };
    const shown = (...objects: (typeof one)[]) => objects.flatMap((object) => object ?? []);
    expect(
      await times([
        [0, shown(one)],
        [1, null],
        [1.1, null],
        [1.2, shown(one, two)],
        [1.3, shown(three)],
      ]),
    ).toEqual([
      [1, 0, undefined],
      [2, 1.2, 1],
      [3, 1.3, undefined],
    ]);
    expect(
      await times([
        [0, shown(one)],
        [1, null],
        [1.6, shown(one)],
        [2, shown(two)],
        [2.1, null],
        [2.2, shown(three)],
      ]),
    ).toEqual([
      [1, 0, undefined],
      [2, 2, 1],
      [3, 2.2, 1],
    ]);
  });

  test("of no frames nothing is seen", async () => {
    expect(await firstSeen([], 1)).toEqual([]);
  });
});

describe("VisibilityRenderer", () => {
  test("counts what a ray through every pixel meets, within 2 % or 5 pixels", () => {
    fc.assert(
      fc.property(boxRoomView, ({ boxes, pose }) => {
        const mesh = boxMesh(boxes);
        const { objects } = castRays(mesh, smallCamera, pose, NEAR_PLANE);
        const pixels = new Map(see(mesh, pose).map((seen) => [seen.object_id, seen.pixels]));
        for (const object of new Set(mesh.faceObjects)) {
          const expected = countOf(objects, object);
          expect(Math.abs((pixels.get(object) ?? 0) - expected)).toBeLessThanOrEqual(Math.max(5, 0.02 * expected));
        }
      }),
      { numRuns: 100 },
    );
  });

  test("what stands before the mesh in the depth image hides it, what is not measured does not", () => {
    fc.assert(
      fc.property(boxRoomView, fc.integer({ min: 1, max: 60 }), ({ boxes, pose }, columns) => {
        const mesh = boxMesh(boxes);
        const { objects, depths } = castRays(mesh, smallCamera, pose, NEAR_PLANE);
        // From the left: a thing half a metre before the mesh (or beyond it, where it is nearer), then true depth or
        // none.
        const isHidden = (pixel: number) => pixel % smallCamera.width < columns;
        const values = Uint16Array.from(depths, (depth, pixel) => {
          if (isHidden(pixel)) return Math.max(1, Math.round(1000 * (depth > 0.6 ? depth - 0.5 : depth + 0.5)));
          return pixel % 3 === 0 ? 0 : Math.round(1000 * depth);
        });
        const pixels = new Map(see(mesh, pose, values).map((seen) => [seen.object_id, seen.pixels]));
        for (const object of new Set(mesh.faceObjects)) {
          const expected = countOf(
            objects.filter((_, pixel) => !isHidden(pixel)),
            object,
          );
          expect(Math.abs((pixels.get(object) ?? 0) - expected)).toBeLessThanOrEqual(Math.max(5, 0.02 * expected));
        }
      }),
      { numRuns: 60 },
    );
  });

  test("the order of the faces, and frames before, change nothing", () => {
    fc.assert(
      fc.property(boxRoomView, fc.infiniteStream(fc.nat()), ({ boxes, pose }, keys) => {
        // Every box twice: the twins' faces are at exactly the same depth.
        const mesh = boxMesh([...boxes, ...boxes]);
        const order = Array.from(mesh.faceObjects, (_, face) => ({ face, key: keys.next().value as number }));
        order.sort((a, b) => a.key - b.key);
        const shuffled = {
          positions: mesh.positions,
          faces: Int32Array.from(order.flatMap(({ face }) => [...mesh.faces.subarray(3 * face, 3 * face + 3)])),
          faceObjects: Int32Array.from(order, ({ face }) => mesh.faceObjects[face]),
        };
        const renderer = new VisibilityRenderer(shuffled, smallCamera);
        renderer.visiblePixels(alongX, null);
        expect(renderer.visiblePixels(pose, null)).toEqual(see(mesh, pose));
      }),
      { numRuns: 50 },
    );
  });

  test("of two faces at the same depth the higher object id counts", () => {
    const twice = boxMesh([0, 1].map(() => ({ center: [2.5, 0, 0], size: [1, 40, 40], yaw: 0 })));
    expect(see(twice)).toEqual([{ object_id: 11, pixels: pixelCount }]);
  });

  test("a wall across the view, kilometres wide, fills every pixel", () => {
    const wide = boxMesh([{ center: [2.5, 0, 0], size: [1, 1e4, 1e4], yaw: 0 }]);
    expect(see(wide)).toEqual([{ object_id: 10, pixels: pixelCount }]);
  });

  test("from inside an object nothing else is seen, and all of the image is that object", () => {
    const boxes = [
      { center: [0, 0, 0], size: [0.4, 0.4, 0.4], yaw: 0.3 },
      { center: [3, 0, 0], size: [1, 1, 1], yaw: 0 },
    ] as const;
    const mesh = boxMesh(boxes.map(({ center, size, yaw }) => ({ center: [...center], size: [...size], yaw })));
    expect(see(mesh)).toEqual([{ object_id: 10, pixels: pixelCount }]);
  });

  test("a floor that runs on under and behind the camera fills the lower half: cut at the near plane, not dropped", () => {
    const floor: LabelledMesh = {
      positions: Float32Array.from([-1e3, 1e3, -1, -1e3, -1e3, -1, 1e6, 0, -1]),
      faces: Int32Array.of(0, 1, 2),
      faceObjects: Int32Array.of(4),
    };
    const { objects } = castRays(floor, smallCamera, alongX, NEAR_PLANE);
    expect(countOf(objects, 4)).toBe(64 * 23);
    expect(see(floor)).toEqual([{ object_id: 4, pixels: 64 * 23 }]);
  });

  test("behind the camera, in no face, and in faces of no area there is nothing", () => {
    const { positions, faces, faceObjects } = wall;
    expect(see(wall, lookAlong([0, 0, 0], Math.PI, 0))).toEqual([]);
    expect(see({ positions: new Float32Array(0), faces: new Int32Array(0), faceObjects: new Int32Array(0) })).toEqual(
      [],
    );
    expect(see({ positions, faces: faces.map((_, at) => faces[at - (at % 3)]), faceObjects })).toEqual([]);
    const onOneLine = Float64Array.from([2, -1, 0, 2, 0, 0, 2, 1, 0]);
    expect(see({ positions: onOneLine, faces: Int32Array.of(0, 1, 2), faceObjects: Int32Array.of(1) })).toEqual([]);
  });

  test("faces of no object are not counted but hide", () => {
    const mesh = boxMesh([
      { center: [2.5, 0, 0], size: [1, 40, 40], yaw: 0 },
      { center: [5, 0, 0], size: [1, 1, 1], yaw: 0 },
    ]);
    const { faceObjects } = mesh;
    expect(see({ ...mesh, faceObjects: faceObjects.map((id) => (id === 10 ? -1 : id)) })).toEqual([]);
    expect(see({ ...mesh, faceObjects: faceObjects.map((id) => (id === 11 ? -1 : 2_000_000_000)) })).toEqual([
      { object_id: 2_000_000_000, pixels: pixelCount },
    ]);
  });

  test("the tolerance is the larger of metres and share of depth, on both sides", () => {
    const { depthTolerance, relativeDepthTolerance } = VISIBILITY_DEFAULTS;
    const reading = (millimetres: number) => new Uint16Array(pixelCount).fill(millimetres);
    for (const distance of [1, 6]) {
      const mesh = boxMesh([{ center: [distance + 0.5, 0, 0], size: [1, 90, 90], yaw: 0 }]);
      const allowed = 1000 * Math.max(depthTolerance, relativeDepthTolerance * distance);
      for (const side of [-1, 1]) {
        expect(see(mesh, alongX, reading(1000 * distance + side * (allowed - 1)))).toHaveLength(1);
        expect(see(mesh, alongX, reading(1000 * distance + side * (allowed + 1)))).toHaveLength(0);
      }
    }
  });

  test("refuses a depth image of another size and a pose without inverse", async () => {
    expect(await thrownCode(() => see(wall, alongX, new Uint16Array(5)))).toBe("depth-size-mismatch");
    expect(await thrownCode(() => see(wall, new Array(16).fill(Number.NEGATIVE_INFINITY)))).toBe("pose-not-invertible");
  });
});

describe("worldToCamera", () => {
  test("times the pose is the identity", () => {
    fc.assert(
      fc.property(boxRoomView, ({ pose }) => {
        const product = multiply(worldToCamera(pose), pose);
        for (const [at, value] of product.entries()) expect(value).toBeCloseTo(at % 5 === 0 ? 1 : 0, 12);
      }),
    );
  });

  test("keeps doubles: a camera 1.000000001 m along x sees the origin that far behind", () => {
    expect(worldToCamera(lookAlong([1.000000001, 0, 0], 0, 0))[11]).toBeCloseTo(-1.000000001, 13);
  });

  test.each([
    ["all -inf, as ScanNet writes where tracking was lost", new Array(16).fill(Number.NEGATIVE_INFINITY)],
    ["NaN", lookAlong([Number.NaN, 0, 0], 0, 0)],
    ["all 0", new Array(16).fill(0)],
    ["fewer than 16 numbers", [1, 0, 0, 0]],
  ])("refuses a pose of %s", async (_, pose) => {
    expect(await thrownCode(() => worldToCamera(pose))).toBe("pose-not-invertible");
  });
});
