import { describe, expect, test } from "@jest/globals";
import table from "@vsi/scannet-manifests/label-kinds.json" with { type: "json" };
import fc from "fast-check";
import { isAskable, isPlural, overlaps, readName, wideName } from "../../src/scene/names.ts";
import { hasLabelMap, labelMap, labelRules } from "../support/labelMap.ts";

interface Row {
  label: string;
  same_as?: string | undefined;
  kind_of?: string | null | undefined;
  may_be?: readonly string[] | undefined;
  like?: readonly string[] | undefined;
  source: string;
}

const ROWS: readonly Row[] = table.rows;
const LABELS = ROWS.map(({ label }) => label);

describe("overlaps", () => {
  test.each([
    ["a kind and its kind", "office chair", "chair"],
    ["plurals", "kitchen cabinets", "cabinet"],
    ["the same in the plural", "books", "book"],
    ["a synonym", "couch", "sofa"],
    ["a kind of a synonym", "leather sofa", "couch"],
    ["a lookalike", "trash can", "recycling bin"],
    ["a lookalike of a kind", "kitchen trash can", "recycling bin"],
    ["a lookalike by one of two names", "nightstand", "end table"],
    ["a kind that is in no table", "gaming chair", "chair"],
    ["a kind of a longer word that is in no table", "L-shape sofa", "couch"],
    ["what is in boxes", "boxes of paper", "box"],
    ["a stack", "stack of folded chairs", "chair"],
    ["a tall pile", "tall pile of books", "book"],
    ["a coffee table", "coffee table", "table"],
    ["a desk, which dictionaries call a table", "desk", "table"],
    ["a fridge", "mini fridge", "refrigerator"],
    ["other spellings", "Trash_Can", "garbage bin"],
    ["hyphens", "mini-fridge", "refrigerator"],
    ["blinds", "blinds", "curtain"],
    ["a stool and a footstool", "ottoman", "stool"],
    ["a painting", "painting", "poster"],
    ["television", "television", "tv"],
    ["cushions", "couch cushions", "pillow"],
    ["a word that nobody knows", "zyzzyva", "zyzzyva"],
  ])("%s", (_, a, b) => {
    expect([overlaps(a, b), overlaps(b, a)]).toEqual([true, true]);
  });

  test.each([
    ["kinds of one thing", "armchair", "office chair"],
    ["kinds of one thing, with a lookalike", "coffee table", "desk"],
    ["what stands first in a compound", "tv stand", "tv"],
    ["rolls of paper", "toilet paper", "paper"],
    ["a shower and its curtain", "shower", "shower curtain"],
    ["words that end alike", "doormat", "at"],
    ["names that every object knows", "constructor", "__proto__"],
    ["an empty word", "", "chair"],
  ])("not %s", (_, a, b) => {
    expect([overlaps(a, b), overlaps(b, a)]).toEqual([false, false]);
  });

  const word = fc.oneof(fc.constantFrom(...LABELS), fc.constantFrom("red", "Küche", "of", "s", "es", "set of", ""));
  const anyLabel = fc.oneof(
    fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" ")),
    fc.string(),
  );

  test("of any two labels alike in both directions; every label with itself and with its wide name", () => {
    fc.assert(
      fc.property(anyLabel, anyLabel, (a, b) => {
        expect(overlaps(a, b)).toBe(overlaps(b, a));
        expect([overlaps(a, a), overlaps(a, wideName(a)), overlaps(a, ` ${a}  `)]).toEqual([true, true, true]);
        expect(wideName(wideName(a))).toBe(wideName(a));
      }),
      { numRuns: 2000 },
    );
  });

  test("a narrower name of any label in the table overlaps with it", () => {
    for (const label of LABELS) {
      expect([label, overlaps(`purple ${label}`, label)]).toEqual([label, true]);
    }
  });
});

describe("isPlural", () => {
  test.each(["books", "kitchen cabinets", "shoes", "clothes", "clothing", "blinds", "boxes of paper", "shelves"])(
    "%s stands for many",
    (label) => expect(isPlural(label)).toBe(true),
  );
  test.each([
    "stack of chairs",
    "tall pile of books",
    "mice",
    "batteries",
    "benches",
    "TVs",
    "luggage",
    "people",
    "couch cushions",
    "buses",
  ])("%s stands for many", (label) => expect(isPlural(label)).toBe(true));
  test.each(["glass", "mattress", "bus", "dress", "compass", "thermos", "canvas", "cactus", "tennis", "chassis"])(
    "%s is one thing",
    (label) => expect(isPlural(label)).toBe(false),
  );
  test.each(["bag of coffee beans", "case of water bottles", "bottles case", "books cabinet", "gas", "tv", "", "s"])(
    "%p is one thing",
    (label) => expect(isPlural(label)).toBe(false),
  );

  test("every irregular plural of the table is one, and its singular is none", () => {
    for (const [plural, singular] of Object.entries(table.plurals)) {
      expect([plural, isPlural(plural), isPlural(singular), overlaps(plural, singular)]).toEqual([
        plural,
        true,
        false,
        true,
      ]);
    }
    expect(table.not_plural.filter(isPlural)).toEqual([]);
  });
});

test("words that may be anything are not asked about, in the plural neither", () => {
  const words = ["bar", "board", "rail", "tube", "decoration", "person", "stand", "case", "object", "boards", "legs"];
  expect(words.filter(isAskable)).toEqual([]);
  const clear = ["whiteboard", "tv stand", "grab bar", "stair rail", "guitar case", "chair", "zyzzyva", "constructor"];
  expect(clear.filter((word) => !isAskable(word))).toEqual([]);
});

test.each([
  ["office chair", "chair"],
  ["gaming chairs", "chair"],
  ["coffee table", "table"],
  ["kitchen cabinets", "cabinet"],
  ["armchair", "chair"],
  ["beanbag chair", "chair"],
  ["folded chair", "chair"],
  ["desk lamp", "lamp"],
  ["sofa", "couch"],
  ["sofa bed", "couch"],
  ["trash bin", "trash can"],
  // What only may be more stays what it is.
  ["desk", "desk"],
  ["nightstand", "nightstand"],
  ["tv stand", "tv stand"],
  ["stack of chairs", "stack of chairs"],
  ["cabinet door", "cabinet door"],
  ["Küche", "Küche"],
])("the wide name of %s is %s", (label, name) => {
  expect(wideName(label)).toBe(name);
});

describe("the table", () => {
  test("has every label once, written as it is looked up", () => {
    expect(LABELS).toEqual([...new Set(LABELS)]);
    expect(LABELS.filter((label) => label !== label.toLowerCase().trim().replaceAll(/\s+/g, " "))).toEqual([]);
  });

  test("lists nothing in the plural but words for many that have no singular of their own", () => {
    const plurals = ROWS.filter((row) => isPlural(row.label)).map(({ label }) => label);
    const regular = LABELS.filter((label) => LABELS.includes(`${label}s`)).map((label) => `${label}s`);
    expect(regular.filter((label) => !plurals.includes(label) || label === "stairs")).toEqual(["stairs"]);
  });

  test("synonyms say nothing else, and lead to a row that is no synonym", () => {
    const byLabel = new Map(ROWS.map((row) => [row.label, row]));
    for (const { label, same_as, kind_of, may_be, like } of ROWS) {
      if (same_as !== undefined) {
        expect([label, kind_of, may_be, like]).toEqual([label, undefined, undefined, undefined]);
        expect([label, byLabel.get(same_as)?.label, byLabel.get(same_as)?.same_as]).toEqual([
          label,
          same_as,
          undefined,
        ]);
      }
    }
  });

  test("wider names have a row, lead to no circle, and none is there twice", () => {
    for (const { label, kind_of, may_be = [] } of ROWS) {
      const wider = [...(kind_of ? [kind_of] : []), ...may_be];
      // "soap": nothing more is to be said of it.
      expect([label, wider.filter((name) => !LABELS.includes(name) && name !== "soap")]).toEqual([label, []]);
      expect(wider).toEqual([...new Set(wider)]);
      for (const name of wider) {
        expect([name, readName(name).kinds.includes(label)]).toEqual([name, false]);
      }
    }
  });

  test("groups have at least two members", () => {
    const groups = ROWS.flatMap(({ like = [] }) => like);
    expect(groups.filter((group) => groups.indexOf(group) === groups.lastIndexOf(group))).toEqual([]);
  });

  /** "nyu40class chair; usage: ..." by column. */
  const cited = (row: Row, column: string) =>
    row.source
      .split("; ")
      .filter((part) => part.startsWith(`${column} `))
      .map((part) => part.slice(column.length + 1));

  test("names its sources for each row", () => {
    const known =
      /^((category|nyu40class|wnsynset|vsi-bench|canonical|excluded|head noun) .+|WordNet (synonym|hypernym) .+|ReVSI .+|usage: .+)$/;
    const bad = ROWS.filter(({ source }) => source.split("; ").some((part) => !known.test(part)));
    expect(bad).toEqual([]);
    const notEnds = ROWS.filter((row) => cited(row, "head noun").some((head) => !row.label.endsWith(` ${head}`)));
    expect(notEnds).toEqual([]);
  });

  test("cites labels.csv as it is", () => {
    const rules = labelRules();
    const columns = { "vsi-bench": "vsi_bench", canonical: "category", excluded: "excluded" };
    for (const row of ROWS) {
      for (const [name, column] of Object.entries(columns)) {
        for (const value of cited(row, name)) {
          expect([row.label, value]).toEqual([row.label, rules.get(row.label)?.[column]]);
        }
      }
    }
  });

  test("agrees with labels.csv: a raw label has the wide name of its category, and is what the benchmark calls it", () => {
    for (const [label, { category = "", excluded, vsi_bench: name }] of labelRules()) {
      // A stack is plural, and never asked about.
      if (excluded === "" && !label.startsWith("stack")) {
        expect([label, overlaps(label, category), wideName(label)]).toEqual([label, true, wideName(category)]);
      }
      if (name) {
        expect([label, name, overlaps(label, name)]).toEqual([label, name, true]);
      }
    }
  });

  test("no two of VSI-Bench's categories overlap but those that viewers confuse", () => {
    const names = [...new Set([...labelRules().values()].flatMap(({ vsi_bench: name }) => (name ? [name] : [])))];
    const pairs = names.flatMap((a) => names.filter((b) => a < b && overlaps(a, b)).map((b) => `${a}, ${b}`));
    expect(names).toHaveLength(33);
    expect(pairs.sort()).toEqual(["bed, mattress", "nightstand, table"]);
    expect(names.filter((name) => isPlural(name) || !isAskable(name))).toEqual([]);
  });

  test("reads ReVSI's names, which are in no ScanNet table", () => {
    const kinds = { "double-bowl kitchen sink": "sink", "L-shape sofa": "couch", "u-shape couch": "couch" };
    for (const [label, kind] of Object.entries(kinds)) {
      expect([label, wideName(label)]).toEqual([label, kind]);
    }
    expect(overlaps("bi-fold door", "door")).toBe(true);
    expect(overlaps("roller blind", "blinds")).toBe(true);
    expect(["shoes", "slippers", "clothes", "blinds"].filter((label) => !isPlural(label))).toEqual([]);
  });
});

(hasLabelMap() ? describe : describe.skip)("the 607 labels of ScanNet's label map", () => {
  const rows = hasLabelMap() ? labelMap() : new Map<string, Record<string, string>>();
  const labels = [...rows.keys()];

  test("are cited as they are", () => {
    for (const { label, source } of ROWS) {
      for (const part of source.split("; ")) {
        const [, name, value] = /^(category|nyu40class|wnsynset) (.+)$/.exec(part) ?? [];
        if (name !== undefined) {
          const column = name === "wnsynset" ? "wnsynsetkey" : name;
          expect([label, value]).toEqual([label, rows.get(label)?.[column]]);
        }
      }
    }
  });

  test("whose singular is another label, or its category, are plural and overlap with it", () => {
    const pluralsOf = (word: string) => [`${word}s`, `${word}es`, word.replace(/f$/, "ves"), word.replace(/y$/, "ies")];
    const pairs = labels.flatMap((label) => {
      const ones = [...labels, rows.get(label)?.category ?? ""].filter((one) => one !== label);
      return ones.filter((one) => pluralsOf(one).includes(label)).map((one) => [label, one] as const);
    });
    expect(pairs.length).toBeGreaterThan(60);
    for (const [many, one] of pairs) {
      expect([many, one, isPlural(many), isPlural(one), overlaps(many, one)]).toEqual([many, one, true, false, true]);
    }
  });

  test("that end in s are plural but for six", () => {
    const ofOne = labels.filter((label) => label.endsWith("s") && !isPlural(label));
    expect(ofOne.sort()).toEqual([
      "air mattress",
      "bag of coffee beans",
      "case of water bottles",
      "glass",
      "mattress",
      "thermos",
    ]);
    // Mass nouns, and what is not last.
    const others = labels.filter((label) => !label.endsWith("s") && isPlural(label));
    expect(others.sort()).toEqual(["boxes of paper", "clothing", "furniture", "luggage", "mail", "seating"]);
  });

  test("that end in another label overlap with it, but for those where the word means something else", () => {
    const apart = labels.flatMap((label) =>
      labels.filter((head) => label.endsWith(` ${head}`) && !overlaps(label, head)).map((head) => `${label}, ${head}`),
    );
    expect(apart.sort()).toEqual([
      "boxes of paper, paper",
      "case of water bottles, bottles",
      "dumbbell plates, plates",
      "paper towel, towel",
      "sleeping bag, bag",
      "soap bar, bar",
      "toilet paper, paper",
      "trash can, can",
      "water cooler, cooler",
    ]);
  });

  test("overlap with the furniture class that the map gives them", () => {
    const classes = ["chair", "table", "cabinet", "lamp", "sofa", "bed", "desk", "toilet", "curtain", "bag", "pillow"];
    for (const [label, { nyu40class = "" }] of rows) {
      if (classes.includes(nyu40class)) {
        expect([label, nyu40class, overlaps(label, nyu40class)]).toEqual([label, nyu40class, true]);
      }
    }
  });

  test("overlap with the category that the map merges them into", () => {
    const apart = [...rows].filter(([label, { category = label }]) => !overlaps(label, category));
    expect(apart.map(([label, { category }]) => `${label}, ${category}`)).toEqual(["bath walls, bathroom wall"]);
  });
});
