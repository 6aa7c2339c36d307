import type { CameraIntrinsics } from "@vsi/geometry";
import type { CameraPose } from "../camera/cameraPose.ts";
import type { RoomMesh } from "../mesh/roomMesh.ts";
import { rasterize } from "./rasterize.ts";

/** One frame; all images row after row from the top left, pixel (0, 0) at its own centre. */
export interface RenderedFrame {
  /** Red, green, blue of each pixel; black where nothing is seen. */
  color: Uint8Array;
  /** Millimetres along the camera's axis, rounded; 0 where nothing is seen or it is too far for 16 bits. */
  depth: Uint16Array;
  /** ScanNet's objectId; -1 where nothing or surface without annotation is seen. */
  objectIds: Int32Array;
}

/** ScanNet's depthShift: depth is stored in millimetres. */
export const depthShift = 1000;

/** 65.535 m: the farthest that 16 bits of millimetres hold. */
const farthestDepth = 0xffff;

/** @param faceColors red, green, blue of each face, as `shadeFaces` gives them. */
export function renderFrame(
  mesh: RoomMesh,
  faceColors: Uint8Array,
  intrinsics: CameraIntrinsics,
  pose: CameraPose,
): RenderedFrame {
  const { faces, inverseDepths } = rasterize(mesh, intrinsics, pose);
  const color = new Uint8Array(3 * faces.length);
  const depth = new Uint16Array(faces.length);
  const objectIds = new Int32Array(faces.length).fill(-1);
  for (let pixel = 0; pixel < faces.length; pixel++) {
    const face = faces[pixel];
    if (face < 0) continue;
    for (let channel = 0; channel < 3; channel++) color[3 * pixel + channel] = faceColors[3 * face + channel];
    const millimetres = Math.round(depthShift / inverseDepths[pixel]);
    depth[pixel] = millimetres > farthestDepth ? 0 : millimetres;
    objectIds[pixel] = mesh.objectOfVertex[mesh.triangles[3 * face]];
  }
  return { color, depth, objectIds };
}
