import type { AxisAlignedBox, CameraIntrinsics, Vec3 } from "@vsi/geometry";
import type { CameraPose } from "../../src/camera/pose.ts";
import type { RoomMesh } from "../../src/mesh/sample.ts";

/** Twelve faces a box, the box's position in the list as its object id. */
export function boxScene(boxes: readonly AxisAlignedBox[]): RoomMesh {
  const positions: number[] = [];
  const triangles: number[] = [];
  const colors: number[] = [];
  const objectOfVertex: number[] = [];
  // Corner i has the box's maximum along the axes whose bit is set in i; each quad goes around one side.
  const quads = [
    [0, 2, 3, 1],
    [4, 5, 7, 6],
    [0, 1, 5, 4],
    [2, 6, 7, 3],
    [0, 4, 6, 2],
    [1, 3, 7, 5],
  ];
  boxes.forEach(({ min, max }, box) => {
    for (let corner = 0; corner < 8; corner += 1) {
      positions.push(...[0, 1, 2].map((axis) => ((corner >> axis) & 1 ? max[axis] : min[axis])));
      colors.push(200, 100, 50);
      objectOfVertex.push(box);
    }
    for (const [a, b, c, d] of quads) triangles.push(...[a, b, c, a, c, d].map((corner) => 8 * box + corner));
  });
  return {
    positions: Float64Array.from(positions),
    triangles: Int32Array.from(triangles),
    colors: Uint8Array.from(colors),
    objectOfVertex: Int32Array.from(objectOfVertex),
  };
}

/** What one ray through a pixel's centre meets. */
export interface RayHit {
  /** Position in the list of boxes; -1 for none. */
  box: number;
  /** Along the camera's axis, metres. */
  depth: number;
}

/**
 * Where the ray of a pixel enters the first box, by the slabs of each box: no triangle, no projection. The camera is
 * outside of all boxes.
 */
export function castRay(
  boxes: readonly AxisAlignedBox[],
  { fx, fy, cx, cy }: CameraIntrinsics,
  pose: CameraPose,
  column: number,
  row: number,
): RayHit {
  const inCamera = [(column - cx) / fx, (row - cy) / fy, 1];
  const direction = [0, 4, 8].map((start) => inCamera.reduce((sum, value, i) => sum + pose[start + i] * value, 0));
  const eye = [pose[3], pose[7], pose[11]];
  let hit: RayHit = { box: -1, depth: Number.POSITIVE_INFINITY };
  boxes.forEach(({ min, max }, box) => {
    let [enters, leaves] = [0, Number.POSITIVE_INFINITY];
    for (let axis = 0; axis < 3; axis += 1) {
      const [first, second] = [(min[axis] - eye[axis]) / direction[axis], (max[axis] - eye[axis]) / direction[axis]];
      enters = Math.max(enters, Math.min(first, second));
      leaves = Math.min(leaves, Math.max(first, second));
    }
    if (enters <= leaves && enters < hit.depth) hit = { box, depth: enters };
  });
  return hit;
}

/** A box by its middle and its sides. */
export function boxAround(center: Vec3, size: Vec3): AxisAlignedBox {
  return {
    min: [center[0] - size[0] / 2, center[1] - size[1] / 2, center[2] - size[2] / 2],
    max: [center[0] + size[0] / 2, center[1] + size[1] / 2, center[2] + size[2] / 2],
  };
}
