import { Box3, type OrthographicCamera, type PerspectiveCamera, Vector3 } from "three";

/** From where a room is first seen: from the south, a little to the west, and well above. */
const FIRST_DIRECTION = new Vector3(-0.45, -1, 1.05).normalize();

/** Times what is just in the picture: labels stand at its edges. */
const MARGIN = 1.12;

/**
 * Places a camera so that all points are in its picture, from FIRST_DIRECTION and as near as they allow.
 *
 * @returns what it looks at.
 */
export function frameOrbit(camera: PerspectiveCamera, points: readonly Vector3[], aspect: number): Vector3 {
  const center = new Box3().setFromPoints([...points]).getCenter(new Vector3());
  const right = new Vector3(0, 0, 1).cross(FIRST_DIRECTION).normalize();
  const up = FIRST_DIRECTION.clone().cross(right);
  const halfHeight = Math.tan((camera.fov * Math.PI) / 360);
  const halfWidth = halfHeight * aspect;
  const distances = points.map((point) => {
    const from = point.clone().sub(center);
    const across = Math.max(Math.abs(from.dot(right)) / halfWidth, Math.abs(from.dot(up)) / halfHeight);
    return from.dot(FIRST_DIRECTION) + across;
  });
  camera.position.copy(center).addScaledVector(FIRST_DIRECTION, MARGIN * Math.max(1, ...distances));
  return center;
}

/** Places a camera above all points, +Y up. */
export function frameTop(camera: OrthographicCamera, points: readonly Vector3[], aspect: number): Vector3 {
  const bounds = new Box3().setFromPoints([...points]);
  const center = bounds.getCenter(new Vector3());
  camera.position.set(center.x, center.y, bounds.max.z + 10);
  camera.zoom = 1;
  spanTop(camera, points, aspect);
  return center.setZ(0);
}

/** How much a camera above sees before it is zoomed: as much as the points span. */
export function spanTop(camera: OrthographicCamera, points: readonly Vector3[], aspect: number): void {
  const size = new Box3().setFromPoints([...points]).getSize(new Vector3());
  const halfHeight = (MARGIN * Math.max(size.y, size.x / aspect, 0.5)) / 2;
  camera.left = -halfHeight * aspect;
  camera.right = halfHeight * aspect;
  camera.top = halfHeight;
  camera.bottom = -halfHeight;
  camera.updateProjectionMatrix();
}
