import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** How often a suite that waits for another one's work looks: little beside the seconds that the work takes. */
const LOOK_MS = 50;

/**
 * What `make` puts into a folder, made by the first suite that asks for it and read by all others of this run of Jest.
 * Whoever would change it works on a copy.
 *
 * @param name of the content: a name means the same everywhere.
 * @returns the folder (that of `placeOf`), with all of it in there.
 * @throws in every suite what `make` threw in the first one.
 */
export async function madeOnce(name: string, make: (folder: string) => Promise<unknown>): Promise<string> {
  const folder = placeOf(name);
  const outcome = `${folder}.outcome`;
  if (await isFirst(folder)) {
    const failure = await make(folder).then(
      () => "",
      (error: unknown) => String(error instanceof Error ? error.stack : error),
    );
    // Whole or not there: others read it as soon as it has its name.
    await writeFile(`${outcome}.part`, failure);
    await rename(`${outcome}.part`, outcome);
  }
  for (;;) {
    const failure = await readFile(outcome, "utf8").catch(() => null);
    if (failure === "") return folder;
    if (failure !== null) throw new Error(`${name} could not be made: ${failure}`);
    await wait(LOOK_MS);
  }
}

/** Where the content of this name is, or will be. */
export function placeOf(name: string): string {
  const shared = process.env.VSI_TEST_SHARED;
  if (shared === undefined) throw new Error("VSI_TEST_SHARED is set by jest.globalSetup.js: run this with Jest");
  return join(shared, name);
}

/** One suite alone makes the folder. */
function isFirst(folder: string): Promise<boolean> {
  return mkdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return false;
      throw error;
    },
  );
}
