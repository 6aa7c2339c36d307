/**
 * Sends a signal; false when nobody is left to get it.
 * @param target a pid, or minus a process group's number for all of the group.
 */
export function sendSignal(target: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(target, signal);
  } catch (error) {
    // EPERM is what macOS says of a group whose processes have all ended.
    if (["ESRCH", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}
