import type { OrientedBox, QuestionType, SceneObject, Vec3 } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import type { ProtocolRules } from "@vsi/questions";
import type { VerifiedScene } from "../folder/scene.ts";

type ObjectRules = NonNullable<ProtocolRules["objects"]>;

/** Metres: a box's sides and its core's are rounded to a thousandth of it. */
const SLACK_M = 1e-5;

/** Tolerance for points on a side of a box, where rounding decides. */
const OVERLAP_SLACK = 0.02;

/**
 * Checks that a question names only objects that are clear enough: enough vertices, no stray ones, and no two that may
 * be one thing. Whoever names an object to choose from names all of its name, since the nearest of them counts. Written
 * a second time on purpose: verify must not repeat the generator's mistakes.
 *
 * @param objectIds what the answer rests on.
 * @param refuse reports what a rule does not allow.
 */
export function checkClear(
  type: QuestionType,
  objectIds: readonly number[],
  scene: VerifiedScene,
  { leastPoints, mostStray, duplicateOverlap }: ObjectRules,
  refuse: (what: string, rule: string) => void,
): void {
  const isCounting = type === "object_counting";
  const least = isCounting
    ? leastPoints.counted
    : type === "object_size_estimation"
      ? Math.max(leastPoints.named, leastPoints.sized)
      : leastPoints.named;
  const names = new Set(objectIds.flatMap((id) => scene.objects.get(id) ?? []).map(scene.nameOf));
  for (const name of names) {
    const objects = scene.named(name);
    for (const { id, points, box, core_size } of objects) {
      if (points !== null && points < least) refuse(`id ${id} of ${points} vertices`, `at least ${least}`);
      if (isCounting || !core_size) continue;
      const stray = box.size.map((length, side) => length - at(core_size, side));
      const most = mostStray * Math.max(...box.size);
      if (stray.some((length) => length > most + SLACK_M)) {
        const rule = `sides at most ${most.toFixed(3)} m longer than the core's`;
        refuse(`id ${id} with a box of ${box.size.join(" x ")} m around a core of ${core_size.join(" x ")} m`, rule);
      }
    }
    const overlap = largestOverlap(name, objects, scene);
    if (overlap >= duplicateOverlap + OVERLAP_SLACK) {
      refuse(
        `${name}, of which two share ${Math.round(100 * overlap)} % of a box`,
        `under ${duplicateOverlap * 100} %`,
      );
    }
  }
}

/** Computed once per scene and name: questions name the same ones over and over. */
const known = new WeakMap<VerifiedScene, Map<string, number>>();

function largestOverlap(name: string, objects: readonly SceneObject[], scene: VerifiedScene): number {
  const ofScene = known.get(scene) ?? new Map<string, number>();
  known.set(scene, ofScene);
  const before = ofScene.get(name);
  if (before !== undefined) return before;
  let largest = 0;
  for (const [index, a] of objects.entries()) {
    for (const b of objects.slice(index + 1)) {
      if (areApart(a, b)) continue;
      largest = Math.max(largest, shareInside(a.box, b.box), shareInside(b.box, a.box));
    }
  }
  ofScene.set(name, largest);
  return largest;
}

function areApart({ aabb: a }: SceneObject, { aabb: b }: SceneObject): boolean {
  return ([0, 1, 2] as const).some(
    (axis) => a.min[axis] > b.max[axis] + SLACK_M || b.min[axis] > a.max[axis] + SLACK_M,
  );
}

/** Along a side: shares are told by the middles of 10 x 10 x 10 cells. */
const CELLS = 10;

function shareInside({ center, size, axes }: OrientedBox, other: OrientedBox): number {
  let inside = 0;
  for (let cell = 0; cell < CELLS ** 3; cell += 1) {
    const places = [cell % CELLS, Math.floor(cell / CELLS) % CELLS, Math.floor(cell / CELLS ** 2)];
    const point = ([0, 1, 2] as const).map((axis) =>
      axes.reduce(
        (sum, side, index) => sum + side[axis] * at(size, index) * ((at(places, index) + 0.5) / CELLS - 0.5),
        center[axis],
      ),
    ) as Vec3;
    const isInside = other.axes.every((side, index) => {
      const offset = point.map((coordinate, axis) => coordinate - at(other.center, axis));
      const along = offset.reduce((sum, coordinate, axis) => sum + coordinate * at(side, axis), 0);
      return Math.abs(along) <= at(other.size, index) / 2 + SLACK_M;
    });
    if (isInside) inside += 1;
  }
  return inside / CELLS ** 3;
}
