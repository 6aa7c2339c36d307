import { paperGrpo } from "./paperGrpo.ts";
import type { Preset } from "./preset.ts";
import { MAX_PIXELS, MAX_PIXELS_SOURCE } from "./visionTokens.ts";

/** vsGRPO of Qwen2-VL-7B, the paper's settings */
export const VSGRPO_7B: Preset = {
  about: "vsGRPO of Qwen2-VL-7B, the paper's settings",
  model: "Qwen/Qwen2-VL-7B-Instruct",
  methods: {
    grpo: paperGrpo(
      { learningRate: 5e-6, batch: 7, accumulation: 2, maxPixels: MAX_PIXELS.patch14 },
      {
        learningRate: "arXiv 2504.00883v2, vsGRPO's settings for 7B",
        maxPixels: MAX_PIXELS_SOURCE,
      },
    ),
  },
};
