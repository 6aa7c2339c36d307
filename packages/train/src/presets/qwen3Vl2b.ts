import { paperGrpo } from "./paperGrpo.ts";
import type { Preset } from "./preset.ts";
import { MAX_PIXELS, MAX_PIXELS_SOURCE } from "./visionTokens.ts";

/** vsGRPO's settings for Qwen3-VL-2B (not in the paper) */
export const QWEN3_VL_2B: Preset = {
  about: "vsGRPO's settings for Qwen3-VL-2B (not in the paper)",
  model: "Qwen/Qwen3-VL-2B-Instruct",
  methods: {
    grpo: paperGrpo(
      { learningRate: 1e-5, batch: 14, accumulation: 1, maxPixels: MAX_PIXELS.patch16 },
      {
        learningRate: "ours, because the paper has no such model: its 2B's",
        maxPixels: MAX_PIXELS_SOURCE,
      },
    ),
  },
};
