import type { OrientedBox, Vec3 } from "../sceneFacts.ts";
import { boxesAreSeparated } from "./boxesAreSeparated.ts";
import { squaredPointToBoxDistance } from "./pointToBoxDistance.ts";

/**
 * The exact distance between two solid oriented boxes, whatever their rotations; sizes may be 0.
 *
 * Disjoint convex polyhedra are closest at a corner of one and any point of the other, or at the insides of two edges
 * that are not parallel (Ericson, "Real-Time Collision Detection", chapter 5.1): both kinds are tried.
 *
 * @returns metres; 0 when the boxes touch or overlap.
 */
export function boxDistance(a: OrientedBox, b: OrientedBox): number {
  if (!boxesAreSeparated(a, b)) return 0;
  const squared = Math.min(squaredCornerDistance(a, b), squaredCornerDistance(b, a), squaredEdgeDistance(a, b));
  return Math.sqrt(squared);
}

/** From the nearest of `from`'s eight corners to the solid box `to`, squared. */
function squaredCornerDistance(from: OrientedBox, to: OrientedBox): number {
  let best = Infinity;
  for (let corner = 0; corner < 8; corner++) {
    const point = cornerOf(from, corner & 1 ? 1 : -1, corner & 2 ? 1 : -1, corner & 4 ? 1 : -1);
    const squared = squaredPointToBoxDistance(to, point);
    if (squared < best) best = squared;
  }
  return best;
}

/** Between the nearest pair of edges whose common perpendicular meets both inside, squared; Infinity if none does. */
function squaredEdgeDistance(a: OrientedBox, b: OrientedBox): number {
  let best = Infinity;
  for (let axisA = 0; axisA < 3; axisA++) {
    const middlesA = edgeMiddles(a, axisA);
    for (let axisB = 0; axisB < 3; axisB++) {
      const cosine = dot(a.axes[axisA], b.axes[axisB]);
      const sineSquared = 1 - cosine * cosine;
      // Parallel edges are also closest at an end of one of them, which squaredCornerDistance tries.
      if (sineSquared < 1e-14) continue;
      for (const middleB of edgeMiddles(b, axisB)) {
        for (const middleA of middlesA) {
          const between = difference(middleB, middleA);
          const alongA = dot(between, a.axes[axisA]);
          const alongB = dot(between, b.axes[axisB]);
          const stepA = (alongA - alongB * cosine) / sineSquared;
          const stepB = (alongA * cosine - alongB) / sineSquared;
          if (Math.abs(stepA) > a.size[axisA] / 2 || Math.abs(stepB) > b.size[axisB] / 2) continue;
          let squared = 0;
          for (let k = 0; k < 3; k++) {
            const gap = between[k] + stepB * b.axes[axisB][k] - stepA * a.axes[axisA][k];
            squared += gap * gap;
          }
          if (squared < best) best = squared;
        }
      }
    }
  }
  return best;
}

/** The middles of the four edges along one axis. */
function edgeMiddles(box: OrientedBox, axis: number): Vec3[] {
  const middles: Vec3[] = [];
  for (const first of [-1, 1]) {
    for (const second of [-1, 1]) {
      const signs: Vec3 = [first, first, first];
      signs[axis] = 0;
      signs[(axis + 1) % 3] = second;
      middles.push(cornerOf(box, signs[0], signs[1], signs[2]));
    }
  }
  return middles;
}

/** The point at the given multiples of the half sizes. */
function cornerOf(box: OrientedBox, first: number, second: number, third: number): Vec3 {
  const { center, size, axes } = box;
  const u = (first * size[0]) / 2;
  const v = (second * size[1]) / 2;
  const w = (third * size[2]) / 2;
  return [
    center[0] + u * axes[0][0] + v * axes[1][0] + w * axes[2][0],
    center[1] + u * axes[0][1] + v * axes[1][1] + w * axes[2][1],
    center[2] + u * axes[0][2] + v * axes[1][2] + w * axes[2][2],
  ];
}

function difference(a: Vec3, b: Vec3): Vec3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
