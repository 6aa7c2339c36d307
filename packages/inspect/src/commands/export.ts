import type { Values } from "@vsi/command/program";
import { countOf, printable } from "@vsi/dataset/internal";
import { exportVsiBench } from "../exportVsiBench.ts";
import type { EXPORT } from "./flags.ts";

/** Exports a dataset and says how many questions were written. */
export async function run(flags: Values<typeof EXPORT>): Promise<number> {
  const { folder, out, split, overwrite, json, quiet } = flags;
  const report = await exportVsiBench({ folder, out, split, overwrite });
  if (json) process.stdout.write(printable(`${JSON.stringify(report, null, 2)}\n`));
  else if (!quiet) {
    process.stdout.write(
      printable(`${countOf(report.questions, "question")} (${report.splits.join(", ")}) written to ${out}\n`),
    );
  }
  return 0;
}
