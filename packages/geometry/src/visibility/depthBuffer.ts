/** What is nearest at each pixel: row by row from the top left. */
export interface DepthBuffer {
  width: number;
  height: number;
  /** 1 / z in 1 / metres; 0 where nothing is. */
  inverseDepths: Float32Array;
  /** The owner of the nearest face, -1 where it has none or nothing is. */
  owners: Int32Array;
}

/** An empty buffer. */
export function createDepthBuffer(width: number, height: number): DepthBuffer {
  const pixels = width * height;
  return { width, height, inverseDepths: new Float32Array(pixels), owners: new Int32Array(pixels).fill(-1) };
}

/** Empties a buffer for the next frame. */
export function clearDepthBuffer({ inverseDepths, owners }: DepthBuffer): void {
  inverseDepths.fill(0);
  owners.fill(-1);
}
