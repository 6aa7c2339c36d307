import { type RunResult, runProcess } from "@vsi/testing/commands";

/** What npm sets for its own scripts and tests, and a user's shell does not have. */
const OURS =
  /^(NODE_OPTIONS|JEST_WORKER_ID|INIT_CWD|npm_(package|lifecycle)_.*|npm_config_(node_options|local_prefix))$/i;

/**
 * Runs a program to its end as a user's shell in `folder` would: without what npm and jest put into our environment.
 */
export function runAsUser(program: string, words: readonly string[], folder: string): Promise<RunResult> {
  const ours = Object.keys(process.env).filter((name) => OURS.test(name));
  return runProcess([program, ...words], {
    cwd: folder,
    env: Object.fromEntries(ours.map((name) => [name, undefined])),
    // npm and npx are batch files on Windows, which only a shell can start.
    shell: process.platform === "win32" && program !== process.execPath,
  });
}
