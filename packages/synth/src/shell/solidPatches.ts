import type { FloorPlan } from "../floorPlan/floorPlan.ts";
import { boxPatches } from "../mesh/boxPatches.ts";
import type { Patch } from "../mesh/patch.ts";

/** The visible faces of the pillar or the partition: the sides of each solid, and the wall over the doorway with its underside. */
export function solidPatches({ solids, doorway, ceilingHeight }: FloorPlan): Patch[] {
  const sides = solids.flatMap(({ min, max }) =>
    boxPatches({ min: [...min, 0], max: [...max, ceilingHeight] }).filter(isUpright),
  );
  if (!doorway) return sides;
  const { min, max } = doorway.floor;
  const lintel = boxPatches({ min: [...min, doorway.height], max: [...max, ceilingHeight] });
  const alongPassage = (patch: Patch) => isUpright(patch) && patch.u[0] === 0 && patch.v[0] === 0;
  const underside = (patch: Patch) => !isUpright(patch) && patch.origin[2] === doorway.height;
  return [...sides, ...lintel.filter((patch) => alongPassage(patch) || underside(patch))];
}

function isUpright({ u, v }: Patch): boolean {
  return u[2] !== 0 || v[2] !== 0;
}
