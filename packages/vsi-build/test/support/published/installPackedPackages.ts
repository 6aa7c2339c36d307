import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunResult } from "@vsi/testing/commands";
import { madeOnce } from "@vsi/testing/madeOnce";
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

/** In the project that is made once: what its two commands said. */
const SAID_FILE = "said.json";

/**
 * What a newcomer does who uses the packages outside the clone: packs them all, installs the tarballs in an empty folder,
 * and builds a dataset there from sample rooms. That is done once; each suite gets a project of its own with those
 * node_modules.
 */
export async function installPackedPackages(): Promise<UserProject> {
  const made = await madeOnce("installed-packages", installIn);
  const folder = await mkdtemp(join(tmpdir(), "vsi-published-"));
  for (const name of ["package.json", "raw", "vsi-100k"]) {
    await cp(join(made, name), join(folder, name), { recursive: true });
  }
  // A junction on Windows, where links need a permission.
  await symlink(join(made, "node_modules"), join(folder, "node_modules"), "junction");
  const said = JSON.parse(await readFile(join(made, SAID_FILE), "utf8")) as Pick<UserProject, "samples" | "build">;
  return { folder, ...said, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function installIn(folder: string): Promise<void> {
  const tarballs = [...(await packWorkspaces()).values()].sort();
  await writeFile(
    join(folder, "package.json"),
    JSON.stringify({ name: "user", version: "1.0.0", private: true, type: "module" }),
  );
  const words = ["install", ...tarballs, "--prefer-offline", "--no-audit", "--no-fund"];
  const installed = await runAsUser("npm", words, folder);
  if (installed.exitCode !== 0) throw new Error(`npm install of the tarballs failed:\n${installed.stderr}`);
  const said = {
    samples: await runAsUser("npx", ["--no-install", "vsi-build", "samples", "./raw", "--rooms", "2"], folder),
    build: await runAsUser("npx", ["--no-install", "vsi-build", "--scannet", "./raw"], folder),
  };
  await writeFile(join(folder, SAID_FILE), JSON.stringify(said));
}
