import type { CameraIntrinsics, SampledFrame } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import {
  createProjectedVertices,
  type PixelWindow,
  type ProjectedVertices,
  projectVertices,
  wholeImage,
} from "./projection.ts";
import {
  clearDepthBuffer,
  countPixels,
  createDepthBuffer,
  type DepthBuffer,
  type DepthImage,
  drawFaces,
  type SeenFaces,
} from "./raster.ts";
import { type LabelledMesh, VISIBILITY_DEFAULTS, type VisibilityOptions, worldToCamera } from "./visibility.ts";

/**
 * The objects that no frame has shown yet, and whether a frame can be the first to show one. Most frames of a stream
 * show nothing new, and telling so costs a part of drawing them: the box of each object against the view needs no image
 * at all, drawing the objects alone, without what hides them, few faces, and what hides them only where they are
 * (benchmarks: appearance).
 *
 * Both tests are exact in one direction: where they say no, `VisibilityRenderer.visiblePixels` finds none of these
 * objects with enough pixels. Alone, an object covers at least the pixels that it covers among others, each at the same
 * depth.
 */
export class UnseenObjects {
  readonly #intrinsics: CameraIntrinsics;
  readonly #minimumPixels: number;
  readonly #tolerance: VisibilityOptions;
  readonly #buffer: DepthBuffer;
  /** Where the camera sees the corners of a box. */
  readonly #corners: ProjectedVertices = createProjectedVertices(8);
  #objects: readonly ObjectFaces[];

  /**
   * @param intrinsics of the depth camera.
   * @param minimumPixels from which an object counts as seen.
   */
  constructor(
    mesh: LabelledMesh,
    intrinsics: CameraIntrinsics,
    minimumPixels: number,
    options: Partial<VisibilityOptions> = {},
  ) {
    this.#intrinsics = intrinsics;
    this.#minimumPixels = minimumPixels;
    this.#tolerance = { ...VISIBILITY_DEFAULTS, ...options };
    this.#buffer = createDepthBuffer(intrinsics.width, intrinsics.height);
    this.#objects = splitByObject(mesh);
  }

  /**
   * Whether the box of any of them meets a camera's view.
   *
   * @param cameraToWorld 16 numbers, row major, camera to the axis-aligned world, metres.
   * @throws GeometryError "pose-not-invertible".
   */
  meetView(cameraToWorld: ArrayLike<number>): boolean {
    const pose = worldToCamera(cameraToWorld);
    return this.#objects.some(({ corners }) => this.#isInView(corners, pose));
  }

  /**
   * The part of the image that holds every pixel of those which, drawn without all the rest, have enough of them; null
   * for none. Within it, and one pixel in from its borders, is all that `VisibilityRenderer.visiblePixels` could find.
   *
   * @param depth the frame's depth image, of the camera's size; null for none.
   * @throws GeometryError "pose-not-invertible".
   */
  whereShown(cameraToWorld: ArrayLike<number>, depth: DepthImage | null): PixelWindow | null {
    const pose = worldToCamera(cameraToWorld);
    clearDepthBuffer(this.#buffer);
    for (const [place, { faces, corners }] of this.#objects.entries()) {
      if (!this.#isInView(corners, pose)) continue;
      projectVertices(faces.positions, pose, this.#intrinsics, faces.projected);
      faces.owners.fill(place);
      drawFaces(this.#buffer, faces, pose, this.#intrinsics);
    }
    const counts = new Uint32Array(this.#objects.length);
    countPixels(this.#buffer, depth, this.#tolerance, counts);
    const isShown = counts.map((pixels) => (pixels > 0 && pixels >= this.#minimumPixels ? 1 : 0));
    return isShown.includes(1) ? this.#windowOf(isShown) : null;
  }

  /** Around the pixels of some objects, with one more on each side. */
  #windowOf(isOne: Uint32Array): PixelWindow {
    const { width, owners } = this.#buffer;
    const image = wholeImage(this.#intrinsics);
    const found = { firstColumn: width, lastColumn: 0, firstRow: owners.length, lastRow: 0 };
    for (let pixel = 0; pixel < owners.length; pixel += 1) {
      const owner = at(owners, pixel);
      if (owner < 0 || at(isOne, owner) === 0) continue;
      const column = pixel % width;
      const row = (pixel - column) / width;
      if (column < found.firstColumn) found.firstColumn = column;
      if (column > found.lastColumn) found.lastColumn = column;
      if (row < found.firstRow) found.firstRow = row;
      if (row > found.lastRow) found.lastRow = row;
    }
    return {
      firstColumn: Math.max(image.firstColumn, found.firstColumn - 1),
      lastColumn: Math.min(image.lastColumn, found.lastColumn + 1),
      firstRow: Math.max(image.firstRow, found.firstRow - 1),
      lastRow: Math.min(image.lastRow, found.lastRow + 1),
    };
  }

  /** Takes out those that a frame shows with enough pixels. */
  remove(visible: SampledFrame["visible"]): void {
    const seen = new Set(
      visible.filter(({ pixels }) => pixels >= this.#minimumPixels).map(({ object_id }) => object_id),
    );
    const left = this.#objects.filter(({ id }) => !seen.has(id));
    if (left.length === this.#objects.length) return;
    this.#objects = left;
  }

  /** A box whose corners all lie outside of one side of the view does so as a whole. */
  #isInView(corners: Float64Array, pose: readonly number[]): boolean {
    projectVertices(corners, pose, this.#intrinsics, this.#corners);
    return this.#corners.outside.reduce((shared, sides) => shared & sides) === 0;
  }
}

/** What is drawn of one object. */
interface ObjectFaces {
  id: number;
  faces: SeenFaces;
  /** x, y, z of the eight corners of its axis-aligned box, metres. */
  corners: Float64Array;
}

/**
 * The faces of each object with all their corners, also those that belong to another one; ordered by id, so that of two
 * faces at the same depth the same one stays as in the whole mesh.
 */
function splitByObject({ positions, faces, faceObjects }: LabelledMesh): ObjectFaces[] {
  const facesOf = new Map<number, number[]>();
  for (let face = 0; face < faceObjects.length; face += 1) {
    const id = at(faceObjects, face);
    if (id === -1) continue;
    const own = facesOf.get(id);
    if (own === undefined) facesOf.set(id, [face]);
    else own.push(face);
  }
  /** Of each vertex its place among the object's own, where `placedFor` has the object's id. */
  const places = new Int32Array(positions.length / 3);
  const placedFor = new Int32Array(positions.length / 3).fill(-1);
  const objects: ObjectFaces[] = [];
  for (const [id, own] of facesOf) {
    const coordinates: number[] = [];
    const corners = new Int32Array(3 * own.length);
    for (let corner = 0; corner < corners.length; corner += 1) {
      const vertex = at(faces, 3 * at(own, Math.floor(corner / 3)) + (corner % 3));
      if (at(placedFor, vertex) !== id) {
        placedFor[vertex] = id;
        places[vertex] = coordinates.length / 3;
        coordinates.push(at(positions, 3 * vertex), at(positions, 3 * vertex + 1), at(positions, 3 * vertex + 2));
      }
      corners[corner] = at(places, vertex);
    }
    objects.push({
      id,
      faces: {
        positions: Float64Array.from(coordinates),
        faces: corners,
        owners: new Int32Array(own.length),
        projected: createProjectedVertices(coordinates.length / 3),
      },
      corners: boxCorners(coordinates),
    });
  }
  return objects.sort((first, second) => first.id - second.id);
}

/**
 * 1 mm around each box: rounding, of corners here and of vertices there, stays far below, so that no frame is passed
 * over for it.
 */
const BOX_MARGIN = 1e-3;

/** @param coordinates x, y, z of each vertex. */
function boxCorners(coordinates: readonly number[]): Float64Array {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = low.map((infinity) => -infinity);
  for (let cell = 0; cell < coordinates.length; cell += 1) {
    const value = at(coordinates, cell);
    low[cell % 3] = Math.min(at(low, cell % 3), value);
    high[cell % 3] = Math.max(at(high, cell % 3), value);
  }
  return Float64Array.from({ length: 24 }, (_, cell) => {
    const [corner, axis] = [Math.floor(cell / 3), cell % 3];
    return ((corner >> axis) & 1) === 0 ? at(low, axis) - BOX_MARGIN : at(high, axis) + BOX_MARGIN;
  });
}
