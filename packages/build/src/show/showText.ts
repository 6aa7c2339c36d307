import type { SceneObject } from "@vsi/geometry";
import { type Cell, textTable } from "@vsi/report";
import type { VerifiedScene } from "../verify/verifiedScene.ts";
import { evidenceText } from "./evidenceText.ts";
import type { FoundQuestion } from "./findQuestion.ts";

/** Frames that are named; the record has all. */
const NAMED_FRAMES = 6;

/** A question, its answer and what it rests on, for a terminal. */
export function showText({ file, line, question }: FoundQuestion, scene: VerifiedScene): string {
  const { options, mc_answer, ground_truth, evidence } = question;
  const answer = mc_answer === null ? ground_truth : `${mc_answer}. ${ground_truth}`;
  return [
    `${question.id}  ${question.question_type}  ${question.dataset} ${question.scene_name}  (${file}, line ${line})`,
    "",
    question.question,
    ...(options ?? []).map((option) => `  ${option}`),
    "",
    `answer    ${answer}`,
    `evidence  ${evidenceText(question, scene)}`,
    ...(question.frames.length === 0 ? [] : [`frames    ${framesText(question.frames, evidence.frames ?? [])}`]),
    ...(evidence.object_ids.length === 0 ? [] : ["", objectsTable(evidence.object_ids, scene)]),
  ].join("\n");
}

function framesText(shown: readonly string[], resting: readonly string[]): string {
  const named = resting.slice(0, NAMED_FRAMES).join(", ");
  const more = resting.length > NAMED_FRAMES ? ` and ${resting.length - NAMED_FRAMES} more` : "";
  return `${shown.length} to show; the answer rests on ${named}${more}`;
}

function objectsTable(ids: readonly number[], scene: VerifiedScene): string {
  const objects = ids.flatMap((id): SceneObject[] => {
    const object = scene.objects.get(id);
    return object ? [object] : [];
  });
  const metres = (values: readonly number[]) => values.map((value) => value.toFixed(2)).join(" ");
  const rows = objects.map((object): Cell[] => [
    String(object.id),
    scene.nameOf(object),
    metres(object.centroid),
    metres(object.box.size),
  ]);
  const columns = [
    { head: "id", align: "right" as const },
    { head: "object" },
    { head: "centroid (m)" },
    { head: "box (m)" },
  ];
  return textTable({ columns, rows });
}
