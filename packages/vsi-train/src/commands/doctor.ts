import { styleText } from "node:util";
import type { Values } from "@vsi/command/program";
import { printable } from "@vsi/dataset/internal";
import { checkDataset } from "../doctor/dataset.ts";
import type { Finding, FindingState } from "../doctor/finding.ts";
import { checkDisk, checkTrainer } from "../doctor/machine.ts";
import { checkModel } from "../doctor/model.ts";
import type { DOCTOR } from "./flags.ts";

/** Colours only on a terminal. */
const OUTPUT = { stream: process.stdout };

const MARKS: Readonly<Record<FindingState, string>> = {
  fine: styleText("green", "ok     ", OUTPUT),
  note: styleText("yellow", "note   ", OUTPUT),
  missing: styleText("red", "missing", OUTPUT),
};

/**
 * Says what is there, what is missing and what to type.
 * @returns the exit code: 1 when something is missing
 */
export async function run(flags: Values<typeof DOCTOR>): Promise<number> {
  const findings = await diagnose({ data: flags.data, model: flags.model });
  const shown = flags.quiet ? findings.filter(({ state }) => state === "missing") : findings;
  const text = flags.json ? JSON.stringify(findings, null, 2) : shown.map(describeFinding).join("\n");
  if (text !== "") process.stdout.write(printable(`${text}\n`));
  return findings.some(({ state }) => state === "missing") ? 1 : 0;
}

/** What the doctor looks at beside the environment; null leaves it out. */
interface DiagnoseOptions {
  /** A dataset folder. */
  data: string | null;
  /** A hub name or a model's folder. */
  model: string | null;
}

/** Checks everything that training needs. Changes nothing and downloads nothing. */
async function diagnose({ data, model }: DiagnoseOptions): Promise<Finding[]> {
  return [
    ...(await checkTrainer()),
    await checkDisk(process.cwd()),
    ...(data === null ? [] : await checkDataset(data)),
    ...(model === null ? [] : [await checkModel(model)]),
  ];
}

function describeFinding({ what, state, found, advice }: Finding): string {
  return `${MARKS[state]} ${what}: ${found}${advice === null ? "" : `\n          ${advice}`}`;
}
