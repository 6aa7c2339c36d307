import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { QueryError } from "../../src/errors.ts";
import { parseQuestion } from "../../src/queries/parseQuestion.ts";
import { phraseQuery } from "../../src/queries/phraseQuery.ts";
import type { WordingName } from "../../src/queries/wordings.ts";
import type { RelDirectionQuery } from "../../src/types/objectRelDirection.ts";
import type { Query } from "../../src/types/registry.ts";
import type { RouteAction } from "../../src/types/routeQuery.ts";

/** A template as its dataset is described, and how the query has its names. */
interface Described {
  wording: WordingName;
  text: string;
  /** The names are NAMES, in the order of A to E in the text. */
  query: (a: string, b: string, c: string, d: string, e: string) => Query;
}

const direction =
  (question_type: RelDirectionQuery["question_type"], change: Pick<RelDirectionQuery, "facing"> = {}) =>
  (positioning: string, orienting: string, querying: string): Query => ({
    question_type,
    positioning,
    orienting,
    querying,
    ...change,
  });

const relDistance =
  (which?: "farthest") =>
  (a: string, b: string, c: string, d: string, category: string): Query => ({
    question_type: "object_rel_distance",
    category,
    choices: [a, b, c, d],
    ...(which && { which }),
  });

const counting = (category: string): Query => ({ question_type: "object_counting", category });
const size = (category: string): Query => ({ question_type: "object_size_estimation", category });
const room = (): Query => ({ question_type: "room_size_estimation" });
const absDistance = (a: string, b: string): Query => ({ question_type: "object_abs_distance", objects: [a, b] });
const order = (...choices: string[]): Query => ({
  question_type: "obj_appearance_order",
  choices: choices.slice(0, 4),
});
const route = (start: string, facing: string, destination: string): Query => ({
  question_type: "route_planning",
  start,
  facing,
  destination,
  actions: [{ action: "forward", until: facing }, { action: "turn" }, { action: "forward", until: destination }],
});

const SIZE =
  "What is the length of the longest dimension (length, width, or height) of the {A}, measured in centimeters?";
const NEAREST =
  "Measuring from the closest point of each object, which of these objects ({A}, {B}, {C}, {D}) is the closest to the {E}?";
const DIRECT =
  "Measuring from the closest point of each object, what is the direct distance between the {A} and the {B} (in meters)?";
const STANDING = "If I am standing by the {A} and facing the {B}, is the {C} to";
const BACKWARD = "If I am standing by the {A} and facing in the opposite direction of the {B}, is the {C} to";
const QUADRANTS = "my front-left, front-right, back-left, or back-right?";
const AT_LEAST_135 =
  "my left, right, or back?\nAn object is to my back if I would have to turn at least 135 degrees in order to face it.";
const EASY = `${STANDING} the left or the right of the {B}?`;
const PLANE =
  "\nThe directions refer to the quadrants of a Cartesian plane (if I am standing at the origin and facing along the positive y-axis).";
const ORDER =
  "What will be the first-time appearance order of the following categories in the video: {A}, {B}, {C}, {D}?";
const ROUTE =
  "You are a robot beginning at the {A} facing the {B}. You want to navigate to the {C}. You will perform the following actions (Note: for each [please fill in], choose either 'turn back,' 'turn left,' or 'turn right.'): 1. Go forward until the {B}. 2. [please fill in] 3. Go forward until the {C}.";

/** Typed here from the papers and generators, not read from question-templates. */
const DESCRIBED: readonly Described[] = [
  { wording: "vsi-bench", text: "How many {A}(s) are in this room?", query: counting },
  { wording: "vsi-bench", text: SIZE, query: size },
  {
    wording: "vsi-bench",
    text: "What is the size of this room (in square meters)? \nIf multiple rooms are shown, estimate the size of the combined space.",
    query: room,
  },
  { wording: "vsi-bench", text: DIRECT.replace("direct ", ""), query: absDistance },
  { wording: "vsi-bench", text: NEAREST, query: relDistance() },
  { wording: "vsi-bench", text: EASY, query: direction("object_rel_direction_easy") },
  { wording: "vsi-bench", text: `${STANDING} ${AT_LEAST_135}`, query: direction("object_rel_direction_medium") },
  { wording: "vsi-bench", text: `${STANDING} ${QUADRANTS}${PLANE}`, query: direction("object_rel_direction_hard") },
  { wording: "vsi-bench", text: ORDER, query: order },
  { wording: "vsi-bench", text: `${ROUTE} You have reached the final destination.`, query: route },

  { wording: "vsi-100k", text: "How many {A}(s) are in this room?", query: counting },
  { wording: "vsi-100k", text: SIZE, query: size },
  { wording: "vsi-100k", text: "What is the size of this room (in square meters)?", query: room },
  { wording: "vsi-100k", text: "What is the distance between the {A} and the {B} (in meters)?", query: absDistance },
  {
    wording: "vsi-100k",
    text: "Which of these objects ({A}, {B}, {C}, {D}) is the closest to the {E}?",
    query: relDistance(),
  },
  { wording: "vsi-100k", text: EASY, query: direction("object_rel_direction_easy") },

  { wording: "vlm-3r", text: "How many {A}(s) are in this room?", query: counting },
  { wording: "vlm-3r", text: SIZE, query: size },
  {
    wording: "vlm-3r",
    text: "What is the size of this room (in square meters)? \nIf multiple rooms are shown, estimate the size of the combined space.",
    query: room,
  },
  { wording: "vlm-3r", text: DIRECT, query: absDistance },
  {
    wording: "vlm-3r",
    text: `${NEAREST}\nIf there are multiple instances of an object category, measure to the closest.`,
    query: relDistance(),
  },
  {
    wording: "vlm-3r",
    text: `${NEAREST.replace(", {D}", "").replace("{E}", "{D}")}\nIf there are multiple instances of an object category, measure to the closest.`,
    query: (a, b, c, category) => ({ question_type: "object_rel_distance", category, choices: [a, b, c] }),
  },
  { wording: "vlm-3r", text: EASY, query: direction("object_rel_direction_easy") },
  { wording: "vlm-3r", text: `${STANDING} ${AT_LEAST_135}`, query: direction("object_rel_direction_medium") },
  { wording: "vlm-3r", text: `${STANDING} ${QUADRANTS}${PLANE}`, query: direction("object_rel_direction_hard") },
  { wording: "vlm-3r", text: ORDER, query: order },
  { wording: "vlm-3r", text: ROUTE, query: route },

  { wording: "revsi", text: "How many {A}(s) are in the scene?", query: counting },
  {
    wording: "revsi",
    text: "How many {A}(s) and {B}(s) are in the scene in total?",
    query: (category, other) => ({ question_type: "object_counting", category, others: [other] }),
  },
  { wording: "revsi", text: SIZE.replace("What", "Based on visual evidence from the video, what"), query: size },
  {
    wording: "revsi",
    text: "What is the size of the main room (in square meters)? If multiple rooms are shown, estimate only the size of the dominant room in which the video is primarily recorded.",
    query: () => ({ question_type: "room_size_estimation", rooms: "main" }),
  },
  {
    wording: "revsi",
    text: "What is the size of the scene (in square meters)? If multiple rooms are shown, estimate the size of the combined space.",
    query: room,
  },
  { wording: "revsi", text: DIRECT, query: absDistance },
  { wording: "revsi", text: NEAREST, query: relDistance() },
  { wording: "revsi", text: NEAREST.replace("closest to", "farthest from"), query: relDistance("farthest") },
  { wording: "revsi", text: `${STANDING} ${AT_LEAST_135}`, query: direction("object_rel_direction_medium") },
  {
    wording: "revsi",
    text: `${BACKWARD} ${AT_LEAST_135}`,
    query: direction("object_rel_direction_medium", { facing: "opposite" }),
  },
  { wording: "revsi", text: `${STANDING} ${QUADRANTS}`, query: direction("object_rel_direction_hard") },
  {
    wording: "revsi",
    text: `${BACKWARD} ${QUADRANTS}`,
    query: direction("object_rel_direction_hard", { facing: "opposite" }),
  },
  { wording: "revsi", text: `${ROUTE} You have reached the final destination.`, query: route },

  { wording: "spacer", text: "How many {A}(s) are in this room?", query: counting },
  { wording: "spacer", text: SIZE, query: size },
  {
    wording: "spacer",
    text: "What is the size of this room (in square meters)? If multiple rooms are shown, estimate the size of the combined space.",
    query: room,
  },
  { wording: "spacer", text: DIRECT, query: absDistance },
  {
    wording: "spacer",
    text: "Measuring from the closest point of each object, which of the following objects is the closest to the {E}?\nOptions:\nA. {A}\nB. {B}\nC. {C}\nD. {D}",
    query: relDistance(),
  },
  { wording: "spacer", text: EASY, query: direction("object_rel_direction_easy") },
];

const LABELS = readFileSync(join(import.meta.dirname, "../../../../scannet-manifests/labels.csv"), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split(","));

/** VSI-Bench's 65 categories, from most to least frequent (ReVSI, arXiv 2604.24300, figure 16). */
const BENCH_CATEGORIES = `
  chair, table, door, sofa, ceiling light, monitor, pillow, tv, trash bin, window, bed, stool, keyboard,
  refrigerator, backpack, computer tower, toilet, heater, computer mouse, whiteboard, trash can, bookshelf, plant,
  stove, bathtub, telephone, washer, lamp, mirror, printer, towel, fireplace, microwave, cup, shoes, counter,
  radiator, nightstand, crate, power strip, exhaust fan, clock, laptop, bucket, basket, blanket, dishwasher,
  suitcase, cushion, closet, kettle, fan, coat hanger, cutting board, pan, bowl, headphones, shoe rack, table
  lamp, washing machine, oven, mattress, guitar, piano, paper bag
`
  .trim()
  .replace(/\s+/g, " ")
  .split(", ");

/** These, and the names of ScanNet's objects that labels.csv knows. */
const CATEGORIES = [
  ...new Set([...BENCH_CATEGORIES, ...LABELS.flatMap(([raw = "", , , bench = ""]) => [raw, bench])]),
].filter((name) => name !== "");

/** Words of letters: in a text of these, only one split is possible. */
const wordName = fc
  .array(fc.stringMatching(/^[a-zäøß][a-zäøß-]{2,8}$/), { minLength: 1, maxLength: 3 })
  .map((words) => words.join(" "))
  .filter((name) => !/\b(the|and|is|in|of|to|are|facing)\b/.test(name));

/** Names with anything in them, also the wordings' own words. */
const anyName = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }).filter((name) => name !== "" && name === name.trim().replace(/\s+/g, " ")),
  fc.constantFrom(
    "table and the lamp",
    "box, small",
    "tv (s)",
    "a.*(b|c)$1",
    "bed facing the tv",
    "is the closest to",
    "{a}",
    "{category}",
    "$&",
    "2. bag",
  ),
);

const fiveOf = (name: fc.Arbitrary<string>) => fc.uniqueArray(name, { minLength: 5, maxLength: 5 });

/** The text with other white space wherever it has any. */
function spaced(text: string, spaces: readonly string[]): string {
  let place = 0;
  return `${spaces[0]}${text.replace(/\s+/g, () => spaces[(place++ + 1) % spaces.length] ?? " ")}\n`;
}
const spaces = fc.array(fc.constantFrom(" ", "  ", "\n", " \n ", "\t", "\r\n", " "), { minLength: 1, maxLength: 7 });

function fill(text: string, names: readonly string[]): string {
  return text.replace(/\{([A-E])\}/g, (_, letter: string) => names["ABCDE".indexOf(letter)] ?? "");
}

test("ScanNet's and VSI-Bench's names are there", () => {
  expect(BENCH_CATEGORIES).toHaveLength(65);
  expect(CATEGORIES.length).toBeGreaterThan(200);
  expect(CATEGORIES).toEqual(expect.arrayContaining(["trash bin", "shoe rack", "office chair", "kitchen cabinets"]));
});

describe.each(DESCRIBED)("$wording: $text", ({ wording, text, query }) => {
  const [a, b, c, d, e] = ["bed", "trash bin", "tv", "sofa", "door"] as const;

  test("a query is worded as published", () => {
    expect(phraseQuery(query(a, b, c, d, e), wording)).toBe(fill(text, [a, b, c, d, e]));
  });

  test("with every category, in every place: to a text and back, in any white space", () => {
    for (let first = 0; first < CATEGORIES.length; first++) {
      const names = [0, 101, 211, 307, 401].map((step) => CATEGORIES[(first + step) % CATEGORIES.length]!);
      const asked = query(...(names as [string, string, string, string, string]));
      const words = phraseQuery(asked, wording);
      expect(parseQuestion(words)).toEqual(asked);
      expect(parseQuestion(spaced(words, ["\n ", "  ", "\t"]))).toEqual(asked);
      expect(parseQuestion(words, { categories: names })).toEqual(asked);
    }
  });

  test("with random names: to a text and back, in any white space", () => {
    fc.assert(
      fc.property(fiveOf(wordName), spaces, (names, between) => {
        const asked = query(...(names as [string, string, string, string, string]));
        expect(parseQuestion(spaced(phraseQuery(asked, wording), between))).toEqual(asked);
      }),
    );
  });

  test("with names that hold anything: the query that is read has the same words", () => {
    fc.assert(
      fc.property(fiveOf(anyName), (names) => {
        const words = phraseQuery(query(...(names as [string, string, string, string, string])), wording);
        const categories = { categories: names };
        const read = parseQuestion(words, categories);
        expect(phraseQuery(read, wording).replace(/\s+/g, " ")).toBe(words.replace(/\s+/g, " "));
        expect(parseQuestion(phraseQuery(read, wording), categories)).toEqual(read);
      }),
    );
  });
});

describe("what a wording doesn't have", () => {
  const hard = direction("object_rel_direction_hard", { facing: "opposite" })("bed", "tv", "sofa");

  test.each<[string, Query, WordingName | undefined, RegExp]>([
    [
      "a sum of two counts",
      { question_type: "object_counting", category: "bed", others: ["tv"] },
      undefined,
      /expected one of revsi/,
    ],
    [
      "a sum of three",
      { question_type: "object_counting", category: "bed", others: ["tv", "door"] },
      "revsi",
      /some wording/,
    ],
    ["the farthest", relDistance("farthest")("a", "b", "c", "d", "e"), "vsi-bench", /expected one of revsi/],
    ["the opposite direction", hard, "vlm-3r", /expected one of revsi/],
    ["the main room", { question_type: "room_size_estimation", rooms: "main" }, "vsi-100k", /expected one of revsi/],
    [
      "an easy direction",
      direction("object_rel_direction_easy")("a", "b", "c"),
      "revsi",
      /vsi-bench, vsi-100k, vlm-3r, spacer/,
    ],
    ["an order of appearance", order("a", "b", "c", "d"), "revsi", /expected one of vsi-bench, vlm-3r/],
    [
      "five to choose from",
      { question_type: "object_rel_distance", category: "a", choices: [..."bcdef"] },
      "vsi-bench",
      /some wording/,
    ],
    [
      "three options of SpaceR",
      { question_type: "object_rel_distance", category: "a", choices: [..."bcd"] },
      "spacer",
      /vsi-bench/,
    ],
    ["a wording nobody knows", counting("bed"), "vsibench" as never, /"vsibench", expected one of vsi-bench/],
  ])("%s: an error that says which have it", (_, query, wording, message) => {
    expect(() => phraseQuery(query, wording)).toThrow(QueryError);
    expect(() => phraseQuery(query, wording)).toThrow(message);
    expect(() => phraseQuery(query, wording)).toThrow(expect.objectContaining({ code: "query-wording" }));
  });

  test("fields that say what VSI-Bench asks anyway change nothing", () => {
    expect(phraseQuery({ ...relDistance()("a", "b", "c", "d", "e"), which: "closest" } as Query)).toBe(
      phraseQuery(relDistance()("a", "b", "c", "d", "e")),
    );
    expect(phraseQuery({ ...hard, facing: "toward" } as Query)).toBe(
      phraseQuery(direction("object_rel_direction_hard")("bed", "tv", "sofa")),
    );
    expect(phraseQuery({ question_type: "room_size_estimation", rooms: "all" })).toBe(phraseQuery(room()));
    expect(phraseQuery({ ...counting("bed"), others: [] } as Query)).toBe(phraseQuery(counting("bed")));
  });
});

test.each<[string, unknown, string]>([
  ["no query", null, "query-type"],
  ["a camera's", { question_type: "camera_displacement" }, "query-type"],
  ["a name that is no text", { question_type: "object_counting", category: 7 }, "query-names"],
  ["no name", { question_type: "object_size_estimation" }, "query-names"],
  ["a name of blanks", { question_type: "object_abs_distance", objects: ["bed", " "] }, "query-names"],
  ["no destination", { ...route("bed", "tv", "sofa"), destination: undefined }, "query-names"],
  ["a name twice", { question_type: "obj_appearance_order", choices: ["bed", "bed", "tv", "door"] }, "query-names"],
  ["others that are no list", { question_type: "object_counting", category: "bed", others: "tv" }, "query-names"],
  ["another end than the two", { ...relDistance()("a", "b", "c", "d", "e"), which: "nearest" }, "query-form"],
  ["another side than the two", { ...direction("object_rel_direction_easy")("a", "b", "c"), facing: 1 }, "query-form"],
  ["other rooms", { question_type: "room_size_estimation", rooms: "kitchen" }, "query-form"],
  ["no actions", { ...route("bed", "tv", "sofa"), actions: undefined }, "query-form"],
  ["no turn", { ...route("bed", "tv", "sofa"), actions: [{ action: "forward", until: "tv" }] }, "query-form"],
  ["a turn at the end", { ...route("bed", "tv", "sofa"), actions: [{ action: "turn" }] }, "query-form"],
  ["a jump", { ...route("bed", "tv", "sofa"), actions: [{ action: "jump" }, ...turnTo("tv")] }, "query-form"],
])("%s: refused, whatever JavaScript gives", (_, query, code) => {
  expect(() => phraseQuery(query as Query)).toThrow(expect.objectContaining({ code }));
  expect(() => phraseQuery(query as Query)).toThrow(QueryError);
});

function turnTo(until: string): RouteAction[] {
  return [{ action: "turn" }, { action: "forward", until }];
}
