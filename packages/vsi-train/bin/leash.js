#!/usr/bin/env node
// Runs a command for as long as its own standard input is open, then kills it and all that it started: whoever started
// this may be killed at any moment (kill -9), and must leave no training and no server behind.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { watchTree } from "../dist/process/processTree.js";

const [program = "", ...words] = process.argv.slice(2);
const child = spawn(program, words, { stdio: ["ignore", "inherit", "inherit"], detached: true });
child.once("error", (error) => {
  process.stderr.write(`${program}: ${error.message}\n`);
  process.exit(127);
});
if (child.pid !== undefined) {
  const tree = watchTree(child.pid);
  for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => child.kill(name));
  // A writer that is gone closes its end, however it ended.
  process.stdin.on("close", () => void tree.kill().finally(() => process.exit(128 + constants.signals.SIGKILL)));
  process.stdin.resume();
  child.once("exit", (code, signal) => {
    process.stdin.removeAllListeners("close");
    // What it left in its group, such as a server's helpers.
    void tree.kill().finally(() => process.exit(code ?? 128 + constants.signals[signal]));
  });
}
