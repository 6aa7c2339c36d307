import type { WalkableGrid } from "@vsi/geometry";
import { writeCellRuns } from "@vsi/geometry/internal";

/** A floor drawn from north to south, a letter a cell of 0.1 m: "." is walkable; its lowest corner is the origin. */
export function floorGrid(drawing: readonly string[]): WalkableGrid {
  const letters = [...drawing].reverse().join("");
  return {
    origin: [0, 0],
    cell_m: 0.1,
    columns: drawing[0]!.length,
    rows: drawing.length,
    cells: writeCellRuns(Uint8Array.from(letters, (letter) => (letter === "." ? 1 : 0))),
  };
}
