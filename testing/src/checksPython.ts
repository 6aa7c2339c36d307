import { spawnSync } from "node:child_process";
import { test } from "@jest/globals";

const HAS_PACKAGE = "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)";

/** Where a Python with the packages that check our files may be. */
const PYTHONS = ["VSI_CHECKS_PYTHON", "VSI_TRAINER_PYTHON"] as const;

/** The first Python of the environment that has a package; null when none has. Importing it would take seconds. */
function findPython(packageName: string): string | null {
  for (const name of PYTHONS) {
    const python = process.env[name];
    if (python !== undefined && spawnSync(python, ["-c", HAS_PACKAGE, packageName]).status === 0) return python;
  }
  return null;
}

/** Importing datasets alone takes seconds on a busy machine. */
const USUAL_TIMEOUT_MS = 120_000;

/**
 * A test that needs a Python package; skipped with a printed reason where no Python has it.
 *
 * @param run gets a function that runs a script, by its path, and parses what it prints.
 */
export function pythonTest(
  packageName: string,
  name: string,
  run: (runScript: (path: string, ...words: string[]) => unknown) => Promise<void>,
  timeout_ms: number = USUAL_TIMEOUT_MS,
): void {
  const python = findPython(packageName);
  if (python === null) {
    process.stderr.write(`skipped: "${name}": neither ${PYTHONS.join(" nor ")} names a Python with ${packageName}\n`);
    test.skip(name, () => {});
    return;
  }
  test(name, () => run((path, ...words) => runScript(python, path, words)), timeout_ms);
}

function runScript(python: string, path: string, words: readonly string[]): unknown {
  const finished = spawnSync(python, [path, ...words], {
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, HF_HUB_OFFLINE: "1" },
  });
  if (finished.status !== 0) throw new Error(`${path} failed:\n${finished.stderr}`);
  return JSON.parse(finished.stdout);
}
