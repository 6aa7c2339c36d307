import type { OrientedBox, Vec3 } from "@vsi/dataset";
import fc from "fast-check";
import { dot, orientedBox } from "./orientedBoxes.ts";
/** Boxes with the published ones' kind of sizes, upright or turned in any way, thin ones among them. */
export const furnitureBox: fc.Arbitrary<OrientedBox> = fc
  .tuple(
    orientedBox,
    fc.array(fc.oneof(fc.double({ min: 0.011, max: 0.8, noNaN: true }), fc.constantFrom(0.03, 0.05, 0.1)), {
      minLength: 3,
      maxLength: 3,
    }),
  )
  .map(([box, size]) => ({ ...box, size: size as Vec3 }));

/**
 * The benchmark's rule, word for word as it is described, with one object a point; `isLastTestDone` false leaves it
 * out.
 */
export function benchmarkPoints(box: OrientedBox, isLastTestDone = true, spacing = 0.05): Vec3[] {
  const steps = box.size.map((length) => {
    const count = Math.ceil(length / spacing);
    const [start, stop] = [-length / 2, length / 2];
    const step = (stop - start) / (count - 1);
    return Array.from({ length: count }, (_, i) => (count === 1 ? start : i === count - 1 ? stop : start + i * step));
  });
  const grid = steps[0].flatMap((x) => steps[1].flatMap((y) => steps[2].map((z): Vec3 => [x, y, z])));
  const left = grid
    .filter((point) => !point.every((coordinate, i) => Math.abs(coordinate) <= box.size[i] / 4))
    .map(
      ([x, y, z]) => box.center.map((c, k) => x * box.axes[0][k] + y * box.axes[1][k] + z * box.axes[2][k] + c) as Vec3,
    )
    .filter((point) => {
      const offset = point.map((value, k) => value - box.center[k]) as Vec3;
      return !isLastTestDone || box.axes.every((axis, i) => Math.abs(dot(offset, axis)) <= box.size[i] / 2);
    });
  return left.length > 0 ? left : benchmarkPoints(box, isLastTestDone, spacing / 2);
}

/** x, y, z of each point in a row as points, in an order that does not depend on theirs. */
export function sortedPoints(points: ArrayLike<number>): Vec3[] {
  const list = Array.from(
    { length: points.length / 3 },
    (_, i): Vec3 => [points[3 * i], points[3 * i + 1], points[3 * i + 2]],
  );
  return list.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
}
