import { paperGrpo } from "./paperGrpo.ts";
import type { Preset } from "./preset.ts";
import { MAX_PIXELS, MAX_PIXELS_SOURCE } from "./visionTokens.ts";

/** vsGRPO of Qwen2-VL-2B, the paper's settings */
export const VSGRPO_2B: Preset = {
  about: "vsGRPO of Qwen2-VL-2B, the paper's settings",
  model: "Qwen/Qwen2-VL-2B-Instruct",
  methods: {
    grpo: paperGrpo(
      { learningRate: 1e-5, batch: 14, accumulation: 1, maxPixels: MAX_PIXELS.patch14 },
      {
        learningRate: "arXiv 2504.00883v2, vsGRPO's settings for 2B",
        maxPixels: MAX_PIXELS_SOURCE,
      },
    ),
  },
};
