import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { Interruption } from "@vsi/command";
import { temporaryFolder } from "@vsi/testing/folders";
import { folderSize } from "../../src/environment/disk.ts";
import {
  DEFAULT_SETUP_OPTIONS,
  planSetup,
  type SetupOptions,
  type SetupPlan,
  setupEnvironment,
} from "../../src/environment/setup.ts";
import { findTrainerPython } from "../../src/environment/trainerPython.ts";
import { captureOutput } from "../../src/process/programOutput.ts";
import { makeWheel } from "../support/makeWheel.ts";
import { until } from "../support/until.ts";

const FOLDER = temporaryFolder();
const NEVER = new AbortController().signal;
const silent = (): void => {};

let withVenv = false;
beforeAll(async () => {
  const { exitCode } = await captureOutput([
    "python3",
    "-c",
    "import venv, ensurepip, sys; sys.exit(sys.version_info < (3, 10))",
  ]);
  withVenv = exitCode === 0;
  if (!withVenv)
    process.stderr.write("skipped: setup for real, because there is no python3 of 3.10 or newer with venv\n");
});

/** Options that install one tiny package, made here: no index is asked. */
async function tinySetup(): Promise<SetupOptions> {
  const folder = await mkdtemp(join(FOLDER, "setup-"));
  const requirements = join(folder, "requirements.txt");
  await makeWheel(folder, "vsi_tiny", "1.2.3");
  await writeFile(requirements, "vsi-tiny==1.2.3\n");
  // pip's own settings are the user's: this is how one names a folder of wheels.
  process.env.PIP_FIND_LINKS = folder;
  process.env.PIP_NO_INDEX = "1";
  return { ...DEFAULT_SETUP_OPTIONS, device: "cpu", requirements, worker: null, cache: join(folder, "cache") };
}

/** What pip leaves of a package, without pip: an environment with it takes ten seconds, one without a second. */
const INSTALL = `
import pathlib, sysconfig
info = pathlib.Path(sysconfig.get_path("purelib")) / "vsi_tiny-1.2.3.dist-info"
info.mkdir()
(info / "METADATA").write_text("Metadata-Version: 2.1\\nName: vsi-tiny\\nVersion: 1.2.3\\n")
`;

/** A worker with a build of its own: no index is asked for setuptools. */
async function fakeWorker(beside: string): Promise<string> {
  const folder = `${beside}-fake-worker`;
  await mkdir(folder);
  await writeFile(
    join(folder, "pyproject.toml"),
    '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n\n[project]\nname = "vsi-trainer"\nversion = "7.0"\n',
  );
  await writeFile(join(folder, "vsi_trainer.py"), 'WORD = "first"\n');
  await writeFile(join(folder, "backend.py"), BACKEND);
  return folder;
}

/** PEP 517 in its shortest form. */
const BACKEND = `
import zipfile
def build_wheel(folder, config_settings=None, metadata_directory=None):
    info = "vsi_trainer-7.0.dist-info"
    with zipfile.ZipFile(folder + "/vsi_trainer-7.0-py3-none-any.whl", "w") as wheel:
        wheel.write("vsi_trainer.py")
        wheel.writestr(info + "/METADATA", "Metadata-Version: 2.1\\nName: vsi-trainer\\nVersion: 7.0\\n")
        wheel.writestr(info + "/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "/RECORD", "vsi_trainer.py,,\\n" + info + "/METADATA,,\\n" + info + "/WHEEL,,\\n" + info + "/RECORD,,\\n")
    return "vsi_trainer-7.0-py3-none-any.whl"
`;

/** A plan whose second step runs a script in the place of an installer. */
async function quickPlan(options: SetupOptions, script: string): Promise<SetupPlan> {
  const plan = await planSetup(options);
  return {
    ...plan,
    steps: [
      { what: "an environment", command: ["python3", "-m", "venv", "--without-pip", plan.folder] },
      { what: "a script", command: [plan.python, "-c", script] },
    ],
  };
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

describe("setupEnvironment", () => {
  test("makes an environment that has the pinned packages, and is found by it; the second time nothing is done", async () => {
    if (!withVenv) return;
    const options = await tinySetup();
    expect(await findTrainerPython(options, {})).toEqual({ missing: expect.stringContaining("vsi-train setup") });
    const said: string[] = [];
    const plan = await planSetup(options);
    const marker = await setupEnvironment(plan, (_level, line) => said.push(line), NEVER);
    expect(said).toEqual([
      expect.stringContaining("[1/2] a virtual environment"),
      expect.stringContaining("[2/2] 1 package with pip"),
    ]);
    expect(marker.versions).toMatchObject({ "vsi-tiny": "1.2.3" });
    const imported = await captureOutput([plan.python, "-c", "import vsi_tiny; print(vsi_tiny.WORD)"]);
    expect(imported.stdout).toBe("made here\n");
    // The marker itself was not there when the size was taken.
    expect((await folderSize(plan.folder)) - marker.bytes).toBeLessThan(1000);
    expect(await findTrainerPython(options, {})).toEqual({ python: plan.python });

    const again = await planSetup(options);
    expect(again.steps).toEqual([]);
    expect(await setupEnvironment(again, silent, NEVER)).toEqual(marker);
  });

  test("one that was interrupted is made again from nothing", async () => {
    if (!withVenv) return;
    const options = await tinySetup();
    const hanging = await quickPlan(options, "import time; time.sleep(60)");
    const controller = new AbortController();
    const stopped = setupEnvironment(hanging, silent, controller.signal);
    await until(() => isThere(hanging.python));
    await writeFile(join(hanging.folder, "left-over"), "");
    controller.abort(new Interruption("SIGINT"));
    await expect(stopped).rejects.toThrow(Interruption);
    expect(await findTrainerPython(options, {})).toEqual({ missing: expect.anything() });

    expect((await planSetup(options)).steps).toHaveLength(2);
    const plan = await quickPlan(options, INSTALL);
    await setupEnvironment(plan, silent, NEVER);
    expect(await isThere(join(plan.folder, "left-over"))).toBe(false);
    expect(await findTrainerPython(options, {})).toEqual({ python: plan.python });
    // A system's Python that is removed takes the environment with it.
    await rm(plan.python);
    expect((await planSetup(options)).finished).toBeNull();
  });

  test("an installer that fails is quoted, its log is kept, and nothing counts as finished", async () => {
    if (!withVenv) return;
    const options = await tinySetup();
    const plan = await quickPlan(options, "raise SystemExit('No matching distribution found')");
    const failed = setupEnvironment(plan, silent, NEVER);
    await expect(failed).rejects.toMatchObject({
      code: "setup-failed",
      message: expect.stringMatching(
        /got exit code 1.*\n[^$]*No matching distribution found\n.*vsi-train setup again/s,
      ),
    });
    expect(await readFile(`${plan.folder}.log`, "utf8")).toContain("No matching distribution");
    expect((await planSetup(options)).finished).toBeNull();
    const absent = { ...plan, steps: [{ what: "nothing", command: ["no-such-installer"] }] };
    await expect(setupEnvironment(absent, silent, NEVER)).rejects.toThrow(/got no start.*no-such-installer installed/);
  });

  test("an installer that ends well with another version is not believed", async () => {
    if (!withVenv) return;
    const plan = await quickPlan(await tinySetup(), INSTALL);
    const lying = { ...plan, requirements: [{ name: "Vsi.tiny", version: "1.2.4" }] };
    await expect(setupEnvironment(lying, silent, NEVER)).rejects.toMatchObject({
      code: "setup-incomplete",
      detail: { got: "Vsi.tiny 1.2.3", expected: "Vsi.tiny 1.2.4" },
    });
  });

  test("the worker's package is installed too, and again into the same environment only when it changed", async () => {
    if (!withVenv) return;
    const packages = await tinySetup();
    const worker = await fakeWorker(packages.cache);
    const options = { ...packages, worker };
    const plan = await planSetup(options);
    const marker = await setupEnvironment(plan, silent, NEVER);
    expect(marker.versions).toMatchObject({ "vsi-tiny": "1.2.3", "vsi-trainer": "7.0" });
    const word = [plan.python, "-c", "import vsi_trainer; print(vsi_trainer.WORD)"];
    expect((await captureOutput(word)).stdout).toBe("first\n");
    expect((await planSetup(options)).steps).toEqual([]);

    // The same version with another content.
    await writeFile(join(worker, "vsi_trainer.py"), 'WORD = "second"\n');
    const changed = await planSetup(options);
    expect(changed.steps).toEqual([
      {
        what: "the worker, vsi-trainer 7.0, by pip",
        command: [
          ...[plan.python, "-m", "pip", "install", "--no-input", "--progress-bar", "off"],
          ...["--no-deps", "--no-build-isolation", "--force-reinstall", `${plan.folder}-worker`],
        ],
      },
    ]);
    // It can be trained with all the same: vsi-train runs its own worker.
    expect(await findTrainerPython(options, {})).toEqual({ python: plan.python });
    await writeFile(join(plan.folder, "kept"), "");
    expect((await setupEnvironment(changed, silent, NEVER)).worker).not.toBe(marker.worker);
    expect((await captureOutput(word)).stdout).toBe("second\n");
    expect(await isThere(join(plan.folder, "kept"))).toBe(true);
    expect(await isThere(`${plan.folder}-worker`)).toBe(false);
    expect((await planSetup(options)).steps).toEqual([]);
    expect((await readdir(worker)).sort()).toEqual(["backend.py", "pyproject.toml", "vsi_trainer.py"]);
  });

  test("a worker that cannot be installed fails setup, and the environment stays finished", async () => {
    if (!withVenv) return;
    const packages = await tinySetup();
    const plan = await quickPlan(packages, INSTALL);
    await setupEnvironment(plan, silent, NEVER);
    const options = { ...packages, worker: await fakeWorker(packages.cache) };
    // Made without pip, as uv does it: uv is what replaces the worker.
    const update = await planSetup(options);
    expect(update.steps).toEqual([
      {
        what: "the worker, vsi-trainer 7.0, by uv",
        command: [
          ...["uv", "pip", "install", "--python", plan.python, "--no-deps", "--no-build-isolation"],
          ...["--reinstall", `${plan.folder}-worker`],
        ],
      },
    ]);
    const failing = { ...update, steps: [{ what: "x", command: [plan.python, "-c", "raise SystemExit('no space')"] }] };
    await expect(setupEnvironment(failing, silent, NEVER)).rejects.toThrow(/no space/);
    // A build that says it went well and installed nothing.
    const idle = { ...update, steps: [{ what: "x", command: [plan.python, "-c", ""] }] };
    await expect(setupEnvironment(idle, silent, NEVER)).rejects.toMatchObject({
      code: "setup-incomplete",
      detail: { got: "vsi-trainer missing", expected: "vsi-trainer 7.0" },
    });
    expect(await findTrainerPython(options, {})).toEqual({ python: plan.python });
    expect((await planSetup(options)).steps).toHaveLength(1);
    expect(await isThere(`${plan.folder}-worker`)).toBe(false);
  });

  test("with uv the same packages are asked for, by uv's commands", async () => {
    if (!withVenv) return;
    const options: SetupOptions = { ...(await tinySetup()), installer: "uv" };
    const { steps, python, folder } = await planSetup(options);
    expect(steps.map(({ command }) => command)).toEqual([
      ["uv", "venv", "--python", "python3", folder],
      ["uv", "pip", "install", "--python", python, "--requirement", options.requirements],
    ]);
  });
});
