import { checkReportFile, type ReportFile, UsageError, writeReportFile } from "@vsi/command";
import { checkOutputFiles } from "@vsi/command/internal";
import { terminalColumns } from "@vsi/command/internal/program";
import type { Values } from "@vsi/command/program";
import { printable } from "@vsi/dataset/internal";
import { isOurPage } from "@vsi/report/internal";
import { isFile } from "../audit/audit.ts";
import { debiasDataset } from "../audit/debias.ts";
import { auditPage, auditText, debiasText } from "../audit/report.ts";
import { inThread } from "../audit/thread.ts";
import type { AUDIT } from "./flags.ts";

/**
 * Audits a dataset, or debiases it, and prints what was found.
 * @returns the exit code: 1 when a type could not be brought under the limit
 */
export async function run(flags: Values<typeof AUDIT>): Promise<number> {
  if (flags.debias) return runDebias(flags);
  const { folder, split, limit, seed, html, overwrite, json, quiet } = flags;
  const page: ReportFile | null =
    html === null ? null : { flag: "--html", path: html, command: "vsi-build", isOurs: isOurPage, overwrite };
  checkOutputFiles({ html }, [folder]);
  if (page !== null) await checkReportFile(page);
  const report = await inThread("auditDataset", folder, split === null ? [] : [split], { limit, seed });
  if (page !== null) await writeReportFile(page, auditPage(report));
  if (json) process.stdout.write(printable(`${JSON.stringify(report, null, 2)}\n`));
  else if (!quiet) process.stdout.write(printable(`${auditText(report, terminalColumns())}\n`));
  return 0;
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
}: Values<typeof AUDIT>): Promise<number> {
  if (await isFile(folder)) {
    throw new UsageError(
      `--debias: got ${folder}, a file, expected a dataset folder: the result is a dataset with scenes, card and checksums. For a file, audit without --debias and drop questions with a script of your own: --json lists the most guessable ones.`,
    );
  }
  if (out === null) throw new UsageError("--debias: needs --out FOLDER, the dataset to write.");
  if (html !== null) {
    throw new UsageError(
      "--html: does not go with --debias. Leave --debias out, or audit the debiased folder afterwards.",
    );
  }
  const splits = split === null ? [] : [split];
  const report = await debiasDataset(folder, { splits, limit, seed, out, overwrite, resume }, (...words) =>
    inThread("chooseDropped", ...words),
  );
  if (json) process.stdout.write(printable(`${JSON.stringify(report, null, 2)}\n`));
  else if (!quiet) process.stdout.write(printable(`${debiasText(report)}\n`));
  return Object.values(report.splits).every((types) => types.every(({ reached }) => reached)) ? 0 : 1;
}
