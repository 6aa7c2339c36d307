import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { runVsiTrain, startVsiTrain } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { writeFinishedMarker } from "../../src/environment/environmentFolder.ts";
import { DEFAULT_SETUP_OPTIONS, planSetup } from "../../src/environment/setup.ts";
import { writeFakeRun } from "../support/fakeRecord.ts";
import { until } from "../support/until.ts";

const FOLDER = temporaryFolder();

/** A Python in name only: says it is 3.12, and what its `-m venv` does. */
async function pretendPython(venv: string): Promise<string> {
  const path = join(await mkdtemp(join(FOLDER, "python-")), "python");
  await writeFile(path, `#!/bin/sh\nif [ "$1" = -c ]; then echo 3.12.1 True; else ${venv}; fi\n`);
  await chmod(path, 0o755);
  return path;
}

async function newCache(): Promise<Record<string, string>> {
  return { XDG_CACHE_HOME: await mkdtemp(join(FOLDER, "cache-")), VSI_TRAINER_PYTHON: "" };
}

describe("vsi-train tiny-model", () => {
  test("a folder of somebody else is refused before anything is written", async () => {
    const out = await mkdtemp(join(FOLDER, "theirs-"));
    await writeFile(join(out, "config.json"), '{"model_type": "qwen2_vl", "hidden_size": 1536}');
    const { exitCode, stderr } = await runVsiTrain(["tiny-model", "--out", out], await newCache());
    expect(exitCode).toBe(2);
    expect(stderr).toContain('holds other files ("config.json")');
    expect(await readdir(out)).toEqual(["config.json"]);
  });
});

test("regression: a Python of VSI_TRAINER_PYTHON that fails was to be built again by setup, and left a folder", async () => {
  const path = join(await mkdtemp(join(FOLDER, "broken-")), "python");
  await writeFile(path, "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  const [env, out] = [{ VSI_TRAINER_PYTHON: path }, join(FOLDER, "not-made")];
  const measured = await runVsiTrain(["measure", "--preset", "tiny"], env);
  expect(measured.stderr).toBe(
    `vsi-train: ${path}: -m vsi_trainer.doctor: got exit code 1, expected its report. VSI_TRAINER_PYTHON names it. Correct it, or unset it and run vsi-train setup.\n`,
  );
  const made = await runVsiTrain(["tiny-model", "--out", out], env);
  expect(made.stderr).toContain(`${path}: -m vsi_trainer.tiny_model: got exit code 1`);
  expect(existsSync(out)).toBe(false);
});

test("regression: tiny-model on a full disk sent to vsi-train doctor", async () => {
  const path = join(await mkdtemp(join(FOLDER, "full-")), "python");
  const words = "SafetensorError: Error while serializing: I/O error: No space left on device (os error 28)";
  await writeFile(path, `#!/bin/sh\necho "${words}" >&2\nexit 1\n`, { mode: 0o755 });
  const out = join(FOLDER, "full-model");
  const made = await runVsiTrain(["tiny-model", "--out", out], { VSI_TRAINER_PYTHON: path });
  expect(made.exitCode).toBe(1);
  expect(made.stderr).toBe(
    `vsi-train: ${out}: got a full disk, expected a folder to write to. Free some space or choose another disk, then run again.\n`,
  );
});

describe("vsi-train setup", () => {
  test("--dry-run says what would be done and does nothing", async () => {
    const env = await newCache();
    const python = await pretendPython("exit 9");
    const { exitCode, stdout } = await runVsiTrain(["setup", "--cpu", "--python", python, "--dry-run"], env);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/torch 2\.\d+\.\d+/);
    expect(stdout).toContain(`${python} -m venv ${join(env.XDG_CACHE_HOME!, "vsi-train", "cpu-")}`);
    expect(stdout).toContain("-m pip install");
  });

  test("ends with 1 and the installer's words when it fails", async () => {
    const python = await pretendPython("echo the disk is full >&2; exit 3");
    const { exitCode, stderr } = await runVsiTrain(["setup", "--cpu", "--python", python], await newCache());
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/got exit code 3[\s\S]*the disk is full[\s\S]*vsi-train setup again/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test("a signal ends the installer and the command, with the signal's code", async () => {
    const python = await pretendPython("echo $$ > $3.pid; sleep 60");
    const env = await newCache();
    const { child, ended, stderr } = startVsiTrain(["setup", "--cpu", "--python", python], env);
    await until(() => stderr().includes("[1/3]"));
    child.kill("SIGTERM");
    expect((await ended).exitCode).toBe(143);
  });

  test("a Python that is not there is a plain error, and wrong usage (was exit code 1)", async () => {
    const { exitCode, stderr } = await runVsiTrain(["setup", "--python", "/nowhere/python"], await newCache());
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^vsi-train: \/nowhere\/python: got no such program, expected Python 3\.10 or newer\. .*--python PATH\..*\n$/,
    );
  });
});

describe("vsi-train setup --python with an environment that is there already", () => {
  /** A finished environment of Python 3.11.7, as its marker says. */
  async function finishedCache(): Promise<{ env: Record<string, string>; folder: string }> {
    const env = await newCache();
    const cache = join(env.XDG_CACHE_HOME!, "vsi-train");
    const python = await pretendPython("exit 9");
    const plan = await planSetup({ ...DEFAULT_SETUP_OPTIONS, device: "cpu", python, cache });
    await mkdir(dirname(plan.python), { recursive: true });
    await writeFile(plan.python, "#!/bin/sh\n");
    const versions = { python: "3.11.7" };
    const marker = { schema: "vsi-train-environment/1", versions, bytes: 1, seconds: 1 } as const;
    await writeFinishedMarker(plan.folder, { ...marker, worker: plan.worker!.sha256 });
    return { env, folder: plan.folder };
  }

  test("regression: a path that is not there was ignored", async () => {
    const { env } = await finishedCache();
    const { exitCode, stderr } = await runVsiTrain(["setup", "--cpu", "--python", "/nix"], env);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(/^vsi-train: \/nix: got no such program, expected Python 3\.10 or newer\./),
    });
  });

  test("regression: another version was ignored without a word", async () => {
    const { env, folder } = await finishedCache();
    const python = await pretendPython("exit 9");
    const { exitCode, stdout, stderr } = await runVsiTrain(["setup", "--cpu", "--python", python], env);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining("Already up to date") });
    expect(stderr).toBe(
      `warning: --python ${python} is Python 3.12.1 and stays unused: ${folder} is there, with Python 3.11.7. To make it anew, remove that folder first.\n`,
    );
  });
});

describe("vsi-train doctor", () => {
  test("without an environment: 1, and what to type", async () => {
    const { exitCode, stdout } = await runVsiTrain(["doctor", "--json", "--data", FOLDER], await newCache());
    expect(exitCode).toBe(1);
    const missing = JSON.parse(stdout).filter(({ state }: { state: string }) => state === "missing");
    expect(missing).toMatchObject([
      { what: "trainer", advice: expect.stringContaining("vsi-train setup") },
      { what: "dataset", found: expect.stringContaining("manifest.json") },
    ]);
  });

  test("an environment without the packages: every one of them is named", async () => {
    const python = await pretendPython("exit 1");
    await writeFile(
      python,
      `#!/bin/sh\necho '{"python": "3.12.1", "packages": {"Torch": "2.13.0+cu130", "trl": "0.1"}}'\n`,
    );
    const env = { ...(await newCache()), VSI_TRAINER_PYTHON: python };
    const { exitCode, stdout } = await runVsiTrain(["doctor"], env);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^ok +torch: 2\.13\.0$/m);
    expect(stdout).toMatch(/^note +trl: 0\.1\n +tested with/m);
    expect(stdout).toMatch(/^missing transformers: not installed\n +vsi-train setup$/m);
  });
});

test("a program that is no Python is a finding of the doctor, not its end", async () => {
  const env = { ...(await newCache()), VSI_TRAINER_PYTHON: process.execPath };
  const { exitCode, stdout, stderr } = await runVsiTrain(["doctor"], env);
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
  expect(stdout).toMatch(/^missing Python: /m);
});

describe("vsi-train report", () => {
  test("writes the page beside the run, or where it is told", async () => {
    const run = join(FOLDER, "run");
    await writeFakeRun(run, { steps: [{ reward: 0.25 }] });
    const { exitCode, stdout } = await runVsiTrain(["report", run]);
    expect([exitCode, stdout]).toEqual([0, `Report written to ${join(run, "report.html")}\n`]);
    const out = join(FOLDER, "other.html");
    const both = await runVsiTrain(["report", run, run, "--out", out, "--json"]);
    expect(JSON.parse(both.stdout)).toEqual({ report: out, runs: 2, alarms: 0 });
    expect(await readFile(out, "utf8")).toMatch(/^<!doctype html>/i);
  });

  test("regression: --overwrite put the page in the place of the metrics that it was drawn from", async () => {
    const run = join(FOLDER, "kept");
    await writeFakeRun(run, { steps: [{ reward: 0.25 }] });
    const before = await folderContent(run);
    for (const name of ["metrics.jsonl", "run.json", "./samples.jsonl"]) {
      const { exitCode, stderr } = await runVsiTrain(["report", run, "--out", join(run, name), "--overwrite"]);
      expect({ exitCode, stderr }).toEqual({
        exitCode: 2,
        stderr: expect.stringContaining("already used as an input or another output"),
      });
    }
    expect(await folderContent(run)).toEqual(before);
  });

  test("a folder that is no run, and none at all", async () => {
    const { exitCode, stderr } = await runVsiTrain(["report", join(FOLDER, "none")]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/run\.json.*got nothing, expected the record of a run/);
    expect((await runVsiTrain(["report"])).exitCode).toBe(2);
  });
});

test("regression: merge --overwrite replaced the base model that the adapter was trained on", async () => {
  const [adapter, base] = [join(FOLDER, "adapter"), join(FOLDER, "base")];
  for (const folder of [adapter, base]) await mkdir(folder);
  const config = { peft_type: "LORA", base_model_name_or_path: base };
  await writeFile(join(adapter, "adapter_config.json"), JSON.stringify(config));
  await writeFile(join(base, "config.json"), "{}");
  await writeFile(join(base, "vsi-merge.json"), JSON.stringify({ schema: "vsi-merge/1" }));
  const before = await folderContent(base);
  for (const [out, noun] of [
    [base, "the base model that the adapter was trained on"],
    [adapter, "the adapter"],
  ] as const) {
    const { exitCode, stderr } = await runVsiTrain(["merge", adapter, "--out", out, "--overwrite"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(`is the folder of ${noun}`) });
  }
  expect(await folderContent(base)).toEqual(before);
});

describe("what is no run", () => {
  test.each([
    ["report", (folder: string) => ["report", folder]],
    ["report of a file", (folder: string) => ["report", join(folder, "a.txt")]],
    ["merge", (folder: string) => ["merge", folder, "--out", join(folder, "out")]],
  ])("regression: %s ended with 1, or spoke of where the report goes", async (_, words) => {
    const folder = await mkdtemp(join(FOLDER, "none-"));
    await writeFile(join(folder, "a.txt"), "");
    const { exitCode, stderr } = await runVsiTrain(words(folder), await newCache());
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/run\.json: got nothing, expected the record of a run\. Give the folder of a run/);
    expect(await readdir(folder)).toEqual(["a.txt"]);
  });
});
