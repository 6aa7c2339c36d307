import { QuestionsError } from "../errors/questionsError.ts";

/**
 * Puts `values` in the places of a template ("How many {category}(s) are in this room?") in one pass, so that a label
 * with braces or "$&" stays as it is.
 *
 * @throws QuestionsError "template-place" when the template names a place that has no value.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => {
    if (!Object.hasOwn(values, name)) {
      throw new QuestionsError("template-place", {
        file: "question template",
        place: `"${template}"`,
        got: place,
        expected: `one of ${Object.keys(values).join(", ") || "no places"}`,
        advice: "Correct the template's JSON file in question-templates.",
      });
    }
    return values[name]!;
  });
}
