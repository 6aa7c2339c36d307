import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { marginTo, turnAngle } from "../../../src/verify/recompute/directions.ts";

test.each([
  [[0, 1], 90],
  [[0, -1], -90],
  [[-1, 0], 180],
  [[1, 0], 0],
] as const)("at the origin, facing +x, %j is at %p degrees", (wanted, degrees) => {
  expect(turnAngle([0, 0], [1, 0], wanted)).toBeCloseTo(degrees, 9);
});

test("rotating everything changes no angle, and a walker who turns by it looks at what was wanted", () => {
  const angle = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });
  fc.assert(
    fc.property(angle, angle, angle, (facing, wanted, turned) => {
      const at = (direction: number): [number, number] => [Math.cos(direction), Math.sin(direction)];
      const turn = turnAngle([0, 0], at(facing), at(wanted));
      const again = turnAngle([0, 0], at(facing + turned), at(wanted + turned));
      expect(Math.abs(((turn - again + 540) % 360) - 180)).toBeCloseTo(0, 6);
      expect(at(facing + (turn * Math.PI) / 180)[0]).toBeCloseTo(at(wanted)[0], 9);
      expect(turn).toBeGreaterThan(-180 - 1e-9);
      expect(turn).toBeLessThanOrEqual(180);
    }),
  );
});

test("the margin is to the nearest edge, on either side", () => {
  expect(marginTo(-100, [0, 90, 180])).toBe(10);
  expect(marginTo(20, [0, 135])).toBe(20);
});
