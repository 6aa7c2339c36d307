import type { CameraIntrinsics, FirstSeen, SampledFrame } from "@vsi/dataset";
import {
  argumentError,
  at,
  checkArguments,
  checkOptions,
  fields,
  isNumbers,
  NUMBER,
  POSITIONS,
  wholeFrom,
} from "@vsi/dataset/internal";
import { type mat4, mat4 as matrix } from "gl-matrix";
import { GeometryError } from "../errors.ts";
import { INT32S } from "../vertices.ts";
import { createProjectedVertices, type PixelWindow, projectVertices, wholeImage } from "./projection.ts";
import {
  clearDepthBuffer,
  countPixels,
  createDepthBuffer,
  type DepthBuffer,
  type DepthImage,
  type DepthTolerance,
  drawFaces,
  type SeenFaces,
} from "./raster.ts";

/** A mesh whose faces know their object. */
export interface LabelledMesh {
  /** x, y, z of each vertex; metres, axis-aligned, +Z up; finite. */
  positions: Float32Array | Float64Array;
  /** Three vertices per face. */
  faces: Int32Array;
  /** An object id per face, -1 for none, as `labelFaces` finds it. */
  faceObjects: Int32Array;
}

/** How visible pixels are told. */
export interface VisibilityOptions extends DepthTolerance {}

/**
 * 0.1 m and 5 %: the mesh hides what is behind it by itself, so that the depth image only has to show what the mesh
 * lacks (people, things that moved, holes), which stands clear of it by more. Below, sensor noise, which grows with
 * depth, and a drift of the poses by centimetres, which a slanted surface multiplies, would take pixels from what is
 * plainly seen. OpenScene's 25 % of the depth (PointCloudToImageMapper, visibility_threshold) would let through what is
 * half a metre behind at 2 m.
 */
export const VISIBILITY_DEFAULTS: VisibilityOptions = { depthTolerance: 0.1, relativeDepthTolerance: 0.05 };

const MESH = fields({ positions: POSITIONS, faces: INT32S, faceObjects: INT32S });

/** What a camera's intrinsics must be. */
export const INTRINSICS = fields({
  width: wholeFrom(1),
  height: wholeFrom(1),
  fx: NUMBER,
  fy: NUMBER,
  cx: NUMBER,
  cy: NUMBER,
});

/**
 * Counts how many pixels of each object a depth camera sees, frame by frame: draws all faces of the mesh from both
 * sides, keeps the nearest at each pixel's centre, and compares with the depth image. Created once a scan, it keeps the
 * memory for all its frames.
 *
 * @example
 * ```js
 * import { VisibilityRenderer } from "@vsi/geometry";
 *
 * // A triangle of object 7, two metres in front of a camera at the origin that looks along z.
 * const mesh = {
 *   positions: Float64Array.of(-1, -1, 2, 1, -1, 2, 0, 1, 2),
 *   faces: Int32Array.of(0, 1, 2),
 *   faceObjects: Int32Array.of(7),
 * };
 * const renderer = new VisibilityRenderer(mesh, { width: 64, height: 48, fx: 50, fy: 50, cx: 31.5, cy: 23.5 });
 * const [seen] = renderer.visiblePixels([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], null);
 * console.log(seen.object_id, seen.pixels > 1000); // 7 true
 * ```
 */
export class VisibilityRenderer {
  readonly #intrinsics: CameraIntrinsics;
  readonly #tolerance: DepthTolerance;
  readonly #buffer: DepthBuffer;
  readonly #faces: SeenFaces;
  /** Ascending; owners in the buffer are indices of it. */
  readonly #objectIds: Int32Array;

  /** @param intrinsics of the depth camera. */
  constructor(mesh: LabelledMesh, intrinsics: CameraIntrinsics, options: Partial<VisibilityOptions> = {}) {
    checkArguments("VisibilityRenderer", { mesh: [mesh, MESH], intrinsics: [intrinsics, INTRINSICS] });
    const { positions, faces, faceObjects } = mesh;
    this.#intrinsics = intrinsics;
    checkOptions(options, VISIBILITY_DEFAULTS, "VisibilityRenderer");
    this.#tolerance = { ...VISIBILITY_DEFAULTS, ...options };
    this.#buffer = createDepthBuffer(intrinsics.width, intrinsics.height);
    const ids = new Set(faceObjects);
    ids.delete(-1);
    this.#objectIds = Int32Array.from(ids).sort();
    const ownerOfObject = new Map(Array.from(this.#objectIds, (id, owner) => [id, owner]));
    this.#faces = {
      positions,
      faces,
      owners: faceObjects.map((id) => ownerOfObject.get(id) ?? -1),
      projected: createProjectedVertices(positions.length / 3),
    };
  }

  /**
   * The objects seen in one frame. The order of the mesh's faces plays no part: where two faces are at the same depth,
   * the higher object id counts.
   *
   * @param cameraToWorld 16 numbers, row major, camera to the axis-aligned world, metres.
   * @param depth the frame's depth image; null for none: the mesh alone says what hides what.
   * @returns every object with at least one pixel, ordered by id.
   * @throws GeometryError "depth-size-mismatch" or "pose-not-invertible".
   */
  visiblePixels(cameraToWorld: ArrayLike<number>, depth: DepthImage | null): SampledFrame["visible"] {
    return this.visiblePixelsIn(wholeImage(this.#intrinsics), cameraToWorld, depth);
  }

  /**
   * visiblePixels of a part of the image: the same faces are in front at each of its pixels, for a part of the work.
   * Those along its borders may differ by the rounding of a vertex that lies on them.
   *
   * @internal
   */
  visiblePixelsIn(
    window: PixelWindow,
    cameraToWorld: ArrayLike<number>,
    depth: DepthImage | null,
  ): SampledFrame["visible"] {
    this.#checkSize(depth);
    const pose = worldToCamera(cameraToWorld);
    projectVertices(this.#faces.positions, pose, this.#intrinsics, this.#faces.projected, window);
    this.#buffer.window = window;
    clearDepthBuffer(this.#buffer);
    drawFaces(this.#buffer, this.#faces, pose, this.#intrinsics);
    const counts = new Uint32Array(this.#objectIds.length);
    countPixels(this.#buffer, depth, this.#tolerance, counts);
    return Array.from(this.#objectIds, (object_id, owner) => ({ object_id, pixels: at(counts, owner) })).filter(
      ({ pixels }) => pixels > 0,
    );
  }

  #checkSize(depth: DepthImage | null): void {
    const { width, height } = this.#intrinsics;
    if (depth === null || depth.values.length === width * height) return;
    throw new GeometryError("depth-size-mismatch", {
      file: "depth image",
      place: "values",
      got: `${depth.values.length} pixels`,
      expected: `${width * height}, for ${width} x ${height}`,
      advice: "Give the intrinsics of the depth camera.",
    });
  }
}

/**
 * Inverts a camera's pose.
 *
 * @param cameraToWorld 16 numbers, row major, metres.
 * @returns 16 numbers, row major: world to camera (x right, y down, z forward).
 * @throws GeometryError "pose-not-invertible" for a pose with NaN, infinite numbers or no inverse: what
 * ScanNet's streams hold where tracking was lost.
 *
 * @example
 * ```js
 * import { worldToCamera } from "@vsi/geometry";
 *
 * // A camera two metres along x that looks as the world does.
 * const pose = [1, 0, 0, 2, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
 * console.log(worldToCamera(pose)[3]); // -2
 * ```
 */
export function worldToCamera(cameraToWorld: ArrayLike<number>): number[] {
  if (!isNumbers(cameraToWorld)) {
    throw argumentError("worldToCamera", "cameraToWorld", cameraToWorld, "16 numbers, row major");
  }
  // gl-matrix stores columns; the inverse of the transpose is the transpose of the inverse, so rows may stay rows.
  const rows = Array.from(cameraToWorld) as unknown as mat4;
  // Not mat4.create, which would round to float32.
  const inverse = matrix.invert(new Array<number>(16).fill(0) as unknown as mat4, rows);
  if (inverse !== null && Array.from(inverse).every(Number.isFinite)) return Array.from(inverse);
  throw new GeometryError("pose-not-invertible", {
    file: "camera pose",
    place: "camera_to_world",
    got: `[${Array.from(cameraToWorld).join(", ")}]`,
    expected: "a rotation and a translation, 16 finite numbers",
    advice: "Leave the frame out: its pose is invalid.",
  });
}

/** What was seen in one frame of a stream; null where the frame is damaged, so that nobody knows. */
export interface VisibleFrame extends Pick<SampledFrame, "index" | "time_s"> {
  visible: SampledFrame["visible"] | null;
}

/**
 * 0.5 s: a camera carried by hand does not turn to an object and away from it in less, so that it shows before the gap
 * or after.
 */
const LONGEST_BLINK_S = 0.5;

/**
 * The first frame in which each object is seen with enough pixels. Frames are taken one at a time and let go, so that
 * memory does not grow with the stream.
 *
 * Where an object is first seen right after damaged frames, it may have come into view in them: `earliest_s` is the
 * time of the first of these. In a gap of more than half a second any object may have come and gone, whenever it is
 * seen next.
 *
 * @param frames in the stream's order.
 * @param minimumPixels of the depth image; an object with fewer is not seen in that frame.
 * @returns objects that are seen at all, ordered by time, then object id.
 */
export async function firstSeen(
  frames: Iterable<VisibleFrame> | AsyncIterable<VisibleFrame>,
  minimumPixels: number,
): Promise<FirstSeen[]> {
  const firstByObject = new Map<number, FirstSeen>();
  /** Where the damaged frames right before began, and the first long gap. */
  let gapStart: number | null = null;
  let longGapStart: number | null = null;
  for await (const { index, time_s, visible } of frames) {
    if (visible === null) {
      gapStart ??= time_s;
      continue;
    }
    if (gapStart !== null && time_s - gapStart > LONGEST_BLINK_S) longGapStart ??= gapStart;
    const earliest_s = longGapStart ?? gapStart;
    gapStart = null;
    for (const { object_id, pixels } of visible) {
      if (pixels < minimumPixels || firstByObject.has(object_id)) continue;
      firstByObject.set(object_id, { object_id, index, time_s, ...(earliest_s !== null && { earliest_s }) });
    }
  }
  return [...firstByObject.values()].sort((a, b) => a.time_s - b.time_s || a.object_id - b.object_id);
}
