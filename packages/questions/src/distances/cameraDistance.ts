import { pointToBoxDistance, type SceneObject, type Vec3 } from "@vsi/geometry";

/**
 * From a camera to the nearest point of an object's solid oriented box, metres; 0 inside it. The box stands for the object:
 * scene facts hold no mesh.
 *
 * @param position metres, axis-aligned, +Z up.
 */
export function cameraDistance(position: Vec3, { box }: SceneObject): number {
  return pointToBoxDistance(box, position);
}
