import { checkArguments, fields, listOf, oneOf, RECORD } from "@vsi/dataset/internal";
import { OTHER_FRAMES } from "../run/shownFrames.ts";
import { type ComparedReport, type Comparison, compareScores } from "./compareScores.ts";
import type { BootstrapOptions } from "./intervals.ts";

/** The format and major version of what `vsi-eval looks --json` prints. */
export const LOOKS_SCHEMA = "vsi-looks/1";

/** A run with other frames than the questions' own. */
export interface Look {
  shown: (typeof OTHER_FRAMES)[number];
  report: ComparedReport;
}

/** What `vsi-eval looks --json` prints. */
export interface LooksReport {
  schema: typeof LOOKS_SCHEMA;
  /** The run with the questions' own frames. */
  plain: { predictions: string; data: string };
  /** Of each other run: `a` is that run, `b` the plain one, so that b - a is what the questions' own frames bring. */
  looks: { shown: Look["shown"]; comparison: Comparison }[];
}

const LOOK_LIST = listOf(fields({ shown: oneOf(OTHER_FRAMES), report: RECORD }), "a list of runs with other frames");

/**
 * What a model's score owes to the frames: the plain run against the same without frames, in another order, and of
 * another room, by the paired differences of compareScores. A difference that does not exclude 0 says that the model
 * does as well without what was taken from it.
 *
 * @example
 * ```js
 * import { compareLooks } from "vsi-eval";
 *
 * const run = (score) => ({
 *   data: { file: "test.jsonl", sha256: "0" },
 *   predictions: { file: "predictions.jsonl" },
 *   settings: null,
 *   questions: ["1", "2"].map((id) => ({ id, scan: id, type: "object_counting", official: score, robust: score })),
 * });
 * const { looks } = compareLooks(run(0.9), [{ shown: "without", report: run(0.4) }]);
 * console.log(looks[0].comparison.rows[0].official.difference); // 0.5
 * ```
 */
export function compareLooks(
  plain: ComparedReport,
  looks: readonly Look[],
  bootstrap: Partial<BootstrapOptions> = {},
): LooksReport {
  checkArguments("compareLooks", { looks: [looks, LOOK_LIST] });
  return {
    schema: LOOKS_SCHEMA,
    looks: looks.map(({ shown, report }) => ({ shown, comparison: compareScores(report, plain, bootstrap) })),
    plain: { predictions: plain.predictions.file, data: plain.data.file },
  };
}
