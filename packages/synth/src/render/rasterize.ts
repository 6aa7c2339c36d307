import type { CameraIntrinsics } from "@vsi/geometry";
import type { CameraPose } from "../camera/cameraPose.ts";
import type { RoomMesh } from "../mesh/roomMesh.ts";
import { clipToNear } from "./clipToNear.ts";
import { fillTriangle } from "./fillTriangle.ts";
import { projectPoints } from "./projectPoints.ts";
import { emptyRaster, type Raster } from "./raster.ts";
import { toCamera } from "./toCamera.ts";

/** 1 cm: nearer than a camera walk comes to anything, far enough for projected coordinates to keep their precision. */
export const nearPlane = 0.01;

/**
 * The faces that a pinhole camera sees, by a z-buffer. Both sides of a face are seen; what is nearer than `nearPlane` is cut away. A vertex
 * that is not a number leaves out its faces.
 */
export function rasterize(
  { positions, triangles }: Pick<RoomMesh, "positions" | "triangles">,
  intrinsics: CameraIntrinsics,
  pose: CameraPose,
): Raster {
  const raster = emptyRaster(intrinsics.width, intrinsics.height);
  const points = toCamera(positions, pose);
  const projected = projectPoints(points, intrinsics);
  for (let face = 0; 3 * face < triangles.length; face++) {
    const [a, b, c] = [triangles[3 * face], triangles[3 * face + 1], triangles[3 * face + 2]];
    const [az, bz, cz] = [points[3 * a + 2], points[3 * b + 2], points[3 * c + 2]];
    if (az >= nearPlane && bz >= nearPlane && cz >= nearPlane) {
      fillTriangle(raster, face, projected, a, b, c);
    } else if (az >= nearPlane || bz >= nearPlane || cz >= nearPlane) {
      const corners = [a, b, c].flatMap((vertex) => [...points.subarray(3 * vertex, 3 * vertex + 3)]);
      const clipped = projectPoints(clipToNear(corners, nearPlane), intrinsics);
      for (let last = 2; last < clipped.rows.length; last++) fillTriangle(raster, face, clipped, 0, last - 1, last);
    }
  }
  return raster;
}
