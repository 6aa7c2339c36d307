import { spawn } from "node:child_process";
import { once } from "node:events";
import { open } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** The project's commands, as the checkout has them. */
const COMMANDS = {
  "vsi-build": "../../../build/bin/vsi-build.js",
  "vsi-train": "../../bin/vsi-train.js",
  "vsi-eval": "../../../eval/bin/vsi-eval.js",
} as const;

/** What each process is told beside its command line. */
export const DEMO_ENVIRONMENT = {
  // A model this small is faster on one thread than on two.
  OMP_NUM_THREADS: "1",
  // All models are made here: nothing is looked up on the hub.
  HF_HUB_OFFLINE: "1",
} as const;

/** Where a command's output goes and what ends it. */
export interface CommandSurroundings {
  /** Ends the command. */
  signal: AbortSignal;
  /** A file for its standard output, which else goes to the terminal. */
  output?: string;
}

/**
 * Runs one of the project's commands as it would be typed, and shows what was typed.
 *
 * @throws Error with the command line when its exit code is not 0, and the signal's reason when it was ended.
 */
export async function runCommand(
  name: keyof typeof COMMANDS,
  words: readonly string[],
  { signal, output }: CommandSurroundings,
): Promise<void> {
  signal.throwIfAborted();
  const typed = [name, ...words].join(" ");
  process.stdout.write(`\n$ ${typed}${output === undefined ? "" : ` > ${output}`}\n`);
  const file = output === undefined ? null : await open(output, "w");
  try {
    const child = spawn(process.execPath, [fileURLToPath(new URL(COMMANDS[name], import.meta.url)), ...words], {
      stdio: ["ignore", file === null ? "inherit" : file.fd, "inherit"],
      env: { ...DEMO_ENVIRONMENT, ...process.env },
      // Ctrl-C in a terminal would reach it beside what is passed on here, and the second signal ends it at once.
      detached: true,
    });
    // The command saves what it can and ends by itself: waiting for it leaves nothing behind.
    const end = (): void => void child.kill("SIGTERM");
    signal.addEventListener("abort", end, { once: true });
    const [exitCode] = await once(child, "exit");
    signal.removeEventListener("abort", end);
    signal.throwIfAborted();
    if (exitCode !== 0) throw new Error(`${typed} ended with exit code ${exitCode}; what it said stands above.`);
  } finally {
    await file?.close();
  }
}
