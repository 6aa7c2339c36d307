import type { ModelShape } from "./modelShape.ts";

/** What of a run decides how much memory it takes. */
export interface MemoryPlan {
  shape: ModelShape;
  /** The adapter's rank; null when every weight is trained. */
  rank: number | null;
  /** Whether the policy is held against a reference: a copy of the weights, but under an adapter the same without it. */
  hasReference: boolean;
  halfPrecision: boolean;
  checkpointing: boolean;
  /** Rows a step on each process, and of them all whose completions are generated together; 0 without generation. */
  batch: number;
  generated: number;
  promptTokens: number;
  completionTokens: number;
  /** DeepSpeed's stage; 0 without it. Processes share what the stage says. */
  zeroStage: number;
  processes: number;
}

/** Bytes on each process. A rough estimate: it leaves out fragments, libraries and the vision tower's activations. */
export interface MemoryEstimate {
  weights: number;
  /** Gradients and Adam's two moments, and an adapter's own weights. */
  optimizer: number;
  activations: number;
  logits: number;
  /** Keys and values while completions are generated; not at the same time as activations. */
  keyValues: number;
  /** weights + optimizer + the larger of activations with logits, and keyValues. */
  total: number;
}

/** Bytes of Adam's two moments and the gradient, in float32, for each trained weight. */
const OPTIMIZER_BYTES = 12;

/**
 * Bytes of a layer's activations for each token and hidden value in half precision, attention scores aside, which flash
 * attention does not keep; with checkpointing only the layer's input stays (Korthikanti et al., arXiv 2205.05198, section 4).
 */
const LAYER_BYTES = 34;
const CHECKPOINT_BYTES = 2;

/** The estimate: a formula for orders of magnitude ("does 7B fit on 80 GB?"), not a measurement. */
export function estimateMemory(plan: MemoryPlan): MemoryEstimate {
  const { shape, rank, batch, processes, zeroStage } = plan;
  const precision = plan.halfPrecision ? 2 : 4;
  const adapter = rank === null ? 0 : adapterWeights(shape, rank);
  const tokens = plan.promptTokens + plan.completionTokens;
  const copies = rank === null && plan.hasReference ? 2 : 1;
  const weights = (shape.parameters * copies * (rank === null ? 4 : precision)) / (zeroStage >= 3 ? processes : 1);
  const trained = rank === null ? shape.parameters * OPTIMIZER_BYTES : adapter * (OPTIMIZER_BYTES + 4);
  const optimizer = trained / (zeroStage >= 2 ? processes : 1);
  const kept = plan.checkpointing ? CHECKPOINT_BYTES * shape.layers + LAYER_BYTES : LAYER_BYTES * shape.layers;
  const activations = batch * tokens * shape.hidden * kept * (precision / 2);
  // The value and its gradient, in float32, for the completion alone.
  const logits = batch * plan.completionTokens * shape.vocabulary * 8;
  const keyValues = plan.generated * tokens * shape.layers * shape.keyWidth * 2 * precision;
  const total = weights + optimizer + Math.max(activations + logits, keyValues);
  return { weights, optimizer, activations, logits, keyValues, total };
}

/** Two thin matrices for each of the language model's seven projections. */
function adapterWeights({ layers, hidden, intermediate, keyWidth }: ModelShape, rank: number): number {
  const attention = 2 * (hidden + hidden) + 2 * (hidden + keyWidth);
  return layers * rank * (attention + 3 * (hidden + intermediate));
}
