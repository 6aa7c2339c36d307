import { QUESTION_TYPES, type QuestionType, shownJson, typeNeeds } from "@vsi/dataset";
import { QueryError } from "../errors.ts";
import { PROTOCOLS } from "../protocols/protocols.ts";
import { QUESTION_TYPE_MODULES, type Query } from "../types/registry.ts";
import { matchTemplate } from "../wording.ts";

export interface ParseOptions {
  /** The names that the question can use. */
  categories?: readonly string[];
}

/**
 * A question's text back as a query: any wording of any protocol's templates, with any white space, and with or without
 * the template's second line.
 *
 * A name that holds a piece of the wording ("table and the lamp") leaves several ways to split the text. With
 * `categories`, the first split into these is taken, and names come back as written there; without, or when none fits,
 * the one whose earlier names are shortest.
 *
 * @throws QueryError "question-unknown" when no template fits, "question-needs-stream" when it is one about a stream, for
 * which there is no query.
 */
export function parseQuestion(text: string, options: ParseOptions = {}): Query {
  const asked = typeof text === "string" ? singleSpaced(text) : "";
  const known = new Map((options.categories ?? []).map((category) => [singleSpaced(category), category]));
  const nameOf = (word: string) => known.get(word) ?? word;
  for (const accepts of [(name: string) => known.has(name.trim()), isName]) {
    for (const { type, template } of WORDINGS) {
      const words = matchTemplate(template, asked, accepts);
      if (words) {
        return queryOf(type, (place) => nameOf((words[place] ?? "").trim()));
      }
    }
  }
  throw new QueryError("question-unknown", {
    file: "question",
    place: "text",
    got: shownJson(text),
    expected: `a question as a template of ${Object.keys(PROTOCOLS).join(" or ")} words it`,
    advice: "Only questions in a protocol's own words can be read back; see question-templates for these.",
  });
}

/** Every wording, in full and by its first line alone. */
const WORDINGS = Object.values(PROTOCOLS).flatMap(({ templates }) =>
  QUESTION_TYPES.flatMap((type) => {
    const template = templates[type];
    // Without a query a question is unknown, but for those about a stream, which can be told what is missing.
    const isRead = QUESTION_TYPE_MODULES[type].query !== null || typeNeeds(type, "stream");
    return template === undefined || !isRead
      ? []
      : [template, ...template.split("\n").slice(0, 1)].map((lines) => ({ type, template: singleSpaced(lines) }));
  }),
);

function singleSpaced(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}

function isName(value: string): boolean {
  return value.trim() !== "";
}

function queryOf(type: QuestionType, word: (place: string) => string): Query {
  const { query } = QUESTION_TYPE_MODULES[type];
  if (query) {
    // Each module's form reads the query of its own type, and Query is the union of these.
    return query.read(word) as Query;
  }
  throw new QueryError("question-needs-stream", {
    file: "question",
    place: "text",
    got: `a question of type ${type}`,
    expected: "a question about the room",
    advice: "What a camera did and saw has no query: leave such questions out.",
  });
}
