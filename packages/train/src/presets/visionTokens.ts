/** Pixels of a frame that make 128 tokens: Qwen2-VL and Qwen2.5-VL merge patches of 14 pixels two by two, Qwen3-VL of 16. */
export const MAX_PIXELS = { patch14: 128 * 28 * 28, patch16: 128 * 32 * 32 } as const;

/** Where MAX_PIXELS comes from. */
export const MAX_PIXELS_SOURCE =
  "ours, because the paper gives none: 128 tokens a frame make sixteen frames a prompt of about 2,100";
