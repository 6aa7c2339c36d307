import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";

/** The words of `transformers serve`, which comes with the trainer's Python and answers for every model asked for. */
export function transformersServe(python: string): string[] {
  const words = [python, "-m", "transformers.cli.transformers", "serve"];
  return hasGpuDriver() ? words : [...words, "--device", "cpu"];
}

/** The device files of NVIDIA's and AMD's drivers; macOS has a GPU of its own. */
export function hasGpuDriver(): boolean {
  return process.platform === "darwin" || ["/dev/nvidiactl", "/dev/kfd"].some((path) => existsSync(path));
}

/** The flag that a model of `needsOwnCode` is served with. */
export const TRUST_CODE = "--trust-remote-code";

/**
 * Whether a model's processor is code beside its weights, as that of `vsi-train tiny-model` is. `transformers serve` drops
 * the images without it; other servers were not tried with such models.
 *
 * @param model a folder; a hub name never does.
 */
export async function needsOwnCode(model: string): Promise<boolean> {
  const text = await readFile(join(resolve(model), "processor_config.json"), "utf8").catch(() => "");
  return text.includes('"auto_map"');
}
