import type { Question } from "@vsi/dataset";

/**
 * What stands between the tags in SFT's think and observe modes: one sentence of what the question's evidence measures.
 * The dataset holds no reasoning, and empty tags would teach the hack that the paper warns of (arXiv 2504.00883: empty
 * reasoning takes the format reward). The sentence is true and leads to the answer, but it is no person's reasoning: it
 * teaches the form, as a start for GRPO.
 *
 * @returns null where the evidence does not measure the answer (orders, routes, cameras' movements).
 */
export function rationale({ question_type, ground_truth, evidence }: Question): string | null {
  const { value, unit, margin } = evidence;
  if (value === null) return null;
  switch (question_type) {
    case "object_counting":
      return `Going through all frames and counting each of these objects only once, I find ${value} of them.`;
    case "object_size_estimation":
      return `From one end to the other, its longest side measures about ${value.toFixed(1)} centimeters.`;
    case "room_size_estimation":
      return `The floor between the walls covers about ${value.toFixed(2)} square meters in all.`;
    case "object_rel_distance":
      return margin === null
        ? null
        : `The ${ground_truth} is about ${value.toFixed(2)} meters away, and the next closest one is ${margin.toFixed(2)} meters farther.`;
    case "object_rel_direction_easy":
    case "object_rel_direction_medium":
    case "object_rel_direction_hard":
      return `Facing that way, I would have to turn about ${Math.abs(value).toFixed(0)} degrees to the ${value > 0 ? "left" : "right"} to look at it.`;
    default:
      return unit === "m" ? `Between the two I measure a distance of about ${value.toFixed(2)} meters.` : null;
  }
}
