import { spawn } from "node:child_process";

export interface FinishedProcess {
  /** Null when a signal ended it. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** What npm sets for its own scripts and tests, and a user's shell does not have. */
const OURS =
  /^(NODE_OPTIONS|JEST_WORKER_ID|INIT_CWD|npm_(package|lifecycle)_.*|npm_config_(node_options|local_prefix))$/i;

/** Runs a program to its end as a user's shell in `folder` would: without what npm and jest put into our environment. */
export async function runProcess(program: string, words: readonly string[], folder: string): Promise<FinishedProcess> {
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.test(name)));
  return new Promise((resolve, reject) => {
    // npm and npx are batch files on Windows, which only a shell can start.
    const shell = process.platform === "win32" && program !== process.execPath;
    const child = spawn(program, words, { cwd: folder, env: environment, shell, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}
