import type { FloorPoint } from "../floorPlan/floorPlan.ts";
import type { Piece } from "./piece.ts";

/**
 * The pose of a piece whose back is to a wall.
 * @param wall the side of the outline from corner `wall` to the next one.
 * @param along 0: as near the wall's start as its width allows; 1: as near its end.
 * @param distance metres from the wall to the middle of the piece.
 */
export function placeAtWall(
  outline: readonly FloorPoint[],
  wall: number,
  along: number,
  width: number,
  distance: number,
): Pick<Piece, "center" | "yaw"> {
  const [startX, startY] = outline[wall];
  const [endX, endY] = outline[(wall + 1) % outline.length];
  const length = Math.hypot(endX - startX, endY - startY);
  const [directionX, directionY] = [(endX - startX) / length, (endY - startY) / length];
  const walked = width / 2 + along * (length - width);
  return {
    // The outline runs counter-clockwise: the room lies to the left of the wall's direction.
    center: [
      startX + walked * directionX - distance * directionY,
      startY + walked * directionY + distance * directionX,
    ],
    yaw: Math.atan2(-directionY, -directionX),
  };
}
