import type { Vec3 } from "@vsi/geometry";
import type { FloorPlan } from "../floorPlan/floorPlan.ts";
import { polygonArea } from "../floorPlan/polygonArea.ts";
import type { RoomObject } from "../mesh/roomObject.ts";
import type { RoomTruth, TrueObject } from "./roomTruth.ts";
import { trueAxisAlignedBox } from "./trueAxisAlignedBox.ts";
import type { ObjectMean } from "./writtenMeans.ts";

/** An annotated object with its id and its vertices' mean. */
export interface AnnotatedObject {
  id: number;
  label: string;
  object: RoomObject;
  mean: ObjectMean;
}

/** Everything that is true of a room, from its plan, its pieces and the vertices written. */
export function tellTruth(sceneName: string, plan: FloorPlan, annotated: readonly AnnotatedObject[]): RoomTruth {
  const counts: Record<string, number> = {};
  for (const { label } of annotated) counts[label] = (counts[label] ?? 0) + 1;
  const objects = annotated.map(({ id, label, object: { piece }, mean }): TrueObject => {
    const box = piece && {
      center: [piece.center[0], piece.center[1], piece.elevation + piece.size[2] / 2] as Vec3,
      size: piece.size,
      yaw: piece.yaw,
    };
    return { id, label, points: mean.points, centroid: mean.centroid, box, aabb: box && trueAxisAlignedBox(box) };
  });
  return { sceneName, shape: plan.shape, outline: plan.outline, area: polygonArea(plan.outline), counts, objects };
}
