import { readWholeBenchmark } from "./benchmark.ts";
import type { EvalQuestion } from "./evalQuestion.ts";
import { findAnswers } from "./predictions.ts";
import { BENCHMARK_SUBSETS, type BenchmarkSubset } from "./subsets.ts";

/** Which part of a benchmark answers are scored on, as reports record it. */
export interface Selection {
  subset: BenchmarkSubset | null;
  /** Only the first so many questions, as the run was told; null for all. */
  limit: number | null;
  /** How many answers are to questions that were not asked for. */
  unasked: number;
}

/** The questions that answers are scored on, and the answers. */
export interface Answered {
  questions: EvalQuestion[];
  /** By the question's id. */
  predictions: Map<string, string>;
  selection: Selection;
}

/**
 * Reads answers and the questions that they are scored on: those that the run was asked, by the subset and the limit of
 * its settings, unless `subset` says otherwise or there are answers beyond the limit.
 *
 * @param benchmark the file itself.
 * @param strict whether an answer to another question is an error.
 * @throws EvaluationError as readBenchmark and readPredictions.
 */
export async function readAnswered(
  predictionsFile: string,
  benchmark: string,
  settings: Readonly<Record<string, unknown>> | null,
  { subset = null, strict = false }: { subset?: BenchmarkSubset | null; strict?: boolean } = {},
): Promise<Answered> {
  const chosen = subset ?? BENCHMARK_SUBSETS.find((one) => one === settings?.subset) ?? null;
  const { all, asked } = await readWholeBenchmark(benchmark, chosen);
  const { predictions, unasked } = await findAnswers(predictionsFile, { all, asked }, strict);
  const limit = limitOf(asked, predictions, settings);
  return { questions: asked.slice(0, limit ?? undefined), predictions, selection: { subset: chosen, limit, unasked } };
}

/** How many questions a run was asked, by its settings; null for all, as where there are answers beyond the limit. */
export function limitOf(
  questions: readonly EvalQuestion[],
  predictions: ReadonlyMap<string, string>,
  settings: Readonly<Record<string, unknown>> | null,
): number | null {
  const limit = settings?.limit;
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit <= 0 || limit >= questions.length) return null;
  return questions.slice(limit).every(({ id }) => !predictions.has(id)) ? limit : null;
}
