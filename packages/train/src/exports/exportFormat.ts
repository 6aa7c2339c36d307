import type { Method } from "../settings/runSettings.ts";

/** The trainers whose forms a dataset can be written in. */
export const EXPORT_FORMATS = ["trl", "ms-swift", "llamafactory", "verl", "easyr1"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The methods that each of them has; the first is the one written where none is named. */
export const FORMAT_METHODS: Readonly<Record<ExportFormat, readonly Method[]>> = {
  trl: ["grpo", "sft", "dpo"],
  "ms-swift": ["grpo", "sft", "dpo"],
  llamafactory: ["sft", "dpo"],
  verl: ["grpo"],
  easyr1: ["grpo"],
};
