import { join } from "node:path";
import { UsageError } from "@vsi/command";
import type { Question, SceneObject } from "@vsi/dataset";
import { printableLine } from "@vsi/dataset/internal";
import { readJsonl } from "@vsi/dataset/node";
import { validateQuestion } from "@vsi/dataset/validate";
import { describeEvidence } from "@vsi/questions";
import { type Cell, textTable } from "@vsi/report";
import { listDatasetFiles, splitOfFile } from "../folder/datasetFolder.ts";
import type { VerifiedScene } from "../folder/scene.ts";

/** A question and where it stands in a dataset folder. */
interface FoundQuestion {
  split: string;
  /** POSIX path, relative to the dataset folder. */
  file: string;
  line: number;
  question: Question;
}

/** Ids listed when a prefix fits several. */
const NAMED_IDS = 5;

/**
 * The question with this id, or the only one whose id begins with it.
 *
 * @throws UsageError when none or several do, DatasetError for a line that is no record.
 */
export async function findQuestion(folder: string, id: string): Promise<FoundQuestion> {
  const fitting: FoundQuestion[] = [];
  for (const file of await listDatasetFiles(folder)) {
    const split = splitOfFile(file);
    if (split === null) continue;
    const path = join(folder, file);
    for await (const { line, record } of readJsonl(path)) {
      const known = (record as { id?: unknown } | null)?.id;
      if (typeof known !== "string" || !known.startsWith(id)) continue;
      validateQuestion(record, { file: path.replaceAll("\\", "/"), place: `line ${line}` });
      const found = { split, file, line, question: record };
      if (known === id) return found;
      fitting.push(found);
    }
  }
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  const named = fitting.slice(0, NAMED_IDS).map(({ question }) => question.id);
  throw new UsageError(
    only === undefined
      ? `show ${id}: no question in ${folder} has this id. Ids are in the field "id" of data/*.jsonl.`
      : `show ${id}: ${fitting.length} ids in ${folder} start with this (${named.join(", ")}${fitting.length > NAMED_IDS ? ", ..." : ""}), expected one. Give more of the id.`,
  );
}

/** Frames listed; the record has them all. */
const NAMED_FRAMES = 6;

/** A question, its answer and what it rests on, for a terminal. */
export function showText({ file, line, question }: FoundQuestion, scene: VerifiedScene): string {
  const { options, mc_answer, ground_truth, evidence } = question;
  const answer = mc_answer === null ? ground_truth : `${mc_answer}. ${ground_truth}`;
  return [
    printableLine(
      `${question.id}  ${question.question_type}  ${question.dataset} ${question.scene_name}  (${file}, line ${line})`,
    ),
    "",
    question.question,
    ...(options ?? []).map((option) => printableLine(`  ${option}`)),
    "",
    printableLine(`answer    ${answer}`),
    printableLine(`evidence  ${describeEvidence(question, scene)}`),
    ...(question.frames.length === 0
      ? []
      : [printableLine(`frames    ${framesText(question.frames, evidence.frames ?? [])}`)]),
    ...(evidence.object_ids.length === 0 ? [] : ["", objectsTable(evidence.object_ids, scene)]),
  ].join("\n");
}

function framesText(shown: readonly string[], resting: readonly string[]): string {
  const named = resting.slice(0, NAMED_FRAMES).join(", ");
  const more = resting.length > NAMED_FRAMES ? ` and ${resting.length - NAMED_FRAMES} more` : "";
  return `${shown.length} shown; the answer is based on ${named}${more}`;
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
