import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pythonTest as checksPythonTest } from "@vsi/testing/checksPython";

const SCRIPTS = fileURLToPath(new URL("./python", import.meta.url));

/**
 * A test that needs a Python package; skipped with a printed reason where no Python has it.
 *
 * @param run gets a function that runs a script of test/support/python and parses what it prints.
 */
export function pythonTest(
  packageName: string,
  name: string,
  run: (runScript: (script: string, ...words: string[]) => unknown) => Promise<void>,
): void {
  checksPythonTest(packageName, name, (runScript) =>
    run((script, ...words) => runScript(join(SCRIPTS, script), ...words)),
  );
}
