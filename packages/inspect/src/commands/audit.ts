import {
  checkFlagValues,
  checkReportFile,
  commonFlags,
  type ReportFile,
  UsageError,
  wholeNumber,
  writeReportFile,
} from "@vsi/command";
import { printable } from "@vsi/dataset";
import { isOurPage } from "@vsi/report";
import type { Argv } from "yargs";
import { DEFAULT_AUDIT_OPTIONS, isFile } from "../audit/audit.ts";
import { debiasDataset } from "../audit/debias.ts";
import { auditPage, auditText, debiasText } from "../audit/report.ts";
import { inThread } from "../audit/thread.ts";
import { DATASET_SPLITS } from "../folder/datasetFolder.ts";

/**
 * Audits a dataset, or debiases it, and prints what was found.
 * @returns the exit code: 1 when a type could not be brought under the limit
 */
export async function runAudit(flags: AuditFlags): Promise<number> {
  checkFlagValues(flags);
  if (flags.debias) return runDebias(flags);
  const { folder, split, limit, seed, html, out, overwrite, resume, json, quiet } = flags;
  if (out !== undefined || resume || (overwrite && html === undefined)) {
    throw new UsageError("--out, --resume and --overwrite: belong to --debias. Add --debias, or leave them out.");
  }
  const page: ReportFile | null =
    html === undefined ? null : { flag: "--html", path: html, command: "vsi-build", isOurs: isOurPage, overwrite };
  if (page !== null) await checkReportFile(page);
  const report = await inThread("auditDataset", folder, split === undefined ? [] : [split], { limit, seed });
  if (page !== null) await writeReportFile(page, await auditPage(report));
  if (json) process.stdout.write(printable(`${JSON.stringify(report, null, 2)}\n`));
  else if (!quiet) process.stdout.write(printable(`${auditText(report, terminalWidth())}\n`));
  return 0;
}

/** Of the terminal, or what the shell says of it to programs in a pipe; undefined where neither is known. */
function terminalWidth(): number | undefined {
  return process.stdout.columns ?? (Number(process.env.COLUMNS) || undefined);
}

async function runDebias({
  folder,
  split,
  limit,
  seed,
  html,
  out,
  overwrite,
  resume,
  json,
  quiet,
}: AuditFlags): Promise<number> {
  if (await isFile(folder)) {
    throw new UsageError(
      `--debias: got ${folder}, a file of questions, expected a dataset folder: what is left is written with scenes, card and checksums. Audit the file without --debias, and drop questions from it with a program of your own: --json names the surest.`,
    );
  }
  if (out === undefined) throw new UsageError("--debias: got no folder to write, expected --out FOLDER.");
  if (html !== undefined) {
    throw new UsageError("--html: is for an audit. Leave --debias out, or audit the debiased folder afterwards.");
  }
  const splits = split === undefined ? [] : [split];
  const report = await debiasDataset(folder, { splits, limit, seed, out, overwrite, resume }, (...words) =>
    inThread("chooseDropped", ...words),
  );
  if (json) process.stdout.write(printable(`${JSON.stringify(report, null, 2)}\n`));
  else if (!quiet) process.stdout.write(printable(`${debiasText(report)}\n`));
  return Object.values(report.splits).every((types) => types.every(({ reached }) => reached)) ? 0 : 1;
}

/** The flags of `vsi-build audit`. */
export function auditFlags(commandLine: Argv) {
  return commonFlags(commandLine)
    .positional("folder", {
      type: "string",
      demandOption: true,
      describe: "The dataset folder, or a benchmark's JSONL",
    })
    .option("split", {
      choices: DATASET_SPLITS,
      describe: "Look at this split alone",
      defaultDescription: "each on its own",
    })
    .option("limit", {
      type: "number",
      default: DEFAULT_AUDIT_OPTIONS.limit,
      coerce: shareOfOne,
      describe: "How far from chance a guess without looking may be, 0 to 1",
    })
    .option("seed", {
      type: "number",
      default: DEFAULT_AUDIT_OPTIONS.seed,
      coerce: wholeNumber("--seed", 0),
      describe: "Decides which rooms are held out together, and which scenes are read",
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
    .option("resume", { type: "boolean", default: false, describe: "Finish a --debias that was interrupted" })
    .option("overwrite", {
      type: "boolean",
      default: false,
      describe:
        "Replace a dataset that vsi-build wrote, never deleting other files; without --debias, the file of --html",
    })
    .example("$0 audit ./vsi-100k --html audit.html", "Is the answer given away without looking?")
    .example("$0 audit ./test.jsonl", "The same of a benchmark's own file")
    .example("$0 audit ./vsi-100k --debias --out ./vsi-100k-debiased", "and without what gives it away");
}

type AuditFlags = Awaited<ReturnType<typeof auditFlags>["argv"]>;

function shareOfOne(value: number): number {
  if (value > 0 && value < 1) return value;
  throw new UsageError(
    `--limit: got ${value}, expected one number between 0 and 1, such as ${DEFAULT_AUDIT_OPTIONS.limit}.`,
  );
}
