import type { DepthBuffer } from "./depthBuffer.ts";

/** A depth image as a stream holds it. */
export interface DepthImage {
  /** Row by row from the top left; 0 where there is no reading. */
  values: Uint16Array;
  /** Values a metre: 1000 in ScanNet. */
  shift: number;
}

/** How far a depth image's reading and the mesh may be apart along z to be of the same surface: the larger of the two. */
export interface DepthTolerance {
  /** Metres. */
  depthTolerance: number;
  /** As a share of the mesh's depth. */
  relativeDepthTolerance: number;
}

/**
 * Counts the pixels of each owner in a drawn buffer. A pixel counts where the depth image agrees within the tolerance, or
 * has no reading: sensors see no depth on black, shiny and glazed surfaces, so that screens and windows would
 * never be visible if a reading were asked for; there the mesh alone says what is in front.
 *
 * @param depth null where there is no depth image: the mesh alone counts.
 * @param counts one a owner, added to.
 */
export function countPixels(
  { owners, inverseDepths }: DepthBuffer,
  depth: DepthImage | null,
  { depthTolerance, relativeDepthTolerance }: DepthTolerance,
  counts: Uint32Array,
): void {
  for (let pixel = 0; pixel < owners.length; pixel++) {
    const owner = owners[pixel];
    if (owner < 0) continue;
    if (depth !== null && depth.values[pixel] !== 0) {
      const meshDepth = 1 / inverseDepths[pixel];
      const gap = Math.abs(depth.values[pixel] / depth.shift - meshDepth);
      if (gap > Math.max(depthTolerance, relativeDepthTolerance * meshDepth)) continue;
    }
    counts[owner]++;
  }
}
