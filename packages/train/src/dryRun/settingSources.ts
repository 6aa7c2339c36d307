import type { PresetSettings } from "../presets/preset.ts";
import { PRESETS } from "../presets/presets.ts";
import type { TrainOptions } from "../settings/trainOptions.ts";

/** The preset's settings that TRL knows by another name. */
const TRL_NAMES = {
  learningRate: "learning_rate",
  epochs: "num_train_epochs",
  batch: "per_device_train_batch_size",
  accumulation: "gradient_accumulation_steps",
} as const;

/** The source of a setting that is not the preset's. */
const GIVEN = "given";

/**
 * Where the settings come from, by TRL's names, and "frames", "max_pixels" and "lora": the preset's source, or "given"
 * where the command line or its configuration file says something else than the preset.
 */
export function settingSources(options: TrainOptions): Record<string, string> {
  const { settings, source } = PRESETS[options.preset].methods[options.method]!;
  const own = (name: Exclude<keyof PresetSettings, "trainer">): string => {
    return JSON.stringify(options[name]) === JSON.stringify(settings[name]) ? source[name] : GIVEN;
  };
  const trainer = Object.entries(options.trainer).map(([name, value]) => {
    return [name, settings.trainer[name] === value ? (source.trainer[name] ?? GIVEN) : GIVEN] as const;
  });
  const renamed = Object.entries(TRL_NAMES).map(([name, trl]) => [trl, own(name as keyof typeof TRL_NAMES)] as const);
  return {
    ...Object.fromEntries([...trainer, ...renamed]),
    frames: own("frames"),
    max_pixels: own("maxPixels"),
    lora: own("lora"),
  };
}
