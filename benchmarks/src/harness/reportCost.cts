/**
 * Loaded into a child process with `--require` (`--import` would start Node's module loader in programs that do
 * without): on exit it writes what the process took, all threads together, to this file descriptor.
 */
const REPORT_DESCRIPTOR = 3;

if (process.getBuiltinModule("node:worker_threads").isMainThread) {
  process.once("exit", () => {
    const { user, system } = process.cpuUsage();
    process
      .getBuiltinModule("node:fs")
      .writeSync(REPORT_DESCRIPTOR, JSON.stringify({ peakMemory: peakMemory(), cpu: (user + system) / 1000 }));
  });
}

/**
 * Linux's resourceUsage().maxRSS is no less than what the parent used when it started this process; VmHWM is this
 * program's alone. Elsewhere only the former is there.
 */
function peakMemory(): number {
  if (process.platform === "linux") {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(
      process.getBuiltinModule("node:fs").readFileSync("/proc/self/status", "utf8"),
    )?.[1];
    if (kibibytes !== undefined) return Number(kibibytes) * 1024;
  }
  return process.resourceUsage().maxRSS * 1024;
}
