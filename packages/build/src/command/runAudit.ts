import { checkFlagValues, UsageError } from "@vsi/command";
import { writeFileAtomically } from "@vsi/dataset/node";
import { auditDataset } from "../audit/auditDataset.ts";
import { debiasDataset } from "../audit/debias/debiasDataset.ts";
import { auditPage } from "../audit/show/auditPage.ts";
import { auditText } from "../audit/show/auditText.ts";
import { debiasText } from "../audit/show/debiasText.ts";
import type { AuditFlags } from "./auditFlags.ts";

/**
 * Audits a dataset, or debiases it, and prints what was found.
 * @returns the exit code: 1 when a type could not be brought under the limit
 */
export async function runAudit(flags: AuditFlags): Promise<number> {
  checkFlagValues(flags);
  if (flags.debias) return runDebias(flags);
  const { folder, split, limit, seed, html, out, overwrite, json, quiet } = flags;
  if (out !== undefined || overwrite) {
    throw new UsageError("--out and --overwrite: belong to --debias. Add --debias, or leave them out.");
  }
  const report = await auditDataset(folder, split === undefined ? [] : [split], { limit, seed });
  if (html !== undefined) await writeFileAtomically(html, await auditPage(report));
  if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (!quiet) process.stdout.write(`${auditText(report)}\n`);
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
  json,
  quiet,
}: AuditFlags): Promise<number> {
  if (out === undefined) throw new UsageError("--debias: got no folder to write, expected --out FOLDER.");
  if (html !== undefined) {
    throw new UsageError("--html: is for an audit. Leave --debias out, or audit the debiased folder afterwards.");
  }
  const splits = split === undefined ? [] : [split];
  const report = await debiasDataset(folder, { splits, limit, seed, out, overwrite });
  if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (!quiet) process.stdout.write(`${debiasText(report)}\n`);
  return Object.values(report.splits).every((types) => types.every(({ reached }) => reached)) ? 0 : 1;
}
