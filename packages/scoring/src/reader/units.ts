/** A unit of length or area. */
export interface Unit {
  kind: "length" | "area" | "other";
  /**
   * Millimetres or square millimetres, 1 for other kinds: whole for the metric units, so that 1.2 m is exactly 120 cm.
   */
  size: number;
}

/** The international foot of 1959 and its twelfth. */
export const FOOT: Unit = { kind: "length", size: 304.8 };
export const INCH: Unit = { kind: "length", size: 25.4 };

const MILLIMETRES: [size: number, names: string][] = [
  [1, "mm millimeter millimeters millimetre millimetres"],
  [10, "cm cms centimeter centimeters centimetre centimetres"],
  [100, "dm decimeter decimeters decimetre decimetres"],
  [1000, "m meter meters metre metres mtr"],
  [1_000_000, "km kilometer kilometers kilometre kilometres"],
  [INCH.size, "in inch inches"],
  [FOOT.size, "ft foot feet"],
  [914.4, "yd yard yards"],
  [1_609_344, "mi mile miles"],
  [1e-3, "micron microns micrometer micrometers micrometre micrometres"],
  [1e-6, "nm nanometer nanometers nanometre nanometres"],
];

/** Units of length by their name in lower case. */
export const LENGTHS: ReadonlyMap<string, Unit> = new Map(
  MILLIMETRES.flatMap(([size, names]) =>
    names.split(" ").map((name): [string, Unit] => [name, { kind: "length", size }]),
  ),
);

/** The names of areas that are one word. */
export const AREAS: ReadonlyMap<string, Unit> = new Map([
  ["sqm", { kind: "area", size: 1e6 }],
  ["sqft", squared(FOOT)],
  ["sqcm", { kind: "area", size: 100 }],
  ...["ha", "hectare", "hectares"].map((name): [string, Unit] => [name, { kind: "area", size: 1e10 }]),
  // The international acre: 4,840 square yards.
  ...["acre", "acres"].map((name): [string, Unit] => [name, { kind: "area", size: 4840 * 914.4 * 914.4 }]),
]);

const OTHER: Unit = { kind: "other", size: 1 };

/** Units that no question asks for: read as no unit, "3 degrees" would pass for 3 metres. */
export const OTHERS: ReadonlyMap<string, Unit> = new Map(
  (
    "% percent ° degree degrees radian radians second seconds sec minute minutes hour hours day days kg kilogram kilograms gram grams pound pounds " +
    "lb lbs liter liters litre litres gallon gallons pixel pixels px cubic cubed"
  )
    .split(" ")
    .map((name) => [name, OTHER]),
);

/** A length to the third power. */
export const VOLUME: Unit = OTHER;

/** The unit whose side is this length. */
export function squared(length: Unit): Unit {
  return { kind: "area", size: length.size * length.size };
}
