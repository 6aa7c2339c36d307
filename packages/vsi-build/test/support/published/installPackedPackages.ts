import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunResult } from "@vsi/testing/commands";
import { packWorkspaces } from "./packWorkspaces.ts";
import { runAsUser } from "./runAsUser.ts";

/** A project of a user who installed our packages, and what the two commands of its first minute said. */
export interface UserProject {
  /** Absolute path. */
  folder: string;
  /** `npx --no-install vsi-build samples ./raw --rooms 2` */
  samples: RunResult;
  /** `npx --no-install vsi-build --scannet ./raw`, which writes ./vsi-100k */
  build: RunResult;
  remove: () => Promise<void>;
}

/**
 * What a newcomer does who uses the packages outside the clone: packs them all, installs the folder of tarballs in an
 * empty folder, and builds a dataset there from sample rooms.
 */
export async function installPackedPackages(): Promise<UserProject> {
  const root = await mkdtemp(join(tmpdir(), "vsi-published-"));
  const folder = join(root, "user");
  await mkdir(folder);
  const tarballs = join(root, "tarballs");
  await mkdir(tarballs);
  const packed = await packWorkspaces(tarballs);
  // `npm i ./tarballs/*.tgz` takes what is there: nothing private, nothing left out.
  const files = (await readdir(tarballs)).map((name) => join(tarballs, name)).sort();
  const expected = [...packed.values()].sort();
  if (files.join() !== expected.join()) throw new Error(`npm run pack wrote ${files}, expected ${expected}`);
  await writeFile(
    join(folder, "package.json"),
    JSON.stringify({ name: "user", version: "1.0.0", private: true, type: "module" }),
  );
  const words = ["install", ...files, "--prefer-offline", "--no-audit", "--no-fund"];
  const installed = await runAsUser("npm", words, folder);
  if (installed.exitCode !== 0) throw new Error(`npm install of the tarballs failed:\n${installed.stderr}`);
  return {
    folder,
    samples: await runAsUser("npx", ["--no-install", "vsi-build", "samples", "./raw", "--rooms", "2"], folder),
    build: await runAsUser("npx", ["--no-install", "vsi-build", "--scannet", "./raw"], folder),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
