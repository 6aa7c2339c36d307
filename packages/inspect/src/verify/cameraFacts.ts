import type { CameraFacts, CameraIntrinsics, SampledFrame, SceneObject, Vec3 } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import { pointToBoxDistance } from "@vsi/geometry";
import { ALIGNED_POSE_TOLERANCE } from "@vsi/geometry/internal";
import type { ReportFact } from "../folder/problem.ts";

/**
 * Checks what a stream claims to show: poses are valid, frames are in order, no frame shows more pixels than it has, or
 * an object that its camera does not face or that is at another distance than its box, and first appearances agree with
 * the sampled frames. An earlier appearance between samples, or a changed pose that still faces everything it claims to
 * show, can only be detected from the stream itself.
 */
export function checkCamera(
  camera: CameraFacts,
  objects: readonly SceneObject[],
  minVisiblePixels: number,
  fail: ReportFact,
): void {
  const { frames, frames_total, frames_without_pose, intrinsics } = camera;
  const byId = new Map(objects.map((object) => [object.id, object]));
  const names = new Set<string>();
  let before = { index: -1, time_s: 0 };
  for (const [place, frame] of frames.entries()) {
    const path = `/camera/frames/${place}`;
    const { name, index, time_s } = frame;
    if (names.has(name)) fail("camera-frames", `${path}/name`, name, "each frame once");
    names.add(name);
    if (index <= before.index || index >= frames_total) {
      fail("camera-frames", `${path}/index`, String(index), `over ${before.index} and under ${frames_total}`);
    }
    if (time_s < before.time_s) fail("camera-frames", `${path}/time_s`, String(time_s), `at least ${before.time_s}`);
    before = { index, time_s };
    const pose = poseProblem(frame.camera_to_world);
    if (pose !== null) fail("camera-pose", `${path}/camera_to_world`, pose, "a rotation and a position");
    else checkVisible(frame, intrinsics, byId, path, fail);
  }
  const posed = frames_total - frames_without_pose;
  if (frames.length > posed) {
    fail("camera-frames", "/camera/frames", `${frames.length} frames`, `at most the ${posed} whose pose is known`);
  }
  checkDistances(frames, byId, fail);
  checkFirstSeen(camera, byId, minVisiblePixels, fail);
}

/** Why 16 numbers are not a pose; null when they are. */
function poseProblem(pose: readonly number[]): string | null {
  if (pose.length !== 16 || !pose.every(Number.isFinite)) return "numbers that are not finite";
  const last = pose.slice(12).join(" ");
  if ([0, 0, 0, 1].some((value, column) => Math.abs(at(pose, 12 + column) - value) > ALIGNED_POSE_TOLERANCE)) {
    return `a last row of ${last}`;
  }
  const [right, down, forward] = axesOf(pose);
  const products: [string, number, number][] = [
    ["length of x", dot(right, right), 1],
    ["length of y", dot(down, down), 1],
    ["length of z", dot(forward, forward), 1],
    ["angle of x and y", dot(right, down), 0],
    ["angle of x and z", dot(right, forward), 0],
    ["angle of y and z", dot(down, forward), 0],
  ];
  const bent = products.find(([, product, value]) => Math.abs(product - value) > ALIGNED_POSE_TOLERANCE);
  if (bent !== undefined) return `axes that are no rotation's (${bent[0]}: ${bent[1].toFixed(3)})`;
  const turned: Vec3 = [
    right[1] * down[2] - right[2] * down[1],
    right[2] * down[0] - right[0] * down[2],
    right[0] * down[1] - right[1] * down[0],
  ];
  return dot(turned, forward) > 0 ? null : "mirrored axes";
}

/**
 * Metres: a face belongs to an object that two of its three vertices do; the third may lie this far outside the bounds
 * (6 cm on scene0000_00).
 */
const FACE_REACH = 0.3;

/** The near plane, in metres (as in geometry): nothing closer is drawn. */
const NEAR = 0.01;

/** Checks the objects that a frame is said to show. */
function checkVisible(
  { visible, camera_to_world: pose }: SampledFrame,
  intrinsics: CameraIntrinsics,
  byId: ReadonlyMap<number, SceneObject>,
  path: string,
  fail: ReportFact,
): void {
  const { width, height } = intrinsics;
  let sum = 0;
  let before = Number.NEGATIVE_INFINITY;
  for (const [place, { object_id, pixels }] of visible.entries()) {
    const where = `${path}/visible/${place}`;
    const object = byId.get(object_id);
    if (object === undefined || object_id <= before) {
      fail("camera-visible", where, `object ${object_id}`, "the scene's objects, each once, ordered by id");
      continue;
    }
    before = object_id;
    sum += pixels;
    const most = mostPixels(object, pose, intrinsics);
    if (pixels > most) {
      const expected = most === 0 ? "an object that the camera faces" : `at most ${most}, which its bounds cover`;
      fail("camera-visible", where, `${pixels} pixels of object ${object_id}`, expected);
    }
  }
  if (sum > width * height) fail("camera-visible", `${path}/visible`, `${sum} pixels`, `at most ${width * height}`);
}

/**
 * How many pixels an object can take up: those of the rectangle around its bounds in the image; 0 outside of the view.
 */
function mostPixels({ aabb }: SceneObject, pose: readonly number[], intrinsics: CameraIntrinsics): number {
  const { width, height, fx, fy, cx, cy } = intrinsics;
  const axes = axesOf(pose);
  const place: Vec3 = [at(pose, 3), at(pose, 7), at(pose, 11)];
  const corners = [0, 1, 2, 3, 4, 5, 6, 7].map((corner): Vec3 => {
    const along = (axis: 0 | 1 | 2) =>
      ((corner >> axis) & 1 ? aabb.max[axis] + FACE_REACH : aabb.min[axis] - FACE_REACH) - place[axis];
    const offset: Vec3 = [along(0), along(1), along(2)];
    return [dot(axes[0], offset), dot(axes[1], offset), dot(axes[2], offset)];
  });
  // All corners beyond one side of the view: so is all between them.
  const areAll = (test: (corner: Vec3) => boolean) => corners.every(test);
  const isOutside =
    areAll(([, , z]) => z < NEAR) ||
    areAll(([x, , z]) => fx * x + cx * z < 0) ||
    areAll(([x, , z]) => fx * x + cx * z > width * z) ||
    areAll(([, y, z]) => fy * y + cy * z < 0) ||
    areAll(([, y, z]) => fy * y + cy * z > height * z);
  if (isOutside) return 0;
  if (corners.some(([, , z]) => z < NEAR)) return width * height;
  const us = corners.map(([x, , z]) => (fx * x) / z + cx);
  const vs = corners.map(([, y, z]) => (fy * y) / z + cy);
  // One pixel more: counted are centres, which lie on whole numbers.
  const span = (values: readonly number[], most: number) =>
    Math.min(most, Math.ceil(Math.max(...values)) + 1) - Math.max(0, Math.floor(Math.min(...values)));
  return Math.max(0, span(us, width)) * Math.max(0, span(vs, height));
}

/** Metres: rounding costs a thousandth of it. */
const DISTANCE_TOLERANCE = 1e-3;

/**
 * Checks the distances from the camera to closest vertices: of every object that a frame shows or of none, no shorter
 * than the way to the box, which holds the vertices, and no longer than to vertices with this mean within these bounds.
 */
function checkDistances(
  frames: readonly SampledFrame[],
  byId: ReadonlyMap<number, SceneObject>,
  fail: ReportFact,
): void {
  const areMeasured = frames.some(({ visible }) => visible.some(({ distance_m }) => distance_m !== undefined));
  if (!areMeasured) return;
  for (const [index, { visible, camera_to_world: pose }] of frames.entries()) {
    const position: Vec3 = [at(pose, 3), at(pose, 7), at(pose, 11)];
    for (const [place, { object_id, distance_m }] of visible.entries()) {
      const object = byId.get(object_id);
      if (object === undefined) continue; // checkVisible has named it.
      const path = `/camera/frames/${index}/visible/${place}`;
      if (distance_m === undefined || object.points === null) {
        const expected = object.points === null ? "none without a mesh" : "one, as for other objects";
        fail("camera-distance", path, distance_m === undefined ? "no distance" : `${distance_m} m`, expected);
        continue;
      }
      const least = pointToBoxDistance(object.box, position) - DISTANCE_TOLERANCE;
      const most = farthestClosest(object, position) + DISTANCE_TOLERANCE;
      if (distance_m >= least && distance_m <= most) continue;
      const expected = `${least.toFixed(6)} m, the way to the box, to ${most.toFixed(6)} m, the most that the object's vertices can leave`;
      fail("camera-distance", `${path}/distance_m`, `${distance_m} m`, expected);
    }
  }
}

/**
 * How far the closest of an object's vertices can be from a point, in metres: no farther than they are in the square
 * mean, which is the mean's distance and a variance of at most (max - mean) (mean - min) along an axis (Bhatia and
 * Davis, "A better bound on the variance", 2000).
 */
function farthestClosest({ aabb, centroid }: SceneObject, position: Vec3): number {
  const squared = ([0, 1, 2] as const).reduce<number>((sum, axis) => {
    const variance = Math.max(0, (aabb.max[axis] - centroid[axis]) * (centroid[axis] - aabb.min[axis]));
    return sum + (position[axis] - centroid[axis]) ** 2 + variance;
  }, 0);
  return Math.sqrt(squared);
}

/** Checks first appearances: in order, and no later than the first sampled frame that shows the object. */
function checkFirstSeen(
  { first_seen, frames, frames_total }: CameraFacts,
  byId: ReadonlyMap<number, SceneObject>,
  minVisiblePixels: number,
  fail: ReportFact,
): void {
  if (first_seen === null) return;
  const places = new Map<number, number>();
  const timeOf = new Map(frames.map(({ index, time_s }) => [index, time_s]));
  let before = { object_id: Number.NEGATIVE_INFINITY, time_s: 0 };
  for (const [place, { object_id, index, time_s }] of first_seen.entries()) {
    const path = `/camera/first_seen/${place}`;
    if (!byId.has(object_id) || places.has(object_id)) {
      fail("first-seen", path, `object ${object_id}`, "the scene's objects, each once");
    }
    places.set(object_id, place);
    const follows = time_s > before.time_s || (time_s === before.time_s && object_id > before.object_id);
    if (!follows || index >= frames_total) {
      fail("first-seen", path, `frame ${index} at ${time_s} s`, "frames of the stream, ordered by time, then object");
    }
    before = { object_id, time_s };
    timeOf.set(index, timeOf.get(index) ?? time_s);
    if (timeOf.get(index) !== time_s)
      fail("first-seen", path, `${time_s} s`, `${timeOf.get(index)} s, frame ${index}'s time`);
  }
  let last = { index: 0, time_s: 0 };
  for (const [index, time_s] of [...timeOf].sort(([one], [other]) => one - other)) {
    if (time_s < last.time_s) {
      fail("first-seen", "/camera/first_seen", `frame ${index} at ${time_s} s`, `no time before frame ${last.index}'s`);
    }
    last = { index, time_s };
  }
  for (const frame of frames) {
    const shown = new Set(
      frame.visible.filter(({ pixels }) => pixels >= minVisiblePixels).map(({ object_id }) => object_id),
    );
    for (const id of shown) {
      const place = places.get(id);
      const index = place === undefined ? Number.POSITIVE_INFINITY : at(first_seen, place).index;
      if (index <= frame.index) continue;
      const got = place === undefined ? `no first appearance of object ${id}` : `object ${id} first in frame ${index}`;
      fail(
        "first-seen",
        `/camera/first_seen${place === undefined ? "" : `/${place}`}`,
        got,
        `by frame ${frame.index}, which shows it`,
      );
    }
    for (const { object_id, index } of first_seen) {
      if (index !== frame.index || shown.has(object_id)) continue;
      const expected = `an appearance that ${frame.name} shows, with ${minVisiblePixels} pixels or more`;
      fail(
        "first-seen",
        `/camera/first_seen/${places.get(object_id)}`,
        `object ${object_id} in frame ${index}`,
        expected,
      );
    }
  }
}

/** The camera's axes in the world: to its right, down and forward. */
function axesOf(pose: readonly number[]): [Vec3, Vec3, Vec3] {
  const column = (place: number): Vec3 => [at(pose, place), at(pose, 4 + place), at(pose, 8 + place)];
  return [column(0), column(1), column(2)];
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
