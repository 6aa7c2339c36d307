import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** What determines the memory of a run. */
export interface MemoryPlan {
  shape: ModelShape;
  /** The adapter's rank; null when every weight is trained. */
  rank: number | null;
  /** Whether there is a reference model: a copy of the weights, or, with an adapter, the same model without it. */
  hasReference: boolean;
  halfPrecision: boolean;
  checkpointing: boolean;
  /** Rows per step and process, and how many rows are generated at once; 0 without generation. */
  batch: number;
  generated: number;
  promptTokens: number;
  /** Of a prompt's tokens, those of its frames. */
  imageTokens: number;
  completionTokens: number;
  /** Whether the method computes logits for the whole prompt too (DPO), or for the completion alone. */
  promptLogits: boolean;
  /** DeepSpeed's stage, which decides what is sharded; 0 without DeepSpeed. */
  zeroStage: number;
  processes: number;
}

/**
 * Bytes on each process. A rough estimate: it leaves out fragments, and Python with its libraries (about 1 GB of main
 * memory; on a GPU the driver's context, about half a GB).
 */
export interface MemoryEstimate {
  weights: number;
  /** Gradients and Adam's two moments, and an adapter's own weights. */
  optimizer: number;
  activations: number;
  logits: number;
  /** The frames' patches, and the vision tower at work. */
  images: number;
  /** Keys and values while completions are generated; not at the same time as activations. */
  keyValues: number;
  /** weights + optimizer + images + the larger of activations with logits, and keyValues. */
  total: number;
}

/** Bytes of Adam's two moments and the gradient, in float32, for each trained weight. */
const OPTIMIZER_BYTES = 12;

/**
 * Bytes of a layer's activations for each token and hidden value in half precision, attention scores aside, which flash
 * attention does not keep; with checkpointing only the layer's input stays (Korthikanti et al., arXiv 2205.05198,
 * section 4).
 */
const LAYER_BYTES = 34;
const CHECKPOINT_BYTES = 2;

/**
 * An adapter keeps, for each projection, its input after dropout and the dropout's mask, in half precision: three bytes a
 * value. The tiny model's GRPO steps grew by 3.8 to 4.2 MB a row in float32; the estimate is 2.0 without this and 3.9 with it.
 */
const ADAPTED_BYTES = 3;

/**
 * Bytes of each logit in float32, as measured with TRL 1.13 on a vocabulary of 50,000 (`vsi-train measure`): the logits
 * and one gradient; DPO holds the reference's beside them.
 */
const LOGIT_BYTES = 8;
const PAIR_LOGIT_BYTES = 12;

/**
 * A frozen vision tower runs without gradients: for each patch, a layer's input, its queries, keys and values, and the
 * four times wider middle of its second half are held at once.
 */
const TOWER_WIDTHS = 10;

/** Two by two patches make a token, each of two equal frames of three colours, in float32. */
const PATCHES = 4;
const PATCH_BYTES = 2 * 3 * 4;

/** An order-of-magnitude formula ("does 7B fit on 80 GB?"), not a measurement. */
export function estimateMemory(plan: MemoryPlan): MemoryEstimate {
  const { shape, rank, batch, processes, zeroStage } = plan;
  const precision = plan.halfPrecision ? 2 : 4;
  const adapter = rank === null ? 0 : adapterWeights(shape, rank);
  const tokens = plan.promptTokens + plan.completionTokens;
  const copies = rank === null && plan.hasReference ? 2 : 1;
  const weights = (shape.parameters * copies * (rank === null ? 4 : precision)) / (zeroStage >= 3 ? processes : 1);
  const trained = rank === null ? shape.parameters * OPTIMIZER_BYTES : adapter * (OPTIMIZER_BYTES + 4);
  const optimizer = trained / (zeroStage >= 2 ? processes : 1);
  const layer = LAYER_BYTES + (rank === null ? 0 : ADAPTED_BYTES * (6 + shape.intermediate / shape.hidden));
  const kept = plan.checkpointing ? CHECKPOINT_BYTES * shape.layers + layer : layer * shape.layers;
  const activations = batch * tokens * shape.hidden * kept * (precision / 2);
  const logits = plan.promptLogits
    ? batch * tokens * shape.vocabulary * PAIR_LOGIT_BYTES
    : batch * plan.completionTokens * shape.vocabulary * LOGIT_BYTES;
  const images = imageBytes(plan, precision);
  const keyValues = plan.generated * tokens * shape.layers * shape.keyWidth * 2 * precision;
  const total = weights + optimizer + images + Math.max(activations + logits, keyValues);
  return { weights, optimizer, activations, logits, images, keyValues, total };
}

function imageBytes(
  { shape, rank, batch, generated, imageTokens, checkpointing }: MemoryPlan,
  precision: number,
): number {
  const { tower } = shape;
  // The presets' adapters leave the tower as it is; without one its weights are trained too.
  const kept = checkpointing ? CHECKPOINT_BYTES * tower.layers + LAYER_BYTES : LAYER_BYTES * tower.layers;
  const width = rank === null ? (kept * precision) / 2 : TOWER_WIDTHS * precision;
  // GRPO holds the patches of what it generates from and of what it learns from.
  const rows = batch + generated;
  return PATCHES * imageTokens * (rows * tower.patch ** 2 * PATCH_BYTES + batch * tower.hidden * width);
}

/** Two thin matrices for each of the language model's seven projections. */
function adapterWeights({ layers, hidden, intermediate, keyWidth }: ModelShape, rank: number): number {
  const attention = 2 * (hidden + hidden) + 2 * (hidden + keyWidth);
  return layers * rank * (attention + 3 * (hidden + intermediate));
}

/** What determines the memory of a model. */
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
  /** The vision tower: its layers, their width, and the pixels of a patch's side. */
  tower: { layers: number; hidden: number; patch: number };
}

const TOWER_14 = { layers: 32, hidden: 1280, patch: 14 } as const;
const TOWER_16 = { layers: 24, hidden: 1024, patch: 16 } as const;

/**
 * The presets' models, for when they are not on this machine (a local folder is read): the widths of their public
 * configurations, from memory. Weights are what these widths add up to, matrix by matrix, rounded to a tenth of a
 * billion: 2.21, 8.29, 3.75 and 8.29 for Qwen2-VL and Qwen2.5-VL with their vision towers; for Qwen3-VL 1.72, 4.02 and
 * 8.19 of the language model, and about 0.4 to 0.6 for its vision tower, which is a guess.
 */
const KNOWN: Readonly<Record<string, ModelShape>> = {
  "Qwen/Qwen2-VL-2B-Instruct": shape(2.2e9, 28, 1536, 8960, 256, 151_936, TOWER_14),
  "Qwen/Qwen2-VL-7B-Instruct": shape(8.3e9, 28, 3584, 18_944, 512, 152_064, TOWER_14),
  "Qwen/Qwen2.5-VL-3B-Instruct": shape(3.8e9, 36, 2048, 11_008, 256, 151_936, TOWER_14),
  "Qwen/Qwen2.5-VL-7B-Instruct": shape(8.3e9, 28, 3584, 18_944, 512, 152_064, TOWER_14),
  "Qwen/Qwen3-VL-2B-Instruct": shape(2.1e9, 28, 2048, 6144, 1024, 151_936, TOWER_16),
  "Qwen/Qwen3-VL-4B-Instruct": shape(4.4e9, 36, 2560, 9728, 1024, 151_936, TOWER_16),
  "Qwen/Qwen3-VL-8B-Instruct": shape(8.8e9, 36, 4096, 12_288, 1024, 151_936, { layers: 27, hidden: 1152, patch: 16 }),
};

function shape(
  parameters: number,
  layers: number,
  hidden: number,
  intermediate: number,
  keyWidth: number,
  vocabulary: number,
  tower: ModelShape["tower"],
): ModelShape {
  const pixelsPerToken = (2 * tower.patch) ** 2;
  return { parameters, layers, hidden, intermediate, keyWidth, vocabulary, pixelsPerToken, tower };
}

/** The model of `vsi-train tiny-model`. */
export const TINY_SHAPE: ModelShape = shape(671_552, 2, 128, 384, 64, 432, { layers: 1, hidden: 64, patch: 14 });

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
    vision_config?: Partial<
      Record<"patch_size" | "spatial_merge_size" | "depth" | "embed_dim" | "hidden_size", number>
    >;
    dtype?: string;
    torch_dtype?: string;
  };
  const text = config.text_config ?? (config as TextConfig);
  const bytesEach = (config.dtype ?? config.torch_dtype) === "float32" ? 4 : 2;
  const files = (await readdir(folder)).filter((name) => name.endsWith(".safetensors"));
  const sizes = await Promise.all(files.map(async (name) => (await stat(join(folder, name))).size));
  const vision = config.vision_config ?? {};
  const { patch_size: patch = 14, spatial_merge_size: merge = 2 } = vision;
  const headWidth = text.head_dim ?? text.hidden_size / text.num_attention_heads;
  const found: ModelShape = {
    parameters: Math.round(sizes.reduce((sum, size) => sum + size, 0) / bytesEach),
    layers: text.num_hidden_layers,
    hidden: text.hidden_size,
    intermediate: text.intermediate_size,
    keyWidth: text.num_key_value_heads * headWidth,
    vocabulary: text.vocab_size,
    pixelsPerToken: (patch * merge) ** 2,
    // Qwen2-VL calls the tower's width embed_dim, and hidden_size what it hands on.
    tower: {
      layers: vision.depth ?? TOWER_14.layers,
      hidden: vision.embed_dim ?? vision.hidden_size ?? TOWER_14.hidden,
      patch,
    },
  };
  const { tower: _tower, ...numbers } = found;
  return Object.values(numbers).every((value) => Number.isFinite(value) && value > 0) ? found : null;
}
