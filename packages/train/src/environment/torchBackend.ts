import { captureOutput } from "../process/captureOutput.ts";

const QUESTION =
  "import torch; print('cuda' if torch.version.cuda else 'rocm' if torch.version.hip else 'mps' if torch.backends.mps.is_built() else 'cpu')";

/** What torch was built for: "cuda", "rocm", "mps" or "cpu"; null when it cannot be asked. A GPU need not be there. */
export async function torchBackend(python: string): Promise<string | null> {
  const { exitCode, stdout } = await captureOutput([python, "-c", QUESTION]);
  return exitCode === 0 ? stdout.trim() : null;
}
