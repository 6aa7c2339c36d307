import { commonFlags, UsageError, wholeNumber } from "@vsi/command";
import type { DatasetSplit } from "@vsi/dataset";
import type { Argv } from "yargs";
import { DEFAULT_AUDIT_OPTIONS } from "../audit/auditOptions.ts";

const SPLITS: readonly DatasetSplit[] = ["train", "validation", "test"];

/** The flags of `vsi-build audit`. */
export function auditFlags(commandLine: Argv) {
  return commonFlags(commandLine)
    .positional("folder", { type: "string", demandOption: true, describe: "The dataset folder" })
    .option("split", { choices: SPLITS, describe: "Look at this split alone", defaultDescription: "each on its own" })
    .option("limit", {
      type: "number",
      default: DEFAULT_AUDIT_OPTIONS.limit,
      coerce: shareOfOne,
      describe: "How much better than chance a guess without looking may be, 0 to 1",
    })
    .option("seed", {
      type: "number",
      default: DEFAULT_AUDIT_OPTIONS.seed,
      coerce: wholeNumber("--seed", 0),
      describe: "Decides which rooms are held out together",
    })
    .option("html", {
      type: "string",
      requiresArg: true,
      describe: "Also write the audit as a page with plots to this file",
    })
    .option("debias", {
      type: "boolean",
      default: false,
      describe: "Drop questions until every type is under the limit, and write the rest to --out",
    })
    .option("out", { type: "string", requiresArg: true, describe: "Dataset folder that --debias writes" })
    .option("overwrite", {
      type: "boolean",
      default: false,
      describe: "Replace a dataset that vsi-build wrote; never deletes other files",
    })
    .example("$0 audit ./vsi-100k --html audit.html", "Is the answer given away without looking?")
    .example("$0 audit ./vsi-100k --debias --out ./vsi-100k-debiased", "and without what gives it away");
}

export type AuditFlags = Awaited<ReturnType<typeof auditFlags>["argv"]>;

function shareOfOne(value: number): number {
  if (value > 0 && value < 1) return value;
  throw new UsageError(
    `--limit: got ${value}, expected one number between 0 and 1, such as ${DEFAULT_AUDIT_OPTIONS.limit}.`,
  );
}
