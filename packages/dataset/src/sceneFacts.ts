import type { StatedRoom } from "./splits.ts";

/** A point or direction: [x, y, z]. Lengths are metres; the frame is the scan's axis-aligned one, +Z up. */
export type Vec3 = [number, number, number];

/**
 * An oriented box. `axes` are three orthonormal row vectors; `axes[i]` is the direction of `size[i]`
 * (the convention of VSI-Bench's `normalizedAxes`). `size` holds full edge lengths, not half extents.
 */
export interface OrientedBox {
  center: Vec3;
  size: Vec3;
  axes: [Vec3, Vec3, Vec3];
}

/** A box whose edges follow the frame's axes. */
export interface AxisAlignedBox {
  min: Vec3;
  max: Vec3;
}

/**
 * Why questions may not name an object: the `excluded` column of scannet-manifests/labels.csv, or "not-in-benchmark"
 * for what is outside VSI-Bench's set of categories, where only that set is asked about.
 */
export type ExclusionReason = "structure" | "ambiguous" | "not-in-benchmark";

/** An annotated object: its names, and where it is. Metres, axis-aligned frame, +Z up. */
export interface SceneObject {
  /** ScanNet's objectId; unique within the scan. */
  id: number;
  /** The annotation's own word, as written ("kitchen cabinets"). */
  label: string;
  /** The canonical name that synonyms, plurals and typos share ("kitchen cabinet"). */
  category: string;
  /** Null when questions may name the object; otherwise why they may not (walls, floors, "object"). */
  excluded: ExclusionReason | null;
  /** Number of mesh vertices; null when the facts were published without a mesh. */
  points: number | null;
  /** Mean of the object's vertices (of the box, where there is no mesh). */
  centroid: Vec3;
  box: OrientedBox;
  /**
   * Edge lengths, along the box's axes, of the object's core: its largest connected part without the farthest of its
   * vertices. Where they are much shorter than the box's, stray vertices made the box. Null without a mesh, and for
   * objects that questions may not name; missing in facts of 0.1.
   */
  core_size?: Vec3 | null;
  aabb: AxisAlignedBox;
}

/** A scan's room, seen from above: its size, outline and free floor. Metres, axis-aligned frame, +Z up. */
export interface Room {
  /**
   * Floor area in square metres: alpha shape of everything projected on the floor, enclosed holes filled, or what was
   * published. 0 where nobody published one.
   */
  area_m2: number;
  /** Centre of the axis-aligned box around the whole scan. */
  center: Vec3;
  /**
   * The alpha shape's outer boundaries, simplified, or the published polygon: closed rings of [x, y], counter-clockwise,
   * first point not repeated, that enclose the area within 0.1 %. Null without a mesh or a polygon.
   */
  outline: [number, number][][] | null;
  /**
   * "main" where area and outline are those of the main room alone, of a scan that may show several (ReVSI's
   * annotation); absent for the whole scan.
   */
  rooms?: "main";
  /** Where one could stand, the body's width not yet taken off. Null when it was not asked for or there was no mesh. */
  walkable: WalkableGrid | null;
}

/** Square cells on the floor plane; metres, axis-aligned. */
export interface WalkableGrid {
  /** Lowest x and y of the first cell. */
  origin: [number, number];
  /** Side of a cell. */
  cell_m: number;
  /** Cells along x, and along y. */
  columns: number;
  rows: number;
  /**
   * Row by row from the lowest y, in a row from the lowest x: lengths of runs, divided by spaces, of cells that are not
   * walkable and cells that are, in turns ("3 2 1": three not, two walkable, one not). readCellRuns reads them.
   */
  cells: string;
}

/** Distance between the closest vertices of two objects, `a < b` by id. */
export interface SurfaceDistance {
  a: number;
  b: number;
  distance_m: number;
  /**
   * The vertex of `a` and that of `b`, rounded to a millimetre. Of several pairs that are equally close the one whose
   * vertex of `a`, then of `b`, comes first in its object: by the annotation's order of segments, then the mesh's order
   * of vertices. Missing in facts of 0.1.
   */
  closest?: [Vec3, Vec3];
}

/** A pinhole camera: x right, y down, z forward; pixel (0, 0) is the centre of the top left pixel. */
export interface CameraIntrinsics {
  width: number;
  height: number;
  /** Focal lengths and principal point in pixels. */
  fx: number;
  fy: number;
  cx: number;
  cy: number;
}

/** One sampled frame: what a model is shown. */
export interface SampledFrame {
  /** File name in frames/<scanId>/, such as "000120.jpg": the frame's number in the stream, six digits. */
  name: string;
  /** The frame's number in the stream, from 0. */
  index: number;
  /** Seconds since the stream's first frame. */
  time_s: number;
  /** Row-major 4x4, camera to the axis-aligned world, metres. */
  camera_to_world: number[];
  /**
   * Pixels of the depth image in which an object is seen, for every object seen in at least one; ordered by object id.
   * `distance_m`: metres from the camera to the object's closest vertex, seen or not; missing without a mesh, and in
   * facts of 0.1.
   */
  visible: { object_id: number; pixels: number; distance_m?: number }[];
}

/** When an object is first seen over all frames of the stream. */
export interface FirstSeen {
  object_id: number;
  /** The frame's number in the stream. */
  index: number;
  time_s: number;
  /**
   * Not later than time_s; only where damaged frames lie before it, in which the object may have been seen already:
   * from this time on.
   */
  earliest_s?: number;
}

/** What the scan's stream showed. */
export interface CameraFacts {
  /** Of the depth camera, in which visibility is counted. */
  intrinsics: CameraIntrinsics;
  /** Frames in the stream, and those left out because their pose is invalid. */
  frames_total: number;
  frames_without_pose: number;
  /**
   * Of the frames that were looked at, those left out because an image or their pose's file is damaged; only where
   * there are any.
   */
  frames_damaged?: number;
  /** Ordered by index. */
  frames: SampledFrame[];
  /** Ordered by time, then object id; null when not every frame was looked at. */
  first_seen: FirstSeen[] | null;
}

/**
 * Everything questions are made from: one scan, in metres, axis aligned, +Z up.
 * Written as `scenes/<scanId>.json` in a dataset folder.
 */
export interface SceneFacts extends StatedRoom {
  schema: "vsi-scene/1";
  /** "scannet", "vsi-synth", "arkitscenes", "scannetpp". */
  dataset: string;
  /** The scan's id, such as "scene0000_00". */
  scene_name: string;
  /**
   * From the scan's own coordinates (its mesh and poses as downloaded) to the axis-aligned ones of all else here: 16
   * numbers, row major. Null where they are the same; missing in published facts, and in those of 0.1.
   */
  alignment?: number[] | null;
  room: Room;
  /** Ordered by id. */
  objects: SceneObject[];
  /**
   * Published counts by category, where facts came without a mesh: they may differ from the number of boxes. Null when
   * objects are the count. Ask with Object.hasOwn: a category may be called "constructor".
   */
  counts: Record<string, number> | null;
  /** Between the objects that questions may name; null when they were not asked for or there was no mesh. */
  surface_distances: SurfaceDistance[] | null;
  /** Null without a stream. */
  camera: CameraFacts | null;
  /** Only where there are frames and no camera: questions are about the whole room all the same. */
  unposed_frames?: UnposedFrames;
}

/** Frames whose camera nobody knows: evenly sampled pictures of a scan's video. What they show was not measured. */
export interface UnposedFrames {
  source: "video" | "pictures";
  /** In the video, or the folder of pictures. */
  frames_total: number;
  /** Ordered by index; `name` is a file's in frames/<scanId>/, `index` the frame's number in the video, from 0. */
  frames: { name: string; index: number }[];
}

/** The names of the frames that questions about a scene list; null where the scene has none. */
export function frameNamesOf({ camera, unposed_frames }: SceneFacts): string[] | null {
  return (camera ?? unposed_frames)?.frames.map(({ name }) => name) ?? null;
}
