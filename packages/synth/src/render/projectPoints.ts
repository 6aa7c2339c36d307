import type { CameraIntrinsics } from "@vsi/geometry";

/** Points in the image. */
export interface ProjectedPoints {
  /** In pixels; whole numbers are the pixels' centres. Not meant for points that are not in front of the camera. */
  columns: Float64Array;
  rows: Float64Array;
  /** 1 / z, z along the camera's axis in metres. */
  inverseDepths: Float64Array;
}

/** @param points x, y, z of each point as the camera sees it: x right, y down, z forward. */
export function projectPoints(points: Float64Array, { fx, fy, cx, cy }: CameraIntrinsics): ProjectedPoints {
  const count = points.length / 3;
  const columns = new Float64Array(count);
  const rows = new Float64Array(count);
  const inverseDepths = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const inverseDepth = 1 / points[3 * i + 2];
    columns[i] = fx * points[3 * i] * inverseDepth + cx;
    rows[i] = fy * points[3 * i + 1] * inverseDepth + cy;
    inverseDepths[i] = inverseDepth;
  }
  return { columns, rows, inverseDepths };
}
