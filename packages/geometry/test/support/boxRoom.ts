import type { CameraIntrinsics, Vec3 } from "@vsi/dataset";
import fc from "fast-check";
import type { LabelledMesh } from "../../src/camera/visibility.ts";

/** A small image keeps the brute-force oracle fast; the principal point lies between pixels and off the centre. */
export const smallCamera: CameraIntrinsics = { width: 64, height: 48, fx: 50, fy: 52, cx: 30.3, cy: 24.8 };

/** An upright box: its centre, size and turn about z in radians. */
export interface BoxSolid {
  center: Vec3;
  size: Vec3;
  yaw: number;
}

const cornerSigns = [0, 1, 2, 3, 4, 5, 6, 7].map(
  (bits): Vec3 => [bits & 1 ? 1 : -1, bits & 2 ? 1 : -1, bits & 4 ? 1 : -1],
);
const boxFaces = [
  0, 2, 1, 1, 2, 3, 4, 5, 6, 5, 7, 6, 0, 1, 4, 1, 5, 4, 2, 6, 3, 3, 6, 7, 0, 4, 2, 2, 4, 6, 1, 3, 5, 3, 7, 5,
];

/** The mesh of some boxes; object ids are 10, 11, 12 and so on. */
export function boxMesh(boxes: readonly BoxSolid[]): LabelledMesh {
  const positions = boxes.flatMap(({ center, size, yaw }) =>
    cornerSigns.flatMap((signs) => {
      const [x, y, z] = signs.map((sign, axis) => (sign * size[axis]) / 2);
      return [
        center[0] + x * Math.cos(yaw) - y * Math.sin(yaw),
        center[1] + x * Math.sin(yaw) + y * Math.cos(yaw),
        center[2] + z,
      ];
    }),
  );
  const faces = boxes.flatMap((_, box) => boxFaces.map((corner) => corner + 8 * box));
  const faceObjects = boxes.flatMap((_, box) => new Array<number>(12).fill(10 + box));
  return {
    positions: Float64Array.from(positions),
    faces: Int32Array.from(faces),
    faceObjects: Int32Array.from(faceObjects),
  };
}

/** The pose of a camera at `eye` that looks along a heading (radians from x) and a tilt (up is positive). */
export function lookAlong(eye: Vec3, heading: number, tilt: number): number[] {
  const forward = [Math.cos(heading) * Math.cos(tilt), Math.sin(heading) * Math.cos(tilt), Math.sin(tilt)];
  const right = [Math.sin(heading), -Math.cos(heading), 0];
  const down = [
    forward[1] * right[2] - forward[2] * right[1],
    forward[2] * right[0] - forward[0] * right[2],
    forward[0] * right[1] - forward[1] * right[0],
  ];
  return [0, 1, 2].flatMap((row) => [right[row], down[row], forward[row], eye[row]]).concat(0, 0, 0, 1);
}

/**
 * What each pixel's ray meets first, by trying every face (Moeller and Trumbore, "Fast, minimum storage ray/triangle
 * intersection", 1997): nothing in common with the renderer.
 *
 * @returns per pixel the object id (-1 for none) and the depth along z (0 where nothing is).
 */
export function castRays(mesh: LabelledMesh, camera: CameraIntrinsics, pose: readonly number[], near: number) {
  const objects = new Int32Array(camera.width * camera.height).fill(-1);
  const depths = new Float64Array(objects.length);
  const eye: Vec3 = [pose[3], pose[7], pose[11]];
  const triangles = Array.from(mesh.faceObjects, (object, face) => ({
    object,
    corners: [0, 1, 2].map((corner) => {
      const at = 3 * mesh.faces[3 * face + corner];
      return [mesh.positions[at], mesh.positions[at + 1], mesh.positions[at + 2]] as Vec3;
    }),
  }));
  for (let pixel = 0; pixel < objects.length; pixel += 1) {
    const x = ((pixel % camera.width) - camera.cx) / camera.fx;
    const y = (Math.floor(pixel / camera.width) - camera.cy) / camera.fy;
    const ray = [0, 4, 8].map((row) => pose[row] * x + pose[row + 1] * y + pose[row + 2]) as Vec3;
    let nearest = Infinity;
    for (const { object, corners } of triangles) {
      const depth = meet(eye, ray, corners);
      if (!(depth >= near && depth < nearest)) continue;
      nearest = depth;
      objects[pixel] = object;
      depths[pixel] = depth;
    }
  }
  return { objects, depths };
}

/** How many rays long the way to the triangle is: the depth, as rays are one metre deep. NaN when it is missed. */
function meet(eye: Vec3, ray: Vec3, [a, b, c]: Vec3[]): number {
  const ab = subtract(b, a);
  const ac = subtract(c, a);
  const normal = cross(ray, ac);
  const determinant = dot(ab, normal);
  const fromA = subtract(eye, a);
  const u = dot(fromA, normal) / determinant;
  const q = cross(fromA, ab);
  const v = dot(ray, q) / determinant;
  return u >= 0 && v >= 0 && u + v <= 1 ? dot(ac, q) / determinant : Number.NaN;
}

function subtract(a: Vec3, b: Vec3): Vec3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function cross(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/**
 * Whole thousandths, without fast-check's taste for extremes: boxes in one place or with a face in the camera's near
 * plane have no right answer.
 */
const between = (min: number, max: number) =>
  fc
    .noBias(fc.integer({ min: Math.ceil(1000 * min), max: Math.floor(1000 * max) }))
    .map((thousandths) => thousandths / 1000);
const within = (limit: number) => between(-limit, limit);
const length = between(0.05, 2);

/** A shell of a room with boxes in it that may cross each other, and a camera in it, at times inside a box. */
export const boxRoomView = fc.record({
  boxes: fc
    .array(
      fc.record({
        center: fc.tuple(within(2.5), within(2), within(1)),
        size: fc.tuple(length, length, length),
        yaw: within(Math.PI),
      }),
      { minLength: 1, maxLength: 7 },
    )
    .map((boxes): BoxSolid[] => [{ center: [0, 0, 0], size: [6, 5, 3], yaw: 0 }, ...boxes]),
  pose: fc
    .tuple(fc.tuple(within(2.9), within(2.4), within(1.4)), within(Math.PI), within(1.5))
    .map(([eye, heading, tilt]) => lookAlong(eye, heading, tilt)),
});
