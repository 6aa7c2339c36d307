import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { Interruption } from "@vsi/command";
import { folderSize } from "../../src/environment/folderSize.ts";
import { planSetup, type SetupPlan } from "../../src/environment/planSetup.ts";
import { setupEnvironment } from "../../src/environment/setupEnvironment.ts";
import { DEFAULT_SETUP_OPTIONS, type SetupOptions } from "../../src/environment/setupOptions.ts";
import { findTrainerPython } from "../../src/environment/trainerPython.ts";
import { captureOutput } from "../../src/process/captureOutput.ts";
import { makeWheel } from "../support/makeWheel.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
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
      expect.stringContaining("[2/2] 1 package by pip"),
    ]);
    expect(marker.versions).toMatchObject({ "vsi-tiny": "1.2.3" });
    const imported = await captureOutput([plan.python, "-c", "import vsi_tiny; print(vsi_tiny.WORD)"]);
    expect(imported.stdout).toBe("made here\n");
    // The marker itself was not there when the size was taken.
    expect((await folderSize(plan.folder)) - marker.bytes).toBeLessThan(1000);
    expect(await findTrainerPython(options, {})).toEqual({ python: plan.python });

    const again = await planSetup({ ...options, python: "not asked for" });
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

describe("findTrainerPython", () => {
  test("VSI_TRAINER_PYTHON comes first; one that is not there is said to be missing", async () => {
    const where = { requirements: DEFAULT_SETUP_OPTIONS.requirements, cache: FOLDER };
    expect(await findTrainerPython(where, { VSI_TRAINER_PYTHON: process.execPath })).toEqual({
      python: process.execPath,
    });
    const nowhere = join(FOLDER, "nowhere");
    expect(await findTrainerPython(where, { VSI_TRAINER_PYTHON: nowhere })).toEqual({
      missing: expect.stringContaining(nowhere),
    });
    expect(await findTrainerPython(where, { VSI_TRAINER_PYTHON: "" })).toEqual({
      missing: expect.stringContaining("setup --cpu"),
    });
  });
});
