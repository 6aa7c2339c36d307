import { paperGrpo } from "./paperGrpo.ts";
import type { Preset } from "./preset.ts";
import { MAX_PIXELS, MAX_PIXELS_SOURCE } from "./visionTokens.ts";

/** vsGRPO's settings for Qwen2.5-VL-7B (not in the paper) */
export const QWEN25_VL_7B: Preset = {
  about: "vsGRPO's settings for Qwen2.5-VL-7B (not in the paper)",
  model: "Qwen/Qwen2.5-VL-7B-Instruct",
  methods: {
    grpo: paperGrpo(
      { learningRate: 5e-6, batch: 7, accumulation: 2, maxPixels: MAX_PIXELS.patch14 },
      {
        learningRate: "ours, because the paper has no such model: its 7B's",
        maxPixels: MAX_PIXELS_SOURCE,
      },
    ),
  },
};
