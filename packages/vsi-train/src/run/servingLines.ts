import { dirname, join } from "node:path";
import { shellWord } from "@vsi/command";
import { TRUST_CODE, transformersServe } from "../process/transformersServe.ts";

/** A trained model. */
interface ServedModel {
  /** Its folder. */
  model: string;
  /** The base model of an adapter; absent or null where the folder is a whole model. */
  base?: string | null;
  /** The adapter's rank, which a server has to be told where it is over 16, vLLM's own limit. */
  rank?: number | null;
  /** Frames a question, and the limit of their pixels, as in training. */
  frames?: number;
  maxPixels?: number;
  mode?: string;
  /** The dataset folder that it was trained on, whose other splits it can be asked. */
  data?: string;
  /** The trainer's Python where `transformers serve` alone is known to serve it (needsOwnCode); absent or null else. */
  transformers?: string | null;
}

/** The name that an adapter is asked by. */
const ADAPTER_NAME = "trained";

/** The commands that serve a model and evaluate it, one line each. docs/serving.md has other servers. */
export function servingLines({
  model,
  base,
  rank,
  frames,
  maxPixels,
  mode,
  data = "./vsi-bench",
  transformers,
}: ServedModel): string[] {
  const images = `--limit-mm-per-prompt '{"image": ${frames ?? 16}}'`;
  const isAdapter = base !== undefined && base !== null;
  const lora = `--enable-lora${rank ? ` --max-lora-rank ${vllmRank(rank)}` : ""} --lora-modules ${ADAPTER_NAME}=${shellWord(model)}`;
  const served = isAdapter ? `${shellWord(base)} ${lora}` : shellWord(model);
  const asked = [
    ...(frames === undefined ? [] : [`--frames ${frames}`]),
    ...(maxPixels === undefined ? [] : [`--max-pixels ${maxPixels}`]),
    ...(mode === undefined || mode === "vanilla" ? [] : [`--mode ${mode}`]),
  ];
  const evaluate = (name: string): string =>
    `Evaluate it: ${["vsi-eval run", `--model ${name}`, "--base-url http://127.0.0.1:8000/v1", `--data ${shellWord(data)}`, "--prompts training", ...asked].join(" ")}`;
  if (transformers !== undefined && transformers !== null) {
    const [python = "", ...words] = transformersServe(transformers);
    const run = dirname(model);
    const merged = join(run, "merged");
    return [
      ...(isAdapter ? [`Merge it: vsi-train merge ${shellWord(run)} --out ${shellWord(merged)}`] : []),
      `Serve it: ${[shellWord(python), ...words, TRUST_CODE].join(" ")}`,
      evaluate(shellWord(isAdapter ? merged : model)),
    ];
  }
  return [`Serve it: vllm serve ${served} ${images}`, evaluate(isAdapter ? ADAPTER_NAME : shellWord(model))];
}

/** vLLM takes these ranks (its LoRAConfig); an adapter's goes into the next. */
const VLLM_RANKS = [8, 16, 32, 64, 128, 256, 320, 512];

function vllmRank(rank: number): number {
  return VLLM_RANKS.find((known) => known >= rank) ?? rank;
}
