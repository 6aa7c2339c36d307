/**
 * What the packages of this repository share and promise nobody: it may change with any version.
 *
 * @module
 */

export { floorHull } from "./boxes/hull.ts";
export { ALIGNED_POSE_TOLERANCE } from "./camera/pose.ts";
export { INTRINSICS } from "./camera/visibility.ts";
export { readCellRuns, writeCellRuns } from "./room/cellRuns.ts";
export { OUTLINE_AREA_TOLERANCE } from "./room/simplify.ts";
export { LEAST_WALKABLE_CELL_M, MOST_WALKABLE_CELLS } from "./room/walkable.ts";
export { CLOSEST_STEP, FACTS_STEP } from "./rounding.ts";
export { boundsOf } from "./sources/published/values.ts";
