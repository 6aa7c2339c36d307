/** What a camera sees, pixel by pixel, row after row from the top left. */
export interface Raster {
  width: number;
  height: number;
  /** The nearest face's number; -1 where there is none. */
  faces: Int32Array;
  /** 1 / z of the nearest face at the pixel's centre, z along the camera's axis in metres; 0 where there is none. */
  inverseDepths: Float64Array;
}

/** A raster that has seen nothing yet. */
export function emptyRaster(width: number, height: number): Raster {
  return {
    width,
    height,
    faces: new Int32Array(width * height).fill(-1),
    inverseDepths: new Float64Array(width * height),
  };
}
