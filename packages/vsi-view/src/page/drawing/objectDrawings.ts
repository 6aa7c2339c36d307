import type { SceneObject, Vec3 } from "@vsi/dataset";
import { measuredPoints } from "@vsi/questions";
import type { ShownRoom } from "@vsi/questions/internal";
import { atHeight, type DrawInput, type Drawing, type DrawnSegment, drawingOf, lengthOf, segment } from "./drawing.ts";

/** Every counted instance with its number. */
export function drawCounted({ asked, room }: DrawInput): Drawing {
  return drawingOf({
    objects: asked.map((object, index) => ({
      id: object.id,
      emphasis: "answer",
      label: `${index + 1}. ${room.nameOf(object)}`,
    })),
  });
}

/** The longest side of the object's box: the highest of its four edges, which furniture hides least. */
export function drawLongestSide({ asked: [object], question, room }: DrawInput): Drawing {
  if (!object) return drawingOf({});
  const { center, size, axes } = object.box;
  const along = size.indexOf(Math.max(...size));
  const corner = (signs: readonly number[]) =>
    center.map((value, k) =>
      axes.reduce((sum, axis, index) => sum + ((signs[index] ?? 0) * (size[index] ?? 0) * (axis[k] ?? 0)) / 2, value),
    ) as Vec3;
  const edges = [-1, 1].flatMap((first) =>
    [-1, 1].map((second) => {
      const others = [first, second];
      const signs = (end: number) =>
        size.map((_, index) => (index === along ? end : (others[index > along ? index - 1 : index] ?? 0)));
      return [corner(signs(-1)), corner(signs(1))] as const;
    }),
  );
  const height = (edge: (typeof edges)[number]) => edge[0][2] + edge[1][2];
  const [from, to] = edges.reduce((highest, edge) => (height(edge) > height(highest) ? edge : highest));
  return drawingOf({
    objects: [{ id: object.id, emphasis: "asked", label: room.nameOf(object) }],
    segments: [segment(from, to, "answer", { label: `${question.ground_truth} cm` })],
  });
}

/** The floor that was measured; of facts without an outline, the number in the room's middle. */
export function drawRoomSize({ question, room: { facts, floor_m } }: DrawInput): Drawing {
  const label = `${question.ground_truth} m²`;
  const labelAt = atHeight(facts.room.center, floor_m);
  const rings = facts.room.outline;
  return rings
    ? drawingOf({ areas: [{ rings, height_m: floor_m, label, labelAt }] })
    : drawingOf({ points: [{ at: labelAt, emphasis: "answer", label }] });
}

/** Between two objects, where their distance was measured. */
export function drawDistance({ asked: [first, second], question, room }: DrawInput): Drawing {
  if (!first || !second) return drawingOf({});
  return drawingOf({
    objects: [first, second].map((object) => ({ id: object.id, emphasis: "asked", label: room.nameOf(object) })),
    segments: [{ ...measuredSegment(first, second, room).drawn, label: `${question.ground_truth} m` }],
  });
}

/** From the target to each object to choose from. */
export function drawDistances({ asked: [target, ...choices], question, room }: DrawInput): Drawing {
  if (!target) return drawingOf({});
  const drawn = choices.map((object) => {
    const emphasis = room.nameOf(object) === question.ground_truth ? ("answer" as const) : ("compared" as const);
    const { drawn: line, distance_m } = measuredSegment(target, object, room);
    return {
      object: { id: object.id, emphasis, label: room.nameOf(object) },
      line: { ...line, emphasis, label: `${distance_m.toFixed(2)} m` },
    };
  });
  return drawingOf({
    objects: [{ id: target.id, emphasis: "asked", label: room.nameOf(target) }, ...drawn.map(({ object }) => object)],
    segments: drawn.map(({ line }) => line),
  });
}

/** The points between which two objects' distance is measured, in the sense of the scene's kind of distance. */
function measuredSegment(
  from: SceneObject,
  to: SceneObject,
  { facts, distanceKind }: ShownRoom,
): { drawn: DrawnSegment; distance_m: number } {
  const [start, end] = measuredPoints(facts, distanceKind)(from, to);
  const known =
    distanceKind === "surface"
      ? facts.surface_distances?.find(({ a, b }) => a === Math.min(from.id, to.id) && b === Math.max(from.id, to.id))
      : undefined;
  // Facts of 0.1 know how far the closest vertices are apart, not which they are: the boxes' closest points stand in.
  const isExact = distanceKind !== "surface" || known?.closest !== undefined;
  return {
    drawn: segment(start, end, "answer", { isExact }),
    distance_m: known?.distance_m ?? lengthOf(start, end),
  };
}

/** In which order objects come into view: from where the camera first saw each, among the frames that are shown. */
export function drawOrder({ asked, room }: DrawInput): Drawing {
  const { stream } = room;
  const times = stream?.firstSeen_s;
  if (!stream || !times) return drawingOf({});
  const byTime = asked
    .flatMap((object) => {
      const time_s = times.get(object.id);
      return time_s === undefined ? [] : [{ object, time_s }];
    })
    .sort((one, other) => one.time_s - other.time_s || one.object.id - other.object.id);
  const sights = byTime.flatMap(({ object }, index) => {
    const frame = stream.frames.find(({ seen }) => seen.has(object.id));
    return frame ? [{ object, frame, number: index + 1 }] : [];
  });
  return drawingOf({
    objects: byTime.map(({ object, time_s }, index) => ({
      id: object.id,
      emphasis: "answer",
      label: `${index + 1}. ${room.nameOf(object)} (${time_s.toFixed(1)} s)`,
    })),
    segments: sights.map(({ object, frame }) =>
      segment(frame.position, object.centroid, "compared", { isArrow: true, isExact: false }),
    ),
    points: sights.map(({ frame, number }) => ({ at: frame.position, emphasis: "compared", label: String(number) })),
    frames: [...new Set(sights.map(({ frame }) => frame.name))],
  });
}
