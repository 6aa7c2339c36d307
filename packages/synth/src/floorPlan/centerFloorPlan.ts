import type { FloorPlanSketch, FloorPoint, FloorRectangle } from "./floorPlan.ts";

/** Moves a plan so that the middle of its bounding box is the origin, as in ScanNet's axis-aligned scans. */
export function centerFloorPlan(sketch: FloorPlanSketch): FloorPlanSketch {
  const alongX = sketch.outline.map(([x]) => x);
  const alongY = sketch.outline.map(([, y]) => y);
  const middleX = (Math.min(...alongX) + Math.max(...alongX)) / 2;
  const middleY = (Math.min(...alongY) + Math.max(...alongY)) / 2;
  const movePoint = ([x, y]: FloorPoint): FloorPoint => [x - middleX, y - middleY];
  const moveRectangle = ({ min, max }: FloorRectangle): FloorRectangle => ({
    min: movePoint(min),
    max: movePoint(max),
  });
  return {
    outline: sketch.outline.map(movePoint),
    floor: sketch.floor.map(moveRectangle),
    solids: sketch.solids.map(moveRectangle),
    doorway: sketch.doorway && { ...sketch.doorway, floor: moveRectangle(sketch.doorway.floor) },
  };
}
