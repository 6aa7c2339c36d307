import type { CameraFacts, SceneFacts, Vec3 } from "@vsi/geometry";
import fc from "fast-check";
import { arbitraryFacts, factsWith, objectAt } from "./facts.ts";

export interface TestFrame {
  position?: Vec3;
  /** Radians about the vertical, counter-clockwise: 0 looks along +y. */
  yaw?: number;
  /** Pixels by object id. */
  visible?: Readonly<Record<number, number>>;
  /** Metres to the closest vertex by object id. */
  distances?: Readonly<Record<number, number>>;
  time_s?: number;
}

/** An upright camera's pose, row major: with yaw 0, right is +x, down is -z, forward is +y. */
export function uprightPose([x, y, z]: Vec3, yaw: number): number[] {
  const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
  return [c, 0, -s, x, s, 0, c, y, 0, -1, 0, z, 0, 0, 0, 1];
}

/**
 * A stream of which these frames are shown: "000000.jpg", "000030.jpg", ..., a second apart unless they say otherwise.
 */
export function cameraWith(frames: readonly TestFrame[], firstSeen: Record<number, number> | null = null): CameraFacts {
  return {
    intrinsics: { width: 640, height: 480, fx: 577, fy: 577, cx: 320, cy: 240 },
    frames_total: Math.max(1, frames.length * 30),
    frames_without_pose: 0,
    frames: frames.map(({ position = [0, 0, 1.5], yaw = 0, visible = {}, distances = {}, time_s }, place) => ({
      name: `${String(place * 30).padStart(6, "0")}.jpg`,
      index: place * 30,
      time_s: time_s ?? place,
      camera_to_world: uprightPose(position, yaw),
      visible: Object.entries(visible).map(([id, pixels]) => {
        const distance_m = distances[Number(id)];
        return { object_id: Number(id), pixels, ...(distance_m !== undefined && { distance_m }) };
      }),
    })),
    first_seen:
      firstSeen &&
      Object.entries(firstSeen)
        .map(([id, time_s]) => ({ object_id: Number(id), index: Math.round(time_s * 30), time_s }))
        .sort((one, other) => one.time_s - other.time_s || one.object_id - other.object_id),
  };
}

const coordinate = fc.double({ min: -6, max: 6, noNaN: true });

/**
 * Rooms with a stream of 0 to 8 frames, in which any object may be seen, hardly seen or not; some streams wholly looked
 * at.
 */
export const arbitraryStreamFacts: fc.Arbitrary<SceneFacts> = arbitraryFacts.chain((facts) => {
  const pixels = fc.constantFrom(0, 49, 50, 400);
  const perObject = fc.array(pixels, { minLength: facts.objects.length, maxLength: facts.objects.length });
  const times = fc.array(fc.double({ min: 0, max: 60, noNaN: true }), {
    minLength: facts.objects.length,
    maxLength: facts.objects.length,
  });
  const frame = fc.record({
    position: fc.tuple(coordinate, coordinate, fc.double({ min: 0, max: 2, noNaN: true })),
    yaw: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
    seen: perObject,
  });
  return fc.record({ frames: fc.array(frame, { maxLength: 8 }), times: fc.option(times) }).map(({ frames, times }) => {
    const byId = <Value>(values: readonly Value[]) =>
      Object.fromEntries(facts.objects.map(({ id }, index) => [id, values[index]!] as const));
    const shown = frames.map(({ position, yaw, seen }) => ({
      position,
      yaw,
      visible: Object.fromEntries(Object.entries(byId(seen)).filter(([, count]) => count > 0)),
    }));
    return { ...facts, camera: cameraWith(shown, times && byId(times)) };
  });
});

/** Ten small objects of four to ten labels, none of them in another. */
const smallObjects = fc
  .record({
    labels: fc.integer({ min: 4, max: 10 }),
    places: fc.array(fc.tuple(coordinate, coordinate), { minLength: 10, maxLength: 10 }),
  })
  .map(({ labels, places }) =>
    places.map(([x, y], id) => objectAt(id, `thing ${id % labels}`, [x, y, 0.2 * id], [0.3, 0.2, 0.1])),
  );

/**
 * Ten frames, three seconds apart; objects come into view between two of them, at once or late, or stay out of sight.
 */
export const arbitraryWalkFacts: fc.Arbitrary<SceneFacts> = smallObjects.chain((objects) => {
  const entry = fc.record({ place: fc.integer({ min: 0, max: 11 }), before_s: fc.constantFrom(0, 0.5, 1, 2.9) });
  const { length } = objects;
  return fc.array(entry, { minLength: length, maxLength: length }).map((entries) => {
    const firsts = objects.map(({ id }, index) => ({ id, ...entries[index]! }));
    const frames = Array.from({ length: 10 }, (_, place) => ({
      position: [place - 5, 0.5, 1.5] as Vec3,
      visible: Object.fromEntries(firsts.map((first) => [first.id, first.place <= place ? 60 : 20])),
    }));
    const times = firsts.map(({ id, place, before_s }) => [id, Math.max(0, 3 * place - before_s)] as const);
    return factsWith(objects, { camera: cameraWith(frames, Object.fromEntries(times)) });
  });
});
