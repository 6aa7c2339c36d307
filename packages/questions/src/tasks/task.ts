import type { Evidence, QuestionType, Reject } from "@vsi/dataset";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { ObjectDistance } from "../distances/objectDistances.ts";
import type { Protocol } from "../protocols/protocol.ts";
import type { Scene } from "../scene/scene.ts";

/** An answer and what it rests on. */
export interface Answer {
  /** The word or the number as text. */
  ground_truth: string;
  evidence: Omit<Evidence, "frames" | "route"> & Partial<Pick<Evidence, "route">>;
}

/** A question before it is phrased: what goes into the template, and the answer. */
export interface Draft extends Answer {
  /** By the template's places: {category: "trash can"}. */
  words: Readonly<Record<string, string>>;
  /** The answers to choose from, in the order to list them; absent where the answer is a number. */
  choices?: readonly string[];
  /** Names of the frames that the answer rests on; where absent, those that show the evidence's objects. */
  frames?: readonly string[];
}

/** A candidate that was drawn and broke a rule. */
export type Refusal = Pick<Reject, "code" | "message" | "object_ids" | "value" | "limit" | "unit">;

/** What came of one candidate: a question or none, and every draw that was refused on the way. */
export interface Attempt {
  draft: Draft | null;
  refusals: readonly Refusal[];
}

/** The candidates of one task in one scene, as a virtual list. */
export interface Candidates {
  /** How many there are; a safe integer. */
  count: number;
  /** Asks candidate `index`, 0 to count - 1. */
  ask(index: number): Attempt;
  /** Refusals after which no more candidates are drawn; where absent, as many as there are. */
  mostRefused?: number;
}

export interface TaskInput {
  scene: Scene;
  protocol: Protocol;
  /** Metres between two of the scene's objects. */
  distance: ObjectDistance;
  /** Whether counting asks what the frames show. */
  countVisible: boolean;
  /** A stream of this seed, dataset, scene and task for one purpose, unrelated to those of other purposes. */
  random(...purpose: (string | number)[]): RandomGenerator;
}

/** One question type: who may be asked, and what the answer is. */
export interface Task {
  type: QuestionType;
  /**
   * "every": all candidates are asked, in the list's order; a cap thins them out by a seeded shuffle.
   * "sample": there are far more candidates than questions; they stay in the order drawn.
   */
  order: "every" | "sample";
  /** True where the answer is in the scan's stream: without one there is nothing to ask. */
  needsStream?: true;
  candidates(input: TaskInput): Candidates;
}
