import { QUESTION_TYPES, type QuestionType } from "@vsi/dataset";
import { QueryError } from "../errors/queryError.ts";
import { PROTOCOLS } from "../protocols/protocols.ts";
import { matchTemplate } from "./matchTemplate.ts";
import type { Query } from "./query.ts";

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
  const asked = singleSpaced(text);
  const known = new Map((options.categories ?? []).map((category) => [singleSpaced(category), category]));
  const nameOf = (word: string) => known.get(word) ?? word;
  for (const accepts of [(name: string) => known.has(name.trim()), isName]) {
    for (const { type, template } of WORDINGS) {
      const words = matchTemplate(template, asked, accepts);
      if (words) {
        return queryOf(type, (place) => nameOf(words[place]!.trim()));
      }
    }
  }
  throw new QueryError("question-unknown", {
    file: "question",
    place: "text",
    got: JSON.stringify(text) ?? "nothing",
    expected: `a question as a template of ${Object.keys(PROTOCOLS).join(" or ")} words it`,
    advice: "Only questions in a protocol's own words can be read back; see question-templates for these.",
  });
}

/** Every wording, in full and by its first line alone. */
const WORDINGS = Object.values(PROTOCOLS).flatMap(({ templates }) =>
  QUESTION_TYPES.flatMap((type) => {
    const template = templates[type];
    // A route's answer rests on where its maker stood at each object, which the text does not tell.
    return template === undefined || type === "route_planning"
      ? []
      : [template, template.split("\n")[0]!].map((lines) => ({ type, template: singleSpaced(lines) }));
  }),
);

function singleSpaced(text: string): string {
  return String(text).trim().replace(/\s+/g, " ");
}

function isName(value: string): boolean {
  return value.trim() !== "";
}

function queryOf(question_type: Exclude<QuestionType, "route_planning">, word: (place: string) => string): Query {
  switch (question_type) {
    case "object_counting":
    case "object_size_estimation":
      return { question_type, category: word("category") };
    case "room_size_estimation":
      return { question_type };
    case "object_abs_distance":
      return { question_type, objects: [word("a"), word("b")] };
    case "object_rel_distance":
      return { question_type, category: word("category"), choices: ["a", "b", "c", "d"].map(word) };
    case "object_rel_direction_easy":
    case "object_rel_direction_medium":
    case "object_rel_direction_hard": {
      const [positioning, orienting, querying] = ["positioning", "orienting", "querying"].map(word);
      return { question_type, positioning: positioning!, orienting: orienting!, querying: querying! };
    }
    case "obj_appearance_order":
    case "camera_displacement":
    case "camera_movement_direction":
    case "camera_obj_abs_dist":
    case "camera_obj_rel_dist":
      throw new QueryError("question-needs-stream", {
        file: "question",
        place: "text",
        got: `a question of type ${question_type}`,
        expected: "a question about the room",
        advice: "What a camera did and saw has no query: leave such questions out.",
      });
  }
}
