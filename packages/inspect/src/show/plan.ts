import type { Question } from "@vsi/dataset";
import { marksOf } from "@vsi/questions";
import { furnished, type Plan } from "@vsi/report/internal";
import type { VerifiedScene } from "../folder/scene.ts";

/** The plan of a question. Objects that the scene does not have are not drawn. */
export function planOf(question: Question, scene: VerifiedScene): Plan {
  const asked = new Set(question.evidence.object_ids.filter((id) => scene.objects.has(id)));
  return {
    ...furnished(scene.facts, (object) => (asked.has(object.id) ? `${scene.nameOf(object)} (${object.id})` : null)),
    ...marksOf(question, scene),
  };
}
