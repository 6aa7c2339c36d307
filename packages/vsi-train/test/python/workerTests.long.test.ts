import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { forkingPython } from "@vsi/testing/forkingPython";
import { describeTrainer, newFolder, trainerMissing, trainerPython } from "@vsi/testing/trainerPython";
import { copyWorkerPackage, PYTHON_FOLDER, readWorkerPackage } from "../../src/environment/workerPackage.ts";
import { captureOutput } from "../../src/process/programOutput.ts";

const ENVIRONMENT = { ...process.env, HF_HUB_OFFLINE: "1", OMP_NUM_THREADS: "1", PYTHONDONTWRITEBYTECODE: "1" };

/** pytest is no part of the environment that setup makes. */
async function pytestMissing(): Promise<string | null> {
  if (trainerPython === undefined) return trainerMissing;
  const { exitCode } = await captureOutput([trainerPython, "-c", "import pytest"]);
  const install = `${trainerPython} -m pip install -r ${join(PYTHON_FOLDER, "requirements-test.txt")}`;
  return exitCode === 0 ? null : `The trainer's Python has no pytest. Type ${install}.`;
}

describeTrainer(
  "the worker's own tests",
  () => {
    test("pytest passes", async () => {
      const command = [await forkingPython(), "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", "."];
      const { exitCode, stdout, stderr } = await captureOutput([...command, PYTHON_FOLDER], { env: ENVIRONMENT });
      if (exitCode !== 0) throw new Error(`pytest ended with ${exitCode}:\n${stdout}${stderr}`);
      expect(stdout).toMatch(/^\d+ passed\b/m);
    });
  },
  await pytestMissing(),
);

describeTrainer("the worker as an installed package", () => {
  test("is built in the trainer's environment without an index, and runs from any folder", async () => {
    const folder = await newFolder();
    const copy = join(folder, "copy");
    await copyWorkerPackage(await readWorkerPackage(PYTHON_FOLDER), copy);
    const options = [
      "--quiet",
      "--no-index",
      "--no-deps",
      "--no-build-isolation",
      "--target",
      join(folder, "installed"),
    ];
    const pip = await captureOutput([trainerPython as string, "-m", "pip", "install", ...options, copy]);
    expect([pip.exitCode, pip.stderr]).toEqual([0, expect.not.stringContaining("ERROR")]);
    const env = { ...ENVIRONMENT, PYTHONPATH: join(folder, "installed") };
    const question =
      "import importlib.metadata as m, vsi_trainer.events as e; print(e.__file__, m.version('vsi-trainer'), *sorted(m.metadata('vsi-trainer').get_all('Provides-Extra')))";
    const cwd = await mkdtemp(join(folder, "elsewhere-"));
    const { stdout } = await captureOutput(["env", "-C", cwd, trainerPython as string, "-c", question], { env });
    const { version } = await readWorkerPackage(PYTHON_FOLDER);
    expect(stdout).toBe(`${join(folder, "installed", "vsi_trainer", "events.py")} ${version} test train\n`);
  });
});
