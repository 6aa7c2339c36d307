import { commonFlags, wholeNumber } from "@vsi/command";
import type { Argv } from "yargs";

/** The flags of `vsi-train tiny-model`. */
export function tinyModelFlags(commandLine: Argv) {
  return commonFlags(commandLine)
    .option("out", { type: "string", demandOption: true, requiresArg: true, describe: "Folder of the model" })
    .option("seed", {
      type: "number",
      default: 0,
      coerce: wholeNumber("--seed", 0),
      requiresArg: true,
      describe: "Decides the random weights; the same seed gives the same bytes",
    })
    .example(
      "$0 tiny-model --out ./tiny",
      "then: vsi-train grpo --preset tiny --model ./tiny --data ./vsi-100k --out runs/tiny",
    );
}

export type TinyModelFlags = Awaited<ReturnType<typeof tinyModelFlags>["argv"]>;
