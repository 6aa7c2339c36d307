import type { LoraSettings, Method } from "../settings/runSettings.ts";

/** What a preset decides for one method; every flag of the command goes before it. */
export interface PresetSettings {
  learningRate: number;
  epochs: number;
  /** Rows (for GRPO: completions) a step on each process. */
  batch: number;
  /** Steps whose gradients are added up before one update. */
  accumulation: number;
  /** At most so many frames a question. */
  frames: number;
  /** Pixels that a frame is shrunk to. */
  maxPixels: number;
  lora: LoraSettings;
  /** All else that TRL is told, by TRL's own names. */
  trainer: Readonly<Record<string, number | string | boolean | null>>;
}

/** Where each setting comes from: the paper, or "ours, because ...". */
export type PresetSources = Readonly<
  Record<Exclude<keyof PresetSettings, "trainer">, string> & { trainer: Readonly<Record<string, string>> }
>;

export interface MethodPreset {
  settings: PresetSettings;
  source: PresetSources;
}

/** Settings that go together, under one name. */
export interface Preset {
  /** One line for --help. */
  about: string;
  /** A hub's name; null where --model must say. */
  model: string | null;
  /** The methods it is for. */
  methods: Readonly<Partial<Record<Method, MethodPreset>>>;
}
