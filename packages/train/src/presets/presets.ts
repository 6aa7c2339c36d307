import type { Method } from "../settings/runSettings.ts";
import { DPO } from "./dpo.ts";
import type { Preset } from "./preset.ts";
import { QWEN3_VL_2B } from "./qwen3Vl2b.ts";
import { QWEN3_VL_4B } from "./qwen3Vl4b.ts";
import { QWEN3_VL_8B } from "./qwen3Vl8b.ts";
import { QWEN25_VL_3B } from "./qwen25Vl3b.ts";
import { QWEN25_VL_7B } from "./qwen25Vl7b.ts";
import { SFT } from "./sft.ts";
import { TINY } from "./tiny.ts";
import { VSGRPO_2B } from "./vsgrpo2b.ts";
import { VSGRPO_7B } from "./vsgrpo7b.ts";

/** The names of the presets, as --preset takes them. */
export const PRESET_NAMES = [
  "vsgrpo-2b",
  "vsgrpo-7b",
  "sft",
  "dpo",
  "tiny",
  "qwen2.5-vl-3b",
  "qwen2.5-vl-7b",
  "qwen3-vl-2b",
  "qwen3-vl-4b",
  "qwen3-vl-8b",
] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  "vsgrpo-2b": VSGRPO_2B,
  "vsgrpo-7b": VSGRPO_7B,
  sft: SFT,
  dpo: DPO,
  tiny: TINY,
  "qwen2.5-vl-3b": QWEN25_VL_3B,
  "qwen2.5-vl-7b": QWEN25_VL_7B,
  "qwen3-vl-2b": QWEN3_VL_2B,
  "qwen3-vl-4b": QWEN3_VL_4B,
  "qwen3-vl-8b": QWEN3_VL_8B,
};

/** The preset of a method where none is named. */
export const DEFAULT_PRESETS: Readonly<Record<Method, PresetName>> = { grpo: "vsgrpo-2b", sft: "sft", dpo: "dpo" };
