import type { RoomTruth, TrueObject } from "../../src/room/truth.ts";

/** A truth made by hand: labels with their centroids, all with a box of 0.5 x 0.3 x 1.2 m. */
export function truthOf(...labelled: [label: string, centroid: TrueObject["centroid"]][]): RoomTruth {
  const objects = labelled.map(
    ([label, centroid], id): TrueObject => ({
      id,
      label,
      points: 10,
      centroid,
      box: { center: centroid, size: [0.5, 0.3, 1.2], yaw: 0 },
      aabb: null,
    }),
  );
  return { sceneName: "scene9000_00", shape: "rectangle", outline: [], area: 12.5, counts: {}, objects };
}
