import { chmod, cp, mkdir, mkdtemp, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { OLDEST_PYTHON } from "../../src/environment/findPython.ts";
import {
  copyWorkerPackage,
  PYTHON_FOLDER,
  readWorkerPackage,
  WORKER_DISTRIBUTION,
} from "../../src/environment/workerPackage.ts";
import { captureOutput } from "../../src/process/programOutput.ts";

const FOLDER = temporaryFolder();
const PACKAGE = join(PYTHON_FOLDER, "..");

/** A folder that holds a copy of our worker. */
async function copyOfOurs(): Promise<string> {
  const folder = join(await mkdtemp(join(FOLDER, "worker-")), "python");
  await cp(PYTHON_FOLDER, folder, { recursive: true });
  return folder;
}

test("the worker's version and oldest Python are those of the npm package", async () => {
  const { version } = JSON.parse(await readFile(join(PACKAGE, "package.json"), "utf8"));
  expect(await readWorkerPackage(PYTHON_FOLDER)).toMatchObject({ source: PYTHON_FOLDER, version });
  const project = await readFile(join(PYTHON_FOLDER, "pyproject.toml"), "utf8");
  expect(project).toContain(`\nname = "${WORKER_DISTRIBUTION}"\n`);
  expect(project).toContain(`\nrequires-python = ">=${OLDEST_PYTHON.join(".")}"\n`);
});

test("another byte or another name of a file is another worker; what tests and builds leave behind is not", async () => {
  const folder = await copyOfOurs();
  const { sha256 } = await readWorkerPackage(folder);
  expect(sha256).toBe((await readWorkerPackage(PYTHON_FOLDER)).sha256);
  for (const left of ["build/lib", "tests", "vsi_trainer.egg-info", "vsi_trainer/__pycache__", ".pytest_cache"]) {
    await mkdir(join(folder, left), { recursive: true });
    await writeFile(join(folder, left, "left.py"), "");
  }
  expect((await readWorkerPackage(folder)).sha256).toBe(sha256);
  const seen = new Set([sha256]);
  for (const [path, content] of [
    ["requirements.txt", "torch==0\n"],
    ["vsi_trainer/a.py", "1"],
    ["vsi_trainer/a.py", "2"],
    ["vsi_trainer/b.py", "2"],
  ] as const) {
    await writeFile(join(folder, path), content);
    seen.add((await readWorkerPackage(folder)).sha256);
  }
  expect(seen.size).toBe(5);
});

test("a folder that holds no package is named", async () => {
  await expect(readWorkerPackage(join(FOLDER, "none"))).rejects.toMatchObject({ code: "file-missing" });
});

test("the copy of a read-only folder can be built in", async () => {
  const folder = await copyOfOurs();
  await chmod(join(folder, "pyproject.toml"), 0o444);
  await chmod(join(folder, "vsi_trainer"), 0o555);
  const copy = join(await mkdtemp(join(FOLDER, "copy-")), "python");
  await copyWorkerPackage(await readWorkerPackage(folder), copy);
  for (const name of ["pyproject.toml", "vsi_trainer"]) expect((await stat(join(copy, name))).mode & 0o200).toBe(0o200);
  await chmod(join(folder, "vsi_trainer"), 0o755);
});

test("what npm publishes is what setup installs", async () => {
  const { exitCode, stdout } = await captureOutput(["npm", "pack", "--dry-run", "--json", PACKAGE]);
  expect(exitCode).toBe(0);
  const packed: string[] = JSON.parse(stdout)[0].files.map(({ path }: { path: string }) => path);
  const copy = join(await mkdtemp(join(FOLDER, "copy-")), "python");
  await copyWorkerPackage(await readWorkerPackage(PYTHON_FOLDER), copy);
  const copied = (await readdir(copy, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join("python", entry.parentPath.slice(copy.length), entry.name));
  expect(packed.filter((path) => path.startsWith("python/")).sort()).toEqual(copied.sort());
});
