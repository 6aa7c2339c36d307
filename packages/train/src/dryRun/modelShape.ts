import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** What of a model decides how much memory it takes. */
export interface ModelShape {
  /** Weights of all parts, the vision tower's too. */
  parameters: number;
  layers: number;
  hidden: number;
  intermediate: number;
  /** Values of one token's keys in one layer: key-value heads times their width. */
  keyWidth: number;
  vocabulary: number;
  /** Pixels of a frame behind one token: patches merged two by two. */
  pixelsPerToken: number;
}

/**
 * The presets' models, for when they are not on this machine (a local folder is read): the widths of their public
 * configurations, written down without a copy at hand. Weights are what these widths add up to, matrix by matrix, rounded to a
 * tenth of a billion: 2.21, 8.29, 3.75 and 8.29 for Qwen2-VL and Qwen2.5-VL with their vision towers; for Qwen3-VL 1.72, 4.02 and
 * 8.19 of the language model, and about 0.4 to 0.6 for its vision tower, which is a guess.
 */
const KNOWN: Readonly<Record<string, ModelShape>> = {
  "Qwen/Qwen2-VL-2B-Instruct": shape(2.2e9, 28, 1536, 8960, 256, 151_936, 14),
  "Qwen/Qwen2-VL-7B-Instruct": shape(8.3e9, 28, 3584, 18_944, 512, 152_064, 14),
  "Qwen/Qwen2.5-VL-3B-Instruct": shape(3.8e9, 36, 2048, 11_008, 256, 151_936, 14),
  "Qwen/Qwen2.5-VL-7B-Instruct": shape(8.3e9, 28, 3584, 18_944, 512, 152_064, 14),
  "Qwen/Qwen3-VL-2B-Instruct": shape(2.1e9, 28, 2048, 6144, 1024, 151_936, 16),
  "Qwen/Qwen3-VL-4B-Instruct": shape(4.4e9, 36, 2560, 9728, 1024, 151_936, 16),
  "Qwen/Qwen3-VL-8B-Instruct": shape(8.8e9, 36, 4096, 12_288, 1024, 151_936, 16),
};

function shape(
  parameters: number,
  layers: number,
  hidden: number,
  intermediate: number,
  keyWidth: number,
  vocabulary: number,
  patch: number,
): ModelShape {
  return { parameters, layers, hidden, intermediate, keyWidth, vocabulary, pixelsPerToken: (2 * patch) ** 2 };
}

/** A model's shape: of a local folder by its config.json and weights, of the presets' models by name; else null. */
export async function modelShape(model: string): Promise<ModelShape | null> {
  return (await readShape(model).catch(() => null)) ?? KNOWN[model] ?? null;
}

interface TextConfig {
  num_hidden_layers: number;
  hidden_size: number;
  intermediate_size: number;
  num_attention_heads: number;
  num_key_value_heads: number;
  head_dim?: number;
  vocab_size: number;
}

async function readShape(folder: string): Promise<ModelShape | null> {
  const config = JSON.parse(await readFile(join(folder, "config.json"), "utf8")) as Partial<TextConfig> & {
    text_config?: TextConfig;
    vision_config?: { patch_size?: number; spatial_merge_size?: number };
    dtype?: string;
    torch_dtype?: string;
  };
  const text = config.text_config ?? (config as TextConfig);
  const bytesEach = (config.dtype ?? config.torch_dtype) === "float32" ? 4 : 2;
  const files = (await readdir(folder)).filter((name) => name.endsWith(".safetensors"));
  const sizes = await Promise.all(files.map(async (name) => (await stat(join(folder, name))).size));
  const { patch_size: patch = 14, spatial_merge_size: merge = 2 } = config.vision_config ?? {};
  const headWidth = text.head_dim ?? text.hidden_size / text.num_attention_heads;
  const found: ModelShape = {
    parameters: Math.round(sizes.reduce((sum, size) => sum + size, 0) / bytesEach),
    layers: text.num_hidden_layers,
    hidden: text.hidden_size,
    intermediate: text.intermediate_size,
    keyWidth: text.num_key_value_heads * headWidth,
    vocabulary: text.vocab_size,
    pixelsPerToken: (patch * merge) ** 2,
  };
  return Object.values(found).every((value) => Number.isFinite(value) && value > 0) ? found : null;
}
