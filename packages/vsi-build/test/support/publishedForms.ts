import type { RoomTruth } from "@vsi/synth";

/** A room's construction in the forms in which scene facts are published. */
export const PUBLISHED_FORMS = ["VSI-Bench", "VLM-3R", "VSI-590K", "ReVSI"] as const;

export type PublishedForm = (typeof PUBLISHED_FORMS)[number];

/** A file of these rooms in a form, as an object to write as JSON. */
export function publishedFile(
  form: PublishedForm,
  rooms: readonly { name: string; dataset: string; truth: RoomTruth }[],
): unknown {
  if (form === "ReVSI") return rooms.map(({ name, dataset, truth }) => revsiEntry(name, dataset, truth));
  const entryOf = ENTRIES[form];
  return Object.fromEntries(rooms.map(({ name, dataset, truth }) => [name, entryOf(dataset, truth)]));
}

/** The objects with a box, those of a label together, as VSI-Bench's files have them. */
function boxesByLabel({ objects }: RoomTruth) {
  const byLabel = new Map<string, ReturnType<typeof boxOf>[]>();
  for (const { label, box } of objects) {
    if (box !== null) byLabel.set(label, [...(byLabel.get(label) ?? []), boxOf(box)]);
  }
  return byLabel;
}

type Vec3 = [number, number, number];

function boxOf({ center, size, yaw }: NonNullable<RoomTruth["objects"][number]["box"]>) {
  const [cos, sin] = [Math.cos(yaw), Math.sin(yaw)];
  const rows: [Vec3, Vec3, Vec3] = [
    [cos, sin, 0],
    [-sin, cos, 0],
    [0, 0, 1],
  ];
  const corners = [-0.5, 0.5].flatMap((a) =>
    [-0.5, 0.5].flatMap((b) =>
      [-0.5, 0.5].map((c) =>
        center.map(
          (middle, axis) =>
            middle + a * size[0] * rows[0][axis]! + b * size[1] * rows[1][axis]! + c * size[2] * rows[2][axis]!,
        ),
      ),
    ),
  );
  const bound = (pick: (...values: number[]) => number) =>
    [0, 1, 2].map((axis) => pick(...corners.map((corner) => corner[axis]!)));
  return { center, size, rows, min: bound(Math.min), max: bound(Math.max) };
}

function mapped<Value>(truth: RoomTruth, entryOf: (boxes: ReturnType<typeof boxOf>[]) => Value) {
  return Object.fromEntries([...boxesByLabel(truth)].map(([label, boxes]) => [label, entryOf(boxes)]));
}

const ENTRIES: Record<Exclude<PublishedForm, "ReVSI">, (dataset: string, truth: RoomTruth) => unknown> = {
  "VSI-Bench": (dataset, truth) => ({
    dataset,
    video_path: "videos/somewhere.mp4",
    room_size: truth.area,
    room_center: [0, 0, 1],
    object_counts: mapped(truth, (boxes) => boxes.length),
    object_bbox: mapped(truth, (boxes) =>
      boxes.map(({ center, size, rows, min, max }) => ({
        ...{ centroid: center, axesLengths: size, normalizedAxes: rows.flat(), min, max },
      })),
    ),
  }),
  "VLM-3R": (dataset, truth) => ({
    dataset,
    video_path: "videos/somewhere.mp4",
    room_size: truth.area,
    room_center: [0, 0, 1],
    object_counts: mapped(truth, (boxes) => boxes.length),
    object_bboxes: mapped(truth, (boxes) =>
      boxes.map(({ center, size, rows, min, max }, instance_id) => ({
        ...{ centroid: center, axesLengths: size, normalizedAxes: rows, min_corner: min, max_corner: max, instance_id },
      })),
    ),
  }),
  // Names of our own: the shapes tell.
  "VSI-590K": (dataset, truth) => ({
    dataset_name: dataset,
    floor_area: truth.area,
    scene_center: [0, 0, 1],
    counts_by_label: mapped(truth, (boxes) => boxes.length),
    boxes_by_label: mapped(truth, (boxes) =>
      boxes.map(({ center, size, rows, min, max }) => ({
        ...{ box_center: center, box_size: size, box_axes: rows.flat(), box_min: min, box_max: max },
      })),
    ),
  }),
};

function revsiEntry(scene_id: string, dataset: string, truth: RoomTruth) {
  const listed = [...boxesByLabel(truth)].flatMap(([name, boxes]) => boxes.map((box) => ({ name, box })));
  return {
    dataset,
    scene_id,
    objects: listed.map(({ name, box: { center, size, rows } }, id) => ({
      id,
      name,
      // Columns are the axes.
      obb: { center, extent: size, rotation: [0, 1, 2].map((axis) => rows.map((row) => row[axis]!)) },
    })),
    scene_area_2d_polygon: [...truth.outline, truth.outline[0]],
    scene_area_type: "all_room",
  };
}
