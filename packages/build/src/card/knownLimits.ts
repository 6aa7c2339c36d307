import type { Manifest } from "@vsi/dataset";
import { PROTOCOLS } from "@vsi/questions";
import { countOf } from "@vsi/report";
import type { DatasetSettings } from "../publish/settings.ts";
import { isPublished } from "./isPublished.ts";
import { recordedSettings } from "./recordedSettings.ts";
import type { QuestionsSummary } from "./summarizeQuestions.ts";

const DISTANCES: Readonly<Record<string, string>> = {
  centroid: "between the means of the objects' vertices",
  surface: "between the closest vertices of the two objects",
  box: "between the objects' boxes, which may be nearer to each other than the objects",
  sampled:
    "between points sampled on the objects' boxes as VSI-Bench did, some centimetres longer than the boxes are apart",
};

const LABELS = {
  raw: "Objects are named as the scans' annotators typed it, synonyms and all.",
  canonical: "Objects have one name for all synonyms and plurals.",
} as const;

/** What a user of this very dataset has to know of it, one sentence each. */
export function knownLimits(manifest: Manifest, summary: QuestionsSummary): string[] {
  const settings = recordedSettings(manifest);
  const { inputs, counts } = manifest;
  const left = Object.values(inputs.scans_skipped).reduce((sum, count) => sum + count, 0);
  const drawn = new Set(summary.types.map(({ type }) => type));
  const without = settings.types.filter((type) => !drawn.has(type));
  const undrawn = Object.values(counts.not_drawn).reduce((sum, count) => sum + count, 0);
  return [
    "An answer is as good as the reconstruction and its annotation: what is not labelled is neither counted nor asked about.",
    LABELS[settings.labels],
    ...(settings.types.includes("object_abs_distance")
      ? [`Distances are measured ${distanceMeaning(settings, isPublished(summary))}.`]
      : []),
    ...(settings.frames === null
      ? ["Questions are about whole scans: whether a video shows what is asked about was not checked."]
      : [`An object counts as seen from ${settings.minVisiblePixels} pixels of the depth image on.`]),
    ...(left > 0 ? [`${countOf(left, "scan")} left out: ${reasons(inputs.scans_skipped)}.`] : []),
    ...(without.length > 0 ? [`There are no questions of: ${without.join(", ")}.`] : []),
    ...(undrawn > 0
      ? [`${countOf(undrawn, "candidate")} never drawn, past a limit a scan: ${reasons(counts.not_drawn)}.`]
      : []),
    "How far a model gets without looking is not in this card: `vsi-build audit` measures it.",
  ];
}

function distanceMeaning({ distance, protocol }: DatasetSettings, published: boolean): string {
  if (distance !== null) return DISTANCES[distance] ?? distance;
  // Published facts come without a mesh.
  const kinds = PROTOCOLS[protocol].distances.filter((kind) => !published || kind !== "surface");
  return kinds.map((kind) => DISTANCES[kind]).join(", or, without a mesh, ");
}

function reasons(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${count.toLocaleString("en-US")} ${reason}`)
    .join(", ");
}
