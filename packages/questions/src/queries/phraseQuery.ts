import { shownJson } from "@vsi/dataset/internal";
import { QueryError } from "../errors.ts";
import type { Meaning, Words } from "../types/questionType.ts";
import type { Query } from "../types/registry.ts";
import { fillTemplate } from "../wording.ts";
import { queryForm } from "./answerQuery.ts";
import { placesOf, WORDED_TEMPLATES, WORDING_NAMES, type WordingName } from "./wordings.ts";

/**
 * A query's text as a dataset or benchmark words such questions; parseQuestion reads it back. Without options: SpaceR
 * alone lists what to choose from as options, and so in the text.
 *
 * @param wording "vsi-bench", "vsi-100k", "vlm-3r", "revsi" or "spacer": a folder of question-templates.
 * @throws QueryError "query-wording" when the wording is none of these or has no such question: most have no sum of two
 * counts, and none lists more than four names to choose from.
 * @throws QueryError "query-type", "query-names", "query-form" as answerQuery does; a name that is no text or empty is
 * "query-names" too.
 *
 * @example
 * ```js
 * import { phraseQuery } from "@vsi/questions";
 *
 * const query = { question_type: "object_counting", category: "chair" };
 * console.log(phraseQuery(query)); // How many chair(s) are in this room?
 * ```
 */
export function phraseQuery(query: Query, wording: WordingName = "vsi-bench"): string {
  const { words, meaning } = queryForm(query, "query").phrase(query);
  for (const [place, word] of Object.entries<unknown>(words)) {
    if (typeof word !== "string" || word.trim() === "") {
      throw new QueryError("query-names", {
        file: "query",
        place: query.question_type,
        got: shownJson(word),
        expected: `a name for the place {${place}} of the template`,
        advice: "Name a category there.",
      });
    }
  }
  const fitting = WORDED_TEMPLATES.filter(
    ({ type, template, meaning: said }) =>
      type === query.question_type && isSameMeaning(said, meaning) && hasSamePlaces(template, words),
  );
  const worded = fitting.find((template) => template.wording === wording);
  if (worded === undefined) {
    const having = WORDING_NAMES.filter((name) => fitting.some((template) => template.wording === name));
    throw new QueryError("query-wording", {
      file: "query",
      place: query.question_type,
      got: `${shownJson(query)} in the wording ${shownJson(wording)}`,
      expected: having.length === 0 ? "a query that some wording has a template for" : `one of ${having.join(", ")}`,
      advice:
        having.length === 0
          ? `The wordings are ${WORDING_NAMES.join(", ")}; see question-templates for what each asks.`
          : "Choose a wording that has such questions.",
    });
  }
  return fillTemplate(worded.template, words);
}

function isSameMeaning(said: Meaning, meant: Meaning): boolean {
  const fields = new Set([...Object.keys(said), ...Object.keys(meant)]);
  return [...fields].every((field) => said[field] === meant[field]);
}

function hasSamePlaces(template: string, words: Words): boolean {
  return placesOf(template).join(" ") === Object.keys(words).sort().join(" ");
}
