import { resolve } from "node:path";
import { UsageError } from "@vsi/command";

/**
 * Refuses a file to write that is also read, or named for two things: it would be lost.
 * @param outputs by flag; those not given are undefined.
 * @throws UsageError naming the flag.
 */
export function checkOutputFiles(
  outputs: Readonly<Record<string, string | undefined>>,
  inputs: readonly string[],
): void {
  const taken = new Set(inputs.map((path) => resolve(path)));
  for (const [flag, path] of Object.entries(outputs)) {
    if (path === undefined) continue;
    if (taken.has(resolve(path))) {
      throw new UsageError(`--${flag} ${path}: this file is already read or written. Give another name.`);
    }
    taken.add(resolve(path));
  }
}
