import type { Question } from "@vsi/dataset";
import { matchTemplate, PROTOCOLS, type ProtocolName } from "@vsi/questions";

const NONE: Readonly<Record<string, string>> = {};

/**
 * What the question names, by the place in its protocol's wording: { a: "sofa", b: "lamp" }. Empty when the question is in
 * no wording of ours: the audit then has its words alone.
 */
export function namedPlaces(
  question: Pick<Question, "protocol" | "question_type" | "question">,
): Readonly<Record<string, string>> {
  if (!Object.hasOwn(PROTOCOLS, question.protocol)) return NONE;
  const template = PROTOCOLS[question.protocol as ProtocolName].templates[question.question_type];
  if (template === undefined) return NONE;
  return matchTemplate(template, question.question, (value) => value.trim() !== "") ?? NONE;
}
