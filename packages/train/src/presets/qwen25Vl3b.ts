import { paperGrpo } from "./paperGrpo.ts";
import type { Preset } from "./preset.ts";
import { MAX_PIXELS, MAX_PIXELS_SOURCE } from "./visionTokens.ts";

/** vsGRPO's settings for Qwen2.5-VL-3B (not in the paper) */
export const QWEN25_VL_3B: Preset = {
  about: "vsGRPO's settings for Qwen2.5-VL-3B (not in the paper)",
  model: "Qwen/Qwen2.5-VL-3B-Instruct",
  methods: {
    grpo: paperGrpo(
      { learningRate: 1e-5, batch: 14, accumulation: 1, maxPixels: MAX_PIXELS.patch14 },
      {
        learningRate: "ours, because the paper has no such model: its 2B's",
        maxPixels: MAX_PIXELS_SOURCE,
      },
    ),
  },
};
