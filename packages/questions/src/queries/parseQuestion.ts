import { type QuestionType, typeNeeds } from "@vsi/dataset";
import { checkOptions, listOf, type OptionKinds, shownJson, TEXT } from "@vsi/dataset/internal";
import { QueryError } from "../errors.ts";
import type { Meaning } from "../types/questionType.ts";
import { QUESTION_TYPE_MODULES, type Query } from "../types/registry.ts";
import { matchTemplate } from "../wording.ts";
import { placesOf, WORDED_TEMPLATES, WORDING_NAMES } from "./wordings.ts";

/** What parseQuestion may know beside the text. */
export interface ParseOptions {
  /** The names that the question can use. */
  categories?: readonly string[];
}

/**
 * A question's text back as a query: any template of any wording (VSI-Bench, VSI-100k, VLM-3R, ReVSI, SpaceR), with any
 * white space, and with or without the template's second line where that only says how to answer. Fields that say what
 * VSI-Bench always asks (`which: "closest"`) are left out.
 *
 * A name that holds a piece of the wording ("table and the lamp") leaves several ways to split the text. With
 * `categories`, the first split into these is taken, and names come back as written there; without, or when none fits,
 * the one whose earlier names are shortest.
 *
 * @throws QueryError "question-unknown" when no template fits, "question-needs-stream" when it is one about where a camera
 * was in a stream, for which there is no query.
 *
 * @example
 * ```js
 * import { parseQuestion, phraseQuery } from "@vsi/questions";
 *
 * const query = parseQuestion("How many chair(s) are in this room?");
 * console.log(query.question_type, query.category); // object_counting chair
 * console.log(phraseQuery(query, "vsi-100k").includes("chair")); // true
 * ```
 */
export function parseQuestion(text: string, options: ParseOptions = {}): Query {
  checkOptions(
    options,
    { categories: listOf(TEXT, "a list of categories") } satisfies OptionKinds<ParseOptions>,
    "parseQuestion",
  );
  const asked = typeof text === "string" ? singleSpaced(text) : "";
  const known = new Map((options.categories ?? []).map((category) => [singleSpaced(category), category]));
  const nameOf = (word: string) => known.get(word.trim()) ?? word.trim();
  const readings = READINGS.filter(({ start }) => asked.startsWith(start));
  for (const isName of [...(known.size > 0 ? [(name: string) => known.has(name.trim())] : []), isNotEmpty]) {
    for (const reading of readings) {
      const { query } = QUESTION_TYPE_MODULES[reading.type];
      const words = matchTemplate(
        reading.template,
        asked,
        (value, place) => query?.fits?.(place, value, isName) ?? isName(value),
      );
      if (words) {
        return queryOf(reading, words, nameOf);
      }
    }
  }
  throw new QueryError("question-unknown", {
    file: "question",
    place: "text",
    got: shownJson(text),
    expected: `a question in the words of ${WORDING_NAMES.join(", ")}`,
    advice: "Only these wordings can be read back, without a prompt around them; see question-templates.",
  });
}

/** A form in which a question may come. */
interface Reading {
  type: QuestionType;
  /** Without line breaks. */
  template: string;
  /** What it has before the first name. */
  start: string;
  meaning: Meaning;
}

/**
 * Every form, the one with the longest text of its own first: a shorter one could take a part of that text for a name
 * ("beginning at the tv and facing the bed").
 */
const READINGS: readonly Reading[] = WORDED_TEMPLATES.filter(
  // Without a query a question is unknown, but for those about a stream, which can be told what is missing.
  ({ type }) => QUESTION_TYPE_MODULES[type].query !== null || typeNeeds(type, "stream"),
)
  .flatMap(({ type, template, variants, meaning }) =>
    [template, ...variants]
      .flatMap(withoutAdvice)
      .map(singleSpaced)
      .map((form): Reading => ({ type, template: form, start: form.replace(/\{.*$/, ""), meaning })),
  )
  .sort((one, other) => ownLength(other) - ownLength(one));

/** The template, and its first line alone where that has all the names: SpaceR's options have more. */
function withoutAdvice(template: string): string[] {
  const [first = ""] = template.split("\n");
  const isWhole = first !== template && placesOf(first).join() === placesOf(template).join();
  return isWhole ? [template, first] : [template];
}

function ownLength({ template }: Reading): number {
  return template.replace(/\{\w+\}/g, "").length;
}

function singleSpaced(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}

function isNotEmpty(value: string): boolean {
  return value.trim() !== "";
}

function queryOf(
  { type, meaning }: Reading,
  words: Readonly<Record<string, string>>,
  nameOf: (name: string) => string,
): Query {
  const { query } = QUESTION_TYPE_MODULES[type];
  if (query) {
    const names = Object.fromEntries(Object.entries(words).map(([place, word]) => [place, nameOf(word)]));
    // Each module's form reads the query of its own type, and Query is the union of these.
    return { ...query.read(names, nameOf), ...meaning } as Query;
  }
  throw new QueryError("question-needs-stream", {
    file: "question",
    place: "text",
    got: `a question of type ${type}`,
    expected: "a question about the room, or the order in which things appear",
    advice: "Camera questions have no query: leave them out.",
  });
}
