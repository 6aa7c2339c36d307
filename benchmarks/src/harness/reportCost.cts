import { readFileSync, writeSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

/**
 * Loaded into a child process with `--import`: on exit it writes the process's peak resident memory in bytes, all
 * threads together, to this file descriptor.
 */
const REPORT_DESCRIPTOR = 3;

if (isMainThread) process.once("exit", () => writeSync(REPORT_DESCRIPTOR, String(peakMemory())));

/**
 * Linux's resourceUsage().maxRSS is no less than what the parent used when it started this process; VmHWM is this
 * program's alone. Elsewhere only the former is there.
 */
function peakMemory(): number {
  if (process.platform === "linux") {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    if (kibibytes !== undefined) return Number(kibibytes) * 1024;
  }
  return process.resourceUsage().maxRSS * 1024;
}
