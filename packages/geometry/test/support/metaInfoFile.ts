/** A small good file in the form of VSI-Bench's, with numbers of our own: two scenes, the later name first. */
export function metaInfoFile() {
  return {
    scene0002_00: {
      dataset: "scannet",
      video_path: "videos/scene0002_00.mp4",
      room_size: 20.123456789012344,
      room_center: [0.1, 0.2, 1.3],
      object_counts: { chair: 2, table: 1 } as Record<string, unknown>,
      object_bbox: {
        chair: [metaInfoBox([1, 0, 0.5]), metaInfoBox([2, 0, 0.5])],
        table: [metaInfoBox([0, 0, 0.4])],
      } as Record<string, unknown>,
    },
    scene0001_00: {
      dataset: "scannet",
      room_size: 5,
      room_center: [0, 0, 1],
      object_counts: {},
      object_bbox: {},
    },
  };
}

/** A published box of 0.5 x 1 x 0.25 m, turned by the angle of the triangle 3, 4, 5. */
export function metaInfoBox(centroid: [number, number, number]) {
  return {
    centroid,
    axesLengths: [0.5, 1, 0.25],
    normalizedAxes: [0.6, 0.8, 0, -0.8, 0.6, 0, 0, 0, 1],
    min: centroid.map((coordinate) => coordinate - 0.6),
    max: centroid.map((coordinate) => coordinate + 0.6),
  };
}
