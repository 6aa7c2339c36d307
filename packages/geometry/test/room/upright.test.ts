import { describe, expect, test } from "@jest/globals";
import type { Vec3 } from "@vsi/dataset";
import { checkUpright } from "../../src/room/upright.ts";
import { gatherObject } from "../../src/vertices.ts";
import { thrownError } from "../support/thrownError.ts";

function annotated(id: number, category: string, positions: readonly number[]) {
  return {
    id,
    category,
    ...gatherObject(
      positions,
      Uint32Array.from({ length: positions.length / 3 }, (_, at) => at),
    ),
  };
}

/** A floor of 4 x 3 m with 2 cm of noise, `count` vertices, tilted about x; its normal leans from +Z to -Y. */
function floor(tilt_degree: number, count = 400, id = 7, category = "floor") {
  const [c, s] = [Math.cos((tilt_degree * Math.PI) / 180), Math.sin((tilt_degree * Math.PI) / 180)];
  const points = Array.from({ length: count }, (_, index): Vec3 => {
    const [x, y, z] = [4 * ((index * 0.618034) % 1), 3 * (index / count), 0.02 * ((index * 0.7548777) % 1)];
    return [x, c * y - s * z, s * y + c * z];
  });
  return annotated(id, category, points.flat());
}

describe("checkUpright", () => {
  test.each([0, 20, 44, 136, 180])("a floor tilted by %d degrees faces +Z more than any other axis", (tilt) => {
    expect(() => checkUpright([floor(tilt)], "mesh.ply")).not.toThrow();
  });

  test.each([46, 90, 134])("a floor tilted by %d degrees does not", async (tilt) => {
    const error = await thrownError(() => checkUpright([floor(tilt)], "mesh.ply"));
    expect(error?.code).toBe("scan-not-upright");
    expect(error?.detail).toMatchObject({ file: "mesh.ply", place: 'object 7 ("floor")' });
    expect(error?.detail.got).toMatch(/^a floor facing Y \(0\.00, [01]\.\d\d, -?0\.\d\d\)$/);
  });

  test.each([
    ["no object", []],
    ["no floor", [floor(90, 400, 1, "wall")]],
    ["a scrap of 99 vertices", [floor(90, 99)]],
    ["a scrap beside a whole floor", [floor(90, 300, 1), floor(0, 400, 2)]],
  ])("%s says nothing", (_, objects) => {
    expect(() => checkUpright(objects, "mesh.ply")).not.toThrow();
  });

  test("a floor above nearly everything else is that of a scan upside down", async () => {
    const things = (...heights: number[]) =>
      annotated(
        1,
        "chair",
        heights.flatMap((z) => [1, 1, z]),
      );
    const times = (count: number, z: number) => Array<number>(count).fill(z);
    expect(() => checkUpright([floor(0), things(...times(100, 1))], "mesh.ply")).not.toThrow();
    // A sunken part of the room is below the floor too.
    expect(() => checkUpright([floor(0), things(...times(20, 1)), things(...times(80, -1))], "mesh.ply")).not.toThrow();
    // An object may stand below it as a whole or in part.
    for (const objects of [
      [things(...times(95, -1)), things(...times(5, 1))],
      [things(...times(95, -1), ...times(5, 1))],
    ]) {
      const error = await thrownError(() => checkUpright([floor(180), ...objects], "mesh.ply"));
      expect(error?.code).toBe("scan-not-upright");
      expect(error?.detail.got).toBe("a floor above nearly everything else");
    }
    const half = things(...times(50, -1), ...times(50, 1));
    expect(() => checkUpright([floor(180), half], "mesh.ply")).not.toThrow();
  });

  test("nor does what lies in no plane", () => {
    const ball = Array.from({ length: 900 }, (_, index): Vec3 => {
      const [up, turn] = [1 - (2 * (index + 0.5)) / 900, index * 2.399963];
      const wide = Math.sqrt(1 - up * up);
      // Slightly flat along y.
      return [wide * Math.cos(turn), 0.9 * wide * Math.sin(turn), up];
    });
    const round = annotated(1, "floor", ball.flat());
    expect(() => checkUpright([round], "mesh.ply")).not.toThrow();
    const point = annotated(1, "floor", Array<number>(600).fill(0));
    expect(() => checkUpright([point], "mesh.ply")).not.toThrow();
  });
});
