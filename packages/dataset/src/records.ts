import type { QuestionType } from "./questionTypes.ts";

/** What the answer rests on: enough to check it by hand against `scenes/<scene_name>.json`. */
export interface Evidence {
  /** The objects involved, in the order the question names them (for counting: every instance). */
  object_ids: number[];
  /** The answer before rounding: metres, centimetres, square metres, degrees, seconds or a count, as `unit` says. */
  value: number | null;
  unit: "m" | "cm" | "m2" | "degree" | "count" | "s" | null;
  /** How far the answer is from becoming another one, in `unit`; null for questions answered by a number. */
  margin: number | null;
  /**
   * Where a route begins, turns and ends: one point of [x, y] on the floor for each of `object_ids`, in their order;
   * metres, axis-aligned. Null for all other questions.
   */
  route: [number, number][] | null;
  /** File names of the frames the answer rests on; null without a stream. */
  frames: string[] | null;
}

/** One line of `data/*.jsonl`. Field names are VSI-Bench's. */
export interface Question {
  schema: "vsi-question/1";
  /** First 16 hex digits of the sha256 of protocol, dataset, scene, type and text: the same in every build. */
  id: string;
  dataset: string;
  scene_name: string;
  question_type: QuestionType;
  question: string;
  /** Always the word or the number, as a string; never an option's letter. */
  ground_truth: string;
  /** "A. left", ...; null for questions without options. */
  options: string[] | null;
  /** The letter of the right option; null without options. */
  mc_answer: string | null;
  protocol: string;
  /** File names of the frames to show; empty without a stream. */
  frames: string[];
  evidence: Evidence;
}

/** One line of VSI-Bench's own test.jsonl (Yang et al., arXiv 2412.14171), as benchmarks in its form have it. */
export interface VsiBenchRecord
  extends Pick<Question, "dataset" | "scene_name" | "question_type" | "question" | "options"> {
  /** VSI-Bench's are whole numbers; what a dataset is exported to keeps its own ids. */
  id: number | string;
  /** The right option's letter where there are options, otherwise the word or the number. */
  ground_truth: string;
}

/** One line of `rejects.jsonl`: a scan that was left out, or a candidate question that was drawn and refused. */
export interface Reject {
  schema: "vsi-reject/1";
  dataset: string;
  scene_name: string;
  /** Null when the whole scan was left out. */
  question_type: QuestionType | null;
  /** Stable reason code, such as "nearest-too-close" or "ply-truncated". */
  code: string;
  /** One sentence for a person. */
  message: string;
  /** The objects of the refused candidate; empty for a scan. */
  object_ids: number[];
  /** The number that failed the rule, and the limit it was held against; null where the rule is not numeric. */
  value: number | null;
  limit: number | null;
  unit: Evidence["unit"];
}

/** The manifest's format and major version. */
export const MANIFEST_SCHEMA = "vsi-manifest/1";

/** `manifest.json` of a dataset folder: what it was made from, with what settings and software. */
export interface Manifest {
  schema: typeof MANIFEST_SCHEMA;
  /** The dataset's name, such as "vsi-100k". */
  name: string;
  protocol: string;
  seed: number;
  /** Every setting that the records depend on, by name. No path, host, time or worker count. */
  settings: Record<string, unknown>;
  /** Version by package name. */
  versions: Record<string, string>;
  inputs: {
    scans_read: number;
    /** Scans left out, by reason code. */
    scans_skipped: Record<string, number>;
    /** "published-facts" where scenes were published without a mesh; absent for scans that were read. */
    scenes_from?: "published-facts";
    /**
     * Scenes whose facts say, from a table of rooms, which physical room they show or which split it has; absent where
     * there are none.
     */
    scenes_on_room_tables?: number;
    /**
     * Physical rooms from which was learnt what can be guessed without looking; 0 where there were too few. Only where
     * answers are balanced.
     */
    rooms_learnt_from?: number;
  };
  counts: {
    /** By split (train, validation, test), then by question type. */
    questions: Record<string, Record<string, number>>;
    /** Lines of rejects.jsonl, by reason code. */
    rejects: Record<string, number>;
    /** Candidates that a limit left undrawn, by question type. */
    not_drawn: Record<string, number>;
  };
}
