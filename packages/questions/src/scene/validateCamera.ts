import type { CameraFacts, SampledFrame } from "@vsi/geometry";
import type { FactsChecks } from "./factsChecks.ts";

/**
 * How far two axes' product may be from 0, and a length from 1. @vsi/geometry's pose reader lets 0.01 pass; turning such a
 * pose into the axis-aligned frame can gather three of these, and the alignment's own rounding comes on top.
 */
const ROTATION_TOLERANCE = 0.05;

/**
 * Checks what questions about a stream rest on.
 *
 * @param ids of the facts' objects.
 * @throws FactsError "facts-frame" (no name or one that stands twice, frames out of order),
 * "facts-number" (a pose or time that is none), "facts-pose" (no rotation), "facts-id" (an object that the facts do not
 * have, or twice in a frame), "facts-pixels" (no positive integer), "facts-negative" (a time before the stream's start).
 */
export function validateCamera(camera: CameraFacts, ids: ReadonlySet<number>, checks: FactsChecks): void {
  const { frames, first_seen } = camera;
  const names = new Set<string>();
  for (const [position, frame] of frames.entries()) {
    const place = `camera.frames[${position}]`;
    if (typeof frame.name !== "string" || frame.name === "" || names.has(frame.name)) {
      checks.fail("facts-frame", `${place}.name`, frame.name, "a name that no other frame has");
    }
    names.add(frame.name);
    const before = frames[position - 1]?.index ?? -1;
    if (!Number.isSafeInteger(frame.index) || frame.index <= before) {
      checks.fail("facts-frame", `${place}.index`, frame.index, `an integer over ${before}, in the stream's order`);
    }
    checkPose(place, frame, checks);
    checkVisible(place, frame, ids, checks);
  }
  checkFirstSeen(first_seen ?? [], ids, checks);
}

function checkPose(place: string, { camera_to_world: pose }: SampledFrame, checks: FactsChecks): void {
  checks.checkNumbers(`${place}.camera_to_world`, pose, 16);
  const dot = (a: number, b: number) => [0, 4, 8].reduce((sum, row) => sum + pose[row + a]! * pose[row + b]!, 0);
  const pairs = [0, 1, 2].flatMap((a) => [0, 1, 2].map((b) => ({ a, b })));
  const isRotation =
    pairs.every(({ a, b }) => Math.abs(dot(a, b) - (a === b ? 1 : 0)) <= ROTATION_TOLERANCE) && determinant(pose) > 0;
  if (!isRotation) {
    checks.fail("facts-pose", `${place}.camera_to_world`, pose, "a rotation in the upper left three rows and columns");
  }
}

/** Of the upper left three rows and columns: negative where the axes are mirrored. */
function determinant(pose: readonly number[]): number {
  const at = (row: number, column: number) => pose[row * 4 + (column % 3)]!;
  return [0, 1, 2].reduce((sum, column) => {
    const minor = at(1, column + 1) * at(2, column + 2) - at(1, column + 2) * at(2, column + 1);
    return sum + at(0, column) * minor;
  }, 0);
}

function checkVisible(place: string, { visible }: SampledFrame, ids: ReadonlySet<number>, { fail }: FactsChecks): void {
  const seen = new Set<number>();
  for (const [position, { object_id, pixels }] of visible.entries()) {
    if (!ids.has(object_id) || seen.has(object_id)) {
      fail("facts-id", `${place}.visible[${position}].object_id`, object_id, "the id of an object, once a frame");
    }
    seen.add(object_id);
    if (!Number.isSafeInteger(pixels) || pixels < 1) {
      fail("facts-pixels", `${place}.visible[${position}].pixels`, pixels, "an integer of at least 1");
    }
  }
}

function checkFirstSeen(
  firstSeen: NonNullable<CameraFacts["first_seen"]>,
  ids: ReadonlySet<number>,
  { fail, checkNumbers }: FactsChecks,
): void {
  const seen = new Set<number>();
  for (const [position, { object_id, time_s }] of firstSeen.entries()) {
    const place = `camera.first_seen[${position}]`;
    if (!ids.has(object_id) || seen.has(object_id)) {
      fail("facts-id", `${place}.object_id`, object_id, "the id of an object, once");
    }
    seen.add(object_id);
    checkNumbers(`${place}.time_s`, [time_s], 1);
    if (time_s < 0) {
      fail("facts-negative", `${place}.time_s`, time_s, "seconds since the stream's first frame");
    }
  }
}
