import type { SceneFacts, SceneObject, Vec3 } from "@vsi/dataset";
import { boxDistance, pointToBoxDistance } from "@vsi/geometry";
import { CLOSEST_STEP, FACTS_STEP, MOST_WALKABLE_CELLS, OUTLINE_AREA_TOLERANCE } from "@vsi/geometry/internal";
import { sceneFile } from "../folder/datasetFolder.ts";
import type { VerifySettings } from "../folder/manifest.ts";
import { type ReportFact, type ReportProblem, TAKE_AGAIN } from "../folder/problem.ts";
import { checkCamera } from "./cameraFacts.ts";

/**
 * Cross-checks a scene's facts, whether a question uses them or not: the room's area against its outline, boxes against
 * vertex bounds, surface distances against boxes and bounds, and what the stream shows against where the camera was. A
 * change that passes all of these can only be detected from the scan itself.
 */
export function checkFacts(
  facts: SceneFacts,
  settings: Pick<VerifySettings, "box" | "minVisiblePixels">,
  report: ReportProblem,
): void {
  const place = { file: sceneFile(facts.scene_name), line: null, id: null };
  const fail: ReportFact = (code, path, got, expected) =>
    report({ code, ...place, got: `${got} at ${path}`, expected, advice: TAKE_AGAIN });
  checkRoom(facts, fail);
  for (const [index, object] of facts.objects.entries()) {
    checkObject(object, `/objects/${index}`, facts, settings, fail);
    checkCore(object, `/objects/${index}`, fail);
  }
  checkSurfaceDistances(facts, fail);
  if (facts.camera !== null) checkCamera(facts.camera, facts.objects, settings.minVisiblePixels, fail);
}

function checkRoom({ room }: SceneFacts, fail: ReportFact): void {
  const { outline, walkable, area_m2 } = room;
  if (outline !== null) {
    const outlined_m2 = outline.reduce((sum, ring) => sum + ringArea(ring), 0);
    // Moving the points by half a step each moves every edge by no more than a step; the area itself is rounded too.
    // What is left is what simplifying an outline may cost.
    const perimeter = outline.reduce((sum, ring) => sum + ringLength(ring), 0);
    if (!(Math.abs(outlined_m2 - area_m2) <= area_m2 * OUTLINE_AREA_TOLERANCE + (perimeter + 1) * FACTS_STEP)) {
      fail("room-area", "/room/area_m2", `${area_m2} m2`, `${outlined_m2.toFixed(6)} m2, which the outline encloses`);
    }
  }
  if (walkable !== null) {
    const cells = walkable.cells.split(" ").reduce((sum, run) => sum + Number(run), 0);
    const expected = walkable.columns * walkable.rows;
    if (cells !== expected) fail("room-walkable", "/room/walkable/cells", `${cells} cells`, `${expected} of them`);
    if (expected > MOST_WALKABLE_CELLS) {
      fail("room-walkable", "/room/walkable", `${expected} cells`, `at most ${MOST_WALKABLE_CELLS}`);
    }
  }
}

type Ring = readonly (readonly [number, number])[];

/**
 * Square metres, by the shoelace formula; below 0 for a clockwise ring. Relative to the first point: far from the
 * origin, products lose digits.
 */
function ringArea(ring: Ring): number {
  const [originX, originY] = ring[0] ?? [0, 0];
  return edgesOf(ring).reduce(
    (sum, [[x, y], [nextX, nextY]]) =>
      sum + ((x - originX) * (nextY - originY) - (nextX - originX) * (y - originY)) / 2,
    0,
  );
}

function ringLength(ring: Ring): number {
  return edgesOf(ring).reduce((sum, [[x, y], [nextX, nextY]]) => sum + Math.hypot(nextX - x, nextY - y), 0);
}

function edgesOf(ring: Ring): [Ring[number], Ring[number]][] {
  return ring.map((point, index) => [point, ring[(index + 1) % ring.length] ?? point]);
}

/** Metres: centre, half a size and a direction over a box of 10 m, each rounded, and the bounds. */
const BOX_TOLERANCE = 4 * FACTS_STEP;

/** As published axes may deviate (VSI-Bench's files), and far more than rounding to 1e-9 costs. */
const AXES_TOLERANCE = 1e-6;

/**
 * Where VSI-Bench's published bounds were seen to be those of the box's own corners: all 1,212 boxes of its ScanNet
 * file.
 */
const BOUNDS_OF_CORNERS: readonly string[] = ["scannet"];

/**
 * Checks an object's box against its bounds. Around the same vertices, made from a mesh: the box holds them, so its
 * corners reach as far as the bounds; each of its sides touches one of them, so the bounds reach each side; their mean
 * lies in both; and the smallest upright rectangle is no larger than the bounds' floor.
 */
function checkObject(
  { box, aabb, centroid, points }: SceneObject,
  path: string,
  { dataset }: SceneFacts,
  { box: fit }: Pick<VerifySettings, "box">,
  fail: ReportFact,
): void {
  const { center, size, axes } = box;
  for (const first of AXES) {
    for (const second of AXES) {
      const product = dot(axes[first], axes[second]);
      if (Math.abs(product - (first === second ? 1 : 0)) <= AXES_TOLERANCE) continue;
      fail(
        "box-axes",
        `${path}/box/axes`,
        `${product} as the product of rows ${first} and ${second}`,
        "unit vectors at right angles",
      );
      return;
    }
  }
  const failBox = (got: string, expected: string) => fail("box-bounds", `${path}/box`, got, expected);
  const letters = "xyz";
  for (const axis of AXES) {
    const [low, high] = [aabb.min[axis], aabb.max[axis]];
    if (low > high) fail("box-bounds", `${path}/aabb`, `${low} to ${high} along ${letters[axis]}`, "min below max");
    const reach = AXES.reduce<number>((sum, side) => sum + (Math.abs(axes[side][axis]) * size[side]) / 2, 0);
    const [boxLow, boxHigh] = [center[axis] - reach, center[axis] + reach];
    const asFar = `${low} to ${high} along ${letters[axis]}, as the aabb`;
    const isAround = boxLow <= low + BOX_TOLERANCE && boxHigh >= high - BOX_TOLERANCE;
    const isSame = Math.abs(boxLow - low) <= BOX_TOLERANCE && Math.abs(boxHigh - high) <= BOX_TOLERANCE;
    const isUpright = fit === "gravity" && axis === 2;
    if (points === null) {
      if (BOUNDS_OF_CORNERS.includes(dataset) && !isSame) failBox(`${boxLow} to ${boxHigh}`, asFar);
    } else if (isUpright ? !isSame : !isAround) {
      failBox(`${boxLow} to ${boxHigh}`, isUpright ? asFar : `at least ${asFar}`);
    }
    if (centroid[axis] < low - BOX_TOLERANCE || centroid[axis] > high + BOX_TOLERANCE) {
      fail("box-bounds", `${path}/centroid/${axis}`, String(centroid[axis]), `within the aabb, ${low} to ${high}`);
    }
  }
  if (points === null) return;
  for (const side of AXES) {
    const direction = axes[side];
    const middle = dot(direction, center);
    const ends = (pick: (a: number, b: number) => number) =>
      AXES.reduce<number>(
        (sum, axis) => sum + pick(direction[axis] * aabb.min[axis], direction[axis] * aabb.max[axis]),
        0,
      );
    const overhang = Math.max(middle + size[side] / 2 - ends(Math.max), ends(Math.min) - (middle - size[side] / 2));
    if (overhang > BOX_TOLERANCE) {
      failBox(`side ${side} of ${size[side]} m, ${overhang.toFixed(6)} m beyond the aabb`, "sides that touch a vertex");
    }
    const aside = Math.abs(dot(direction, centroid) - middle) - size[side] / 2;
    if (aside > BOX_TOLERANCE) {
      fail(
        "box-bounds",
        `${path}/centroid`,
        `${aside.toFixed(6)} m outside the box`,
        "the vertices' mean in their box",
      );
    }
  }
  if (fit !== "gravity") return;
  if (1 - axes[2][2] > AXES_TOLERANCE)
    failBox(`a third axis of ${axes[2].join(", ")}`, "straight up, as --box gravity fits");
  const [width, depth] = [aabb.max[0] - aabb.min[0], aabb.max[1] - aabb.min[1]];
  if (size[0] * size[1] > width * depth + BOX_TOLERANCE * (width + depth + size[0] + size[1])) {
    failBox(
      `${(size[0] * size[1]).toFixed(6)} m2 of floor`,
      `no more than the aabb's ${(width * depth).toFixed(6)} m2`,
    );
  }
}

/** Checks an object's core: within its box, and only where there are vertices. */
function checkCore({ box, core_size, points, excluded }: SceneObject, path: string, fail: ReportFact): void {
  // Facts of 0.1 have none.
  if (core_size === undefined) return;
  if ((core_size === null) !== (points === null || excluded !== null)) {
    const expected = core_size === null ? "the core of what questions may name" : "null: no mesh, or not to be named";
    fail("box-core", `${path}/core_size`, core_size?.join(", ") ?? "null", expected);
    return;
  }
  for (const side of AXES) {
    const length = core_size?.[side] ?? 0;
    if (length <= box.size[side] + BOX_TOLERANCE) continue;
    fail("box-core", `${path}/core_size/${side}`, `${length} m`, `at most the box's ${box.size[side]} m`);
  }
}

/**
 * Checks the distances between closest vertices: one for every two objects that questions may name, none shorter than
 * the way between boxes, which hold the vertices, and none longer than vertices that are spread like these can be
 * apart.
 */
function checkSurfaceDistances({ objects, surface_distances }: SceneFacts, fail: ReportFact): void {
  if (surface_distances === null) return;
  const nameable = objects.filter(({ excluded }) => excluded === null);
  const byId = new Map(nameable.map((object) => [object.id, object]));
  const seen = new Set<string>();
  for (const [index, { a, b, distance_m, closest }] of surface_distances.entries()) {
    const path = `/surface_distances/${index}`;
    const [first, second] = [byId.get(a), byId.get(b)];
    if (first === undefined || second === undefined || a >= b || seen.has(`${a} ${b}`)) {
      fail(
        "surface-distance",
        path,
        `objects ${a} and ${b}`,
        "two that questions may name, the lower id first, each pair once",
      );
      continue;
    }
    seen.add(`${a} ${b}`);
    const least = boxDistance(first.box, second.box);
    const most = farthestClosest(first, second);
    if (distance_m < least - BOX_TOLERANCE || distance_m > most + BOX_TOLERANCE) {
      const expected = `${least.toFixed(6)} m, the way between the boxes of ${a} and ${b}, to ${most.toFixed(6)} m, the most that their vertices can leave`;
      fail("surface-distance", path, `${distance_m} m`, expected);
    }
    if (closest !== undefined) checkClosest(closest, [first, second], distance_m, `${path}/closest`, fail);
  }
  const pairs = (nameable.length * (nameable.length - 1)) / 2;
  if (seen.size < pairs) fail("surface-distance", "/surface_distances", `${seen.size} pairs`, `all ${pairs}`);
}

/** Metres that a point moves at most when its coordinates are rounded. */
const CLOSEST_ROUNDING = (Math.sqrt(3) / 2) * CLOSEST_STEP;

/** Checks the closest vertices: as far apart as the facts say, each within its object's bounds and box. */
function checkClosest(
  closest: readonly [Vec3, Vec3],
  objects: readonly [SceneObject, SceneObject],
  distance_m: number,
  path: string,
  fail: ReportFact,
): void {
  const [one, other] = closest;
  const apart = Math.hypot(...AXES.map((axis) => one[axis] - other[axis]));
  if (!(Math.abs(apart - distance_m) <= 2 * CLOSEST_ROUNDING + FACTS_STEP)) {
    fail("closest-points", path, `points ${apart.toFixed(6)} m apart`, `${distance_m} m, as distance_m says`);
  }
  for (const end of [0, 1] as const) {
    const point = closest[end];
    const { id, aabb, box } = objects[end];
    const tolerance = CLOSEST_STEP / 2 + BOX_TOLERANCE;
    const isInBounds = AXES.every(
      (axis) => point[axis] >= aabb.min[axis] - tolerance && point[axis] <= aabb.max[axis] + tolerance,
    );
    if (isInBounds && pointToBoxDistance(box, point) <= CLOSEST_ROUNDING + BOX_TOLERANCE) continue;
    fail("closest-points", `${path}/${end}`, point.join(", "), `a vertex of object ${id}: within its aabb and box`);
  }
}

/**
 * How far the closest vertices of two objects can be apart, in metres. No farther than any two vertices are in the
 * square mean: the centroids' distance and both objects' variances, each at most (max - mean) (mean - min) along an
 * axis (Bhatia and Davis, "A better bound on the variance", 2000).
 */
function farthestClosest(a: SceneObject, b: SceneObject): number {
  const squared = AXES.reduce<number>((sum, axis) => {
    const spread = [a, b].map(({ aabb, centroid }) =>
      Math.max(0, (aabb.max[axis] - centroid[axis]) * (centroid[axis] - aabb.min[axis])),
    );
    return spread.reduce((total, one) => total + one, sum + (a.centroid[axis] - b.centroid[axis]) ** 2);
  }, 0);
  return Math.sqrt(squared);
}

const AXES = [0, 1, 2] as const;

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
