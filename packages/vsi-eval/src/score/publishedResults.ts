import results from "./publishedResults.json" with { type: "json" };
import type { OfficialRow } from "./tableRows.ts";

/** One row of a published table. */
export interface PublishedResult {
  /** The model before any training: "Qwen2-VL-2B". */
  model: string;
  /** What it was trained with, as the paper calls it ("vsGRPO-V"); null for the model as it comes. */
  training: string | null;
  /** How it was asked: vanilla, think or observe. */
  mode: string;
  /** Percent, by the official metric on all of VSI-Bench. */
  scores: Record<OfficialRow, number>;
}

/** How many questions VSI-Bench has; only over all of them are the published results comparable. */
export const VSI_BENCH_QUESTIONS = 5130;

/** Where the published results are from. */
export const PUBLISHED_SOURCE: string = results.source;

/** The results of Liao et al. (arXiv 2504.00883v2) on VSI-Bench, in the paper's order. */
export const PUBLISHED_RESULTS: readonly PublishedResult[] = results.results;

/** A published result's name: "Qwen2-VL-2B + SFT (vanilla)". */
export function publishedName({ model, training, mode }: PublishedResult): string {
  return `${model}${training === null ? "" : ` + ${training}`} (${mode})`;
}
