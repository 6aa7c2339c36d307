import { GeometryError } from "../geometryError.ts";
import type { CameraIntrinsics, SampledFrame } from "../sceneFacts.ts";
import { countPixels, type DepthImage, type DepthTolerance } from "./countPixels.ts";
import { clearDepthBuffer, createDepthBuffer, type DepthBuffer } from "./depthBuffer.ts";
import { drawFaces, type SeenFaces } from "./drawFaces.ts";
import { createProjectedVertices, projectVertices } from "./projectVertices.ts";
import { worldToCamera } from "./worldToCamera.ts";

/** A mesh whose faces know their object. */
export interface LabelledMesh {
  /** x, y, z of each vertex; metres, axis-aligned, +Z up; finite. */
  positions: Float32Array | Float64Array;
  /** Three vertices a face. */
  faces: Int32Array;
  /** An object id a face, -1 for none, as `labelFaces` finds it. */
  faceObjects: Int32Array;
}

/** How visible pixels are told. */
export interface VisibilityOptions extends DepthTolerance {}

/**
 * 0.1 m and 5 %: the mesh hides what is behind it by itself, so that the depth image only has to show what the mesh
 * lacks (people, things that moved, holes), which stands clear of it by more. Below, sensor noise, which grows with depth, and
 * a drift of the poses by centimetres, which a slanted surface multiplies, would take pixels from what is plainly seen. OpenScene's
 * 25 % of the depth (PointCloudToImageMapper, visibility_threshold) would let through what is half a metre behind at 2 m.
 */
export const VISIBILITY_DEFAULTS: VisibilityOptions = { depthTolerance: 0.1, relativeDepthTolerance: 0.05 };

/**
 * Counts how many pixels of each object a depth camera sees, frame by frame: draws all faces of the mesh from both sides,
 * keeps the nearest at each pixel's centre, and compares with the depth image. Created once a scan, it keeps the memory for
 * all its frames.
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
    const { positions, faces, faceObjects } = mesh;
    this.#intrinsics = intrinsics;
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
   * The objects seen in one frame. The order of the mesh's faces plays no part: where two faces are at the same depth, the
   * higher object id counts.
   *
   * @param cameraToWorld 16 numbers, row major, camera to the axis-aligned world, metres.
   * @param depth the frame's depth image; null for none: the mesh alone says what hides what.
   * @returns every object with at least one pixel, ordered by id.
   * @throws GeometryError "depth-size-mismatch" or "pose-not-invertible".
   */
  visiblePixels(cameraToWorld: ArrayLike<number>, depth: DepthImage | null): SampledFrame["visible"] {
    this.#checkSize(depth);
    const pose = worldToCamera(cameraToWorld);
    projectVertices(this.#faces.positions, pose, this.#intrinsics, this.#faces.projected);
    clearDepthBuffer(this.#buffer);
    drawFaces(this.#buffer, this.#faces, pose, this.#intrinsics);
    const counts = new Uint32Array(this.#objectIds.length);
    countPixels(this.#buffer, depth, this.#tolerance, counts);
    return Array.from(this.#objectIds, (object_id, owner) => ({ object_id, pixels: counts[owner] })).filter(
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
