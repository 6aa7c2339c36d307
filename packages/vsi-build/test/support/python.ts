import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "@jest/globals";

const SCRIPTS = fileURLToPath(new URL("./python", import.meta.url));

/** Where a Python with the packages that check our files may be. */
const PYTHONS = ["VSI_CHECKS_PYTHON", "VSI_TRAINER_PYTHON"] as const;

/** The first Python of the environment that can import a package; null when none can. */
function findPython(packageName: string): string | null {
  for (const name of PYTHONS) {
    const python = process.env[name];
    if (python !== undefined && spawnSync(python, ["-c", `import ${packageName}`]).status === 0) return python;
  }
  return null;
}

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
  const python = findPython(packageName);
  if (python === null) {
    process.stderr.write(`skipped: "${name}": neither ${PYTHONS.join(" nor ")} names a Python with ${packageName}\n`);
    test.skip(name, () => {});
    return;
  }
  // Importing datasets alone takes seconds on a busy machine.
  test(name, () => run((script, ...words) => runScript(python, script, words)), 120_000);
}

function runScript(python: string, script: string, words: readonly string[]): unknown {
  const finished = spawnSync(python, [join(SCRIPTS, script), ...words], {
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, HF_HUB_OFFLINE: "1" },
  });
  if (finished.status !== 0) throw new Error(`${script} failed:\n${finished.stderr}`);
  return JSON.parse(finished.stdout);
}
