import type { Question, SceneFacts, SceneObject } from "@vsi/dataset";
import { marksOf } from "@vsi/questions";
import { footprint, type Plan } from "@vsi/report/internal";
import type { VerifiedScene } from "../folder/scene.ts";

/** The plan of a question. Objects that the scene does not have are not drawn. */
export function planOf(question: Question, scene: VerifiedScene): Plan {
  const asked = new Set(question.evidence.object_ids.filter((id) => scene.objects.has(id)));
  return {
    outline: scene.facts.room.outline ?? [],
    boxes: furniture(scene.facts).map((object) => ({
      corners: footprint(object.box),
      label: asked.has(object.id) ? `${scene.nameOf(object)} (${object.id})` : null,
    })),
    ...marksOf(question, scene),
  };
}

/** Walls, floors and the like cover the room. */
function furniture({ objects }: SceneFacts): SceneObject[] {
  return objects.filter(({ excluded }) => excluded !== "structure");
}
