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
  [
    1,
    "mm millimeter millimeters millimetre millimetres millimetern millimètre millimètres milímetros milimetri мм миллиметров 毫米 ミリメートル 밀리미터",
  ],
  [
    10,
    "cm cms centimeter centimeters centimetre centimetres zentimeter zentimetern centimètre centimètres centímetro centímetros centimetro centimetri см сантиметр сантиметра сантиметров 厘米 公分 センチメートル センチ 센티미터",
  ],
  [100, "dm decimeter decimeters decimetre decimetres"],
  [
    1000,
    "m meter meters metre metres mtr mtrs metern mètre mètres metro metros metri metr metry metra metara metru metrů metrów м метр метра метров метрах 米 公尺 メートル 미터 متر मीटर mét",
  ],
  [1_000_000, "km kilometer kilometers kilometre kilometres kilómetros км 公里 千米"],
  [INCH.size, "in inch inches"],
  [FOOT.size, "ft foot feet"],
  [914.4, "yd yard yards"],
  [1_609_344, "mi mile miles"],
  [1e-3, "μm micron microns micrometer micrometers micrometre micrometres"],
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
  ..."sqm qm quadratmeter quadratmetern metrekare kvadratmeter 平方米 平米 平方公尺 平方メートル 제곱미터"
    .split(" ")
    .map((name): [string, Unit] => [name, { kind: "area", size: 1e6 }]),
  // Floors are measured in 400 / 121 square metres in Japan and Korea.
  ...["坪", "평"].map((name): [string, Unit] => [name, { kind: "area", size: (400 / 121) * 1e6 }]),
  ...["平方厘米", "平方公分", "平方センチメートル"].map((name): [string, Unit] => [name, { kind: "area", size: 100 }]),
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
    "% percent ω μ å ° degree degrees radian radians second seconds s sec secs ms minute minutes min mins hour hours h hr hrs day days week weeks month months year years " +
    "kg kilo kilos kilogram kilograms g gram grams pound pounds lb lbs oz ounce ounces ton tons tonne tonnes liter liters litre litres l ml gallon gallons pixel pixels px " +
    "cubic cubed square squared squares sq volt volts watt watts newton newtons joule joules celsius fahrenheit kelvin mph kmh hz db " +
    "€ £ ¥ dollar dollars euro euros cent cents sekunden minuten stunden grad secondes segundos minutos grados secondi секунд секунды градусов $ 立方米 度 秒 초 公斤 千克 小时 小時 分钟 分鐘 元 步 歩 кг г грамм сек с мин час часа часов jahre jours días"
  )
    .split(" ")
    .map((name) => [name, OTHER]),
);

/**
 * What may follow a measured number that has no unit ("2.5 apart"): any other word names what was measured in, and
 * "2.5 steps" is no 2.5 metres.
 */
export const FOLLOWERS: ReadonlySet<string> = new Set(
  (
    "apart away between to from in at is are was were and but or so of the a an this that these those it its by with for as on off up overall total altogether approximately approx about around " +
    "roughly exactly each only just again long wide tall high deep across distant separating separates when if while since because based which where there here according given answer final " +
    "length width height depth distance size area estimate estimated probably maybe perhaps i my measured ish thousand million " +
    "de del des da do dos entre et y e von vom zwischen und bis auseinander environ etwa circa ungefähr aproximadamente d'écart d’écart di tra van tussen en między между от и примерно"
  ).split(" "),
);

/** A length to the third power. */
export const VOLUME: Unit = OTHER;

/** "Square" before a length and after it. */
export const SQUARE_BEFORE: ReadonlySet<string> = new Set(
  "square sq squared квадратных квадратные квадратный кв vierkante".split(" "),
);
export const SQUARE_AFTER: ReadonlySet<string> = new Set(
  "squared carré carrés carre carres cuadrado cuadrados quadrado quadrados quadrato quadrati quadri vuông kare".split(
    " ",
  ),
);

/** The unit whose side is this length. */
export function squared(length: Unit): Unit {
  return { kind: "area", size: length.size * length.size };
}
