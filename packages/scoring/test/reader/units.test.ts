import { expect, test } from "@jest/globals";
import { TARGETS } from "../../src/reader/readNumber.ts";
import { AREAS, LENGTHS, OTHERS, squared } from "../../src/reader/units.ts";

test("units agree with the metre: 39.37 inches, 3.28 feet, 1.094 yards, 0.621 miles a kilometre", () => {
  const metre = LENGTHS.get("m")!.size;
  expect(metre / LENGTHS.get("inches")!.size).toBeCloseTo(39.3701, 4);
  expect(metre / LENGTHS.get("ft")!.size).toBeCloseTo(3.28084, 5);
  expect(metre / LENGTHS.get("yards")!.size).toBeCloseTo(1.0936, 4);
  expect(LENGTHS.get("km")!.size / LENGTHS.get("mile")!.size).toBeCloseTo(0.621371, 6);
  expect(metre / LENGTHS.get("nm")!.size).toBeCloseTo(1e9, 0);
  expect(metre / LENGTHS.get("microns")!.size).toBeCloseTo(1e6, 6);
  expect(AREAS.get("hectare")!.size / AREAS.get("acre")!.size).toBeCloseTo(2.47105, 5);
  expect(AREAS.get("sqft")!.size).toBe(squared(LENGTHS.get("feet")!).size);
});

test("the targets are the units by their names, and no name has two meanings", () => {
  expect(TARGETS).toEqual({
    count: null,
    m: LENGTHS.get("m"),
    cm: LENGTHS.get("cm"),
    m2: squared(LENGTHS.get("m")!),
  });
  const names = [...LENGTHS.keys(), ...AREAS.keys(), ...OTHERS.keys()];
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => name !== name.toLowerCase() || name === "")).toEqual([]);
});
