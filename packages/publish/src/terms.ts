import type { Manifest } from "@vsi/dataset";
import { countOf } from "@vsi/dataset/internal";
import { PROTOCOLS, type RulesName } from "@vsi/questions";
import { LEAST_ROOMS } from "@vsi/questions/internal";
import { type DatasetSettings, recordedSettings } from "./settings.ts";
import type { QuestionsSummary } from "./summary.ts";

const DISTANCES: Readonly<Record<string, string>> = {
  centroid: "between the means of the objects' vertices",
  surface: "between the closest vertices of the two objects",
  box: "between the objects' boxes, which may be closer together than the objects",
  sampled:
    "between points sampled on the objects' boxes as in VSI-Bench, a few centimetres more than the gap between the boxes",
};

const LABELS = {
  raw: "Objects carry the annotators' own labels, synonyms included.",
  canonical: "Synonyms and plurals share one name.",
} as const;

const LITERAL_NAMES = "Labels are taken literally: beside an office chair, a chair is still the only one of its name.";

const RULES = {
  careful:
    "No question uses a name that could also mean another object in the room, that stands for several things, or that could mean anything (`--rules careful`).",
  published: `Questions follow the rules of VSI-Bench's published questions (\`--rules published\`). ${LITERAL_NAMES}`,
  paper: `Questions follow the papers' literal recipe (\`--rules paper\`). ${LITERAL_NAMES}`,
} as const satisfies Record<RulesName, string>;

/** What was done against guessing, where anything was. */
function guessing({ balance }: DatasetSettings, rooms: number | undefined): string[] {
  if (!balance) return ["Questions were not selected to keep their wording from giving answers away."];
  return rooms === undefined || rooms === 0
    ? [
        `Fewer than ${LEAST_ROOMS} rooms are too few to tell what can be guessed: wording and common answers may give answers away.`,
      ]
    : [
        `Questions with a choice of answers were selected so that their wording does not give the answer away, as far as can be learned from ${countOf(rooms, "room")}; with other scans, the selection would differ.`,
      ];
}

/** What a user of this very dataset has to know of it, one sentence each. */
export function knownLimits(manifest: Manifest, summary: QuestionsSummary): string[] {
  const settings = recordedSettings(manifest);
  const { inputs, counts } = manifest;
  const left = Object.values(inputs.scans_skipped).reduce((sum, count) => sum + count, 0);
  const drawn = new Set(summary.types.map(({ type }) => type));
  const without = settings.types.filter((type) => !drawn.has(type));
  const undrawn = Object.values(counts.not_drawn).reduce((sum, count) => sum + count, 0);
  return [
    "Answers are only as good as the reconstruction and its annotation: unlabelled objects are neither counted nor asked about.",
    LABELS[settings.labels],
    RULES[settings.rules],
    ...guessing(settings, inputs.rooms_learnt_from),
    ...(settings.types.includes("object_abs_distance")
      ? [`Distances are measured ${distanceMeaning(settings, isPublished(manifest, summary))}.`]
      : []),
    ...(settings.frames === null || isPublished(manifest, summary)
      ? ["Questions are about whole scans: whether a video shows the objects was not checked."]
      : [`An object counts as visible if it covers at least ${settings.minVisiblePixels} pixels of the depth image.`]),
    ...(left > 0 ? [`${countOf(left, "scan")} left out: ${reasons(inputs.scans_skipped)}.`] : []),
    ...(without.length > 0 ? [`No questions of type ${without.join(", ")}.`] : []),
    ...(undrawn > 0
      ? [`${countOf(undrawn, "candidate")} not drawn, over the limit per scan: ${reasons(counts.not_drawn)}.`]
      : []),
    "This card does not say how well a model scores without looking: `vsi-build audit` measures that.",
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

/**
 * Whether a dataset was made from published scene facts. Of a manifest from before it said so, a test split tells:
 * ScanNet's own test scans have no annotation.
 */
export function isPublished({ inputs }: Manifest, { splits, scenesByDataset }: LicensedSummary): boolean {
  if (inputs.scenes_from !== undefined) return true;
  // A table of rooms may keep any room for tests.
  if (inputs.scenes_on_room_tables !== undefined) return false;
  return splits.some(({ split }) => split === "test") && !scenesByDataset.has("own");
}

/** Whether all questions are about rooms that a benchmark tests on. */
export function isForEvaluation(manifest: Manifest, summary: LicensedSummary): boolean {
  return isPublished(manifest, summary) && summary.splits.every(({ split }) => split === "test");
}

/** What of the questions the licence depends on. */
type LicensedSummary = Pick<QuestionsSummary, "scenesByDataset" | "splits">;

/** What a dataset may be used for, as a card and Croissant say it. */
export interface Licence {
  /** The Hugging Face Hub's name of the licence, "other" where it has none. */
  id: string;
  /** Name for "other"; null for a licence that the Hub knows. */
  name: string | null;
  /** Where its text is. */
  link: string;
  /** For a person. */
  text: string;
}

const SCANNET_TERMS: Licence = {
  id: "other",
  name: "scannet-terms-of-use",
  link: "http://kaldir.vc.in.tum.de/scannet/ScanNet_TOS.pdf",
  text:
    "The answers are derived from ScanNet's scans and annotations, which are under the " +
    "[ScanNet Terms of Use](http://kaldir.vc.in.tum.de/scannet/ScanNet_TOS.pdf): non-commercial research, no redistribution of the data.",
};

const PUBLISHED_FACTS: Licence = {
  id: "apache-2.0",
  name: null,
  link: "https://www.apache.org/licenses/LICENSE-2.0",
  text:
    "The answers are computed from published scene facts: [VSI-Bench](https://arxiv.org/abs/2412.14171) publishes its own under Apache-2.0; " +
    "for those of others see what their publishers say. The scans behind the facts remain under the terms of their own datasets.",
};

/** Of what comes from sources whose terms are the user's own affair, or not known here. */
const UNSTATED: Licence = {
  id: "other",
  name: "no-licence-stated",
  link: "https://choosealicense.com/no-permission/",
  text: "No licence is stated: the rooms are the user's own, or from sources whose terms are not known here. State one before you publish the dataset.",
};

const GENERATED: Licence = {
  id: "cc0-1.0",
  name: null,
  link: "https://creativecommons.org/publicdomain/zero/1.0/",
  text: "The rooms (`vsi-synth`) and everything about them are generated by a program: no restrictions ([CC0 1.0](https://creativecommons.org/publicdomain/zero/1.0/)).",
};

/**
 * The licence of a dataset by where its rooms come from. Where several meet, the strictest holds for the whole; without
 * any question too, because nothing shows then that ScanNet's terms do not hold.
 */
export function licenceOf(manifest: Manifest, summary: LicensedSummary): Licence {
  const datasets = [...summary.scenesByDataset.keys()];
  if (datasets.length > 0 && datasets.every((dataset) => dataset === "vsi-synth")) return GENERATED;
  if (isForEvaluation(manifest, summary)) return PUBLISHED_FACTS;
  if (datasets.length === 0 || datasets.includes("scannet")) return SCANNET_TERMS;
  const bound = datasets.map(sourceTerms).find(({ licence }) => licence !== null);
  return bound?.licence == null ? UNSTATED : { id: "other", ...bound.licence, text: derivedFrom(bound) };
}

function derivedFrom({ text }: SourceTerms): string {
  return `The answers are derived from scans and annotations under these terms: ${text}`;
}

/** What a source's terms say of its scans: meshes and frames. */
export interface SourceTerms {
  /** One sentence, with the address of the terms. */
  text: string;
  /** Whether they may be passed on to others. */
  mayBeShared: boolean;
  /** Name and address of the terms, for a card's header; null where there are none, or anything is allowed. */
  licence: { name: string; link: string } | null;
}

/** One table for the card, exported pages and whatever else passes pixels or meshes on. By `dataset`, in lower case. */
const SOURCE_TERMS: Readonly<Record<string, SourceTerms>> = {
  scannet: {
    text: "ScanNet's meshes and frames are under the ScanNet Terms of Use (http://kaldir.vc.in.tum.de/scannet/ScanNet_TOS.pdf): non-commercial research, no redistribution.",
    mayBeShared: false,
    licence: { name: "scannet-terms-of-use", link: "http://kaldir.vc.in.tum.de/scannet/ScanNet_TOS.pdf" },
  },
  scannetpp: {
    text: "ScanNet++'s meshes and frames are under the ScanNet++ Terms of Use (https://kaldir.vc.in.tum.de/scannetpp/static/scannetpp-terms-of-use.pdf): non-commercial research, no redistribution.",
    mayBeShared: false,
    licence: {
      name: "scannetpp-terms-of-use",
      link: "https://kaldir.vc.in.tum.de/scannetpp/static/scannetpp-terms-of-use.pdf",
    },
  },
  arkitscenes: {
    text: "ARKitScenes' meshes and frames are under Apple's ARKitScenes licence (https://github.com/apple/ARKitScenes/blob/main/LICENSE): non-commercial use; passing parts on is not granted.",
    mayBeShared: false,
    licence: { name: "arkitscenes-licence", link: "https://github.com/apple/ARKitScenes/blob/main/LICENSE" },
  },
  own: {
    text: "The rooms of `own` were read with --any-name: whose they are, and what they may be used for, only their user knows.",
    mayBeShared: false,
    licence: null,
  },
  "vsi-synth": {
    text: "The rooms of vsi-synth are generated by a program: no restrictions (CC0 1.0).",
    mayBeShared: true,
    licence: null,
  },
};

/** The terms of a source's scans, by the `dataset` of its records; of an unknown one, that nothing is known. */
export function sourceTerms(dataset: string): SourceTerms {
  const name = dataset.toLowerCase();
  if (Object.hasOwn(SOURCE_TERMS, name)) return SOURCE_TERMS[name] as SourceTerms;
  return {
    text: `The terms of ${JSON.stringify(dataset)} are not known: ask its makers.`,
    mayBeShared: false,
    licence: null,
  };
}

/** The terms of every source of a dataset's questions, one a line of the card, with what they mean for publishing. */
export function termsBySource({ scenesByDataset }: Pick<QuestionsSummary, "scenesByDataset">): string[] {
  return [...scenesByDataset].map(([dataset, scenes]) => {
    const { text, mayBeShared } = sourceTerms(dataset);
    const way = mayBeShared
      ? "Frames and meshes may be passed on."
      : "Frames and meshes must not be passed on: what is made to be published holds them only with `--include-restricted`, for your own use.";
    return `\`${dataset}\` (${countOf(scenes, "scene")} with questions): ${text} ${way}`;
  });
}

const VSI_100K = `@article{liao2025improved,
  title={Improved Visual-Spatial Reasoning via R1-Zero-Like Training},
  author={Liao, Zhenyi and others},
  journal={arXiv preprint arXiv:2504.00883},
  year={2025}
}`;

const VSI_BENCH = `@article{yang2024thinking,
  title={Thinking in Space: How Multimodal Large Language Models See, Remember and Recall Spaces},
  author={Yang, Jihan and others},
  journal={arXiv preprint arXiv:2412.14171},
  year={2024}
}`;

const SCANNET_CITATION = `@inproceedings{dai2017scannet,
  title={ScanNet: Richly-annotated 3D Reconstructions of Indoor Scenes},
  author={Dai, Angela and others},
  booktitle={Proc. Computer Vision and Pattern Recognition (CVPR), IEEE},
  year={2017}
}`;

/** BibTeX of what a dataset rests on: its protocol's paper, and ScanNet's where its scans are in it. */
export function citations(protocol: string, { scenesByDataset }: Pick<QuestionsSummary, "scenesByDataset">): string[] {
  return [
    ...(protocol === "vsi-100k" ? [VSI_100K] : []),
    VSI_BENCH,
    ...(scenesByDataset.has("scannet") ? [SCANNET_CITATION] : []),
  ];
}
