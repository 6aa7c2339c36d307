import { setTimeout as wait } from "node:timers/promises";
import { median } from "@vsi/dataset/internal";
import { type Version, versions } from "./harness/before.ts";
import { aimBefore, compareTurns, missingNotes } from "./harness/compared.ts";
import type { Measurement } from "./harness/measurement.ts";
import { named } from "./harness/named.ts";
import { runBuildCommand } from "./harness/processes.ts";
import { ratioOf, ratioText, threeDigits } from "./harness/ratio.ts";
import { REAL_SIZE, writeRooms } from "./harness/rooms.ts";
import { workNotes } from "./harness/scanFiles.ts";
import { type Contenders, commandTurns, OutsideCost, timeInTurn } from "./harness/turns.ts";

/** With 60, half of the time went into starting threads and code that was not optimized yet. */
const ROOMS = 200;
const ONE_WORKER = "1";
const TWO_WORKERS = "2";

/**
 * A build removes its kept results at its end, and ext4 looks past what was removed in the last 5 seconds for every file
 * that is made: 0.7 ms a file in place of 0.07, a tenth of the next build.
 */
const FORGET_MS = 6000;

export const contenders: Contenders = Object.fromEntries(
  versions().flatMap((version) =>
    [ONE_WORKER, TWO_WORKERS].map((workers) => [
      version.prefix + workers,
      async (folder: string) => () => build(version, workers, folder),
    ]),
  ),
);

/** How many scans a second vsi-build reads with one worker and with two. */
export const measurement: Measurement = {
  summary: "scans a second of vsi-build with 1 and 2 workers (1.4 GB of temporary files)",
  byDefault: true,
  flags: {},
  async measure({ folder, say }) {
    await writeRooms(`${folder}/raw`, { rooms: ROOMS, vertexCount: REAL_SIZE });
    say(`building from ${ROOMS} scans with 1 and 2 workers in turn`);
    const timed = await timeInTurn({ module: import.meta.url, contenders, folder }, commandTurns());
    const { times } = timed;
    const one = named(times, ONE_WORKER).wall;
    return [
      {
        title: "vsi-build with 1 and 2 workers",
        columns: ["workers", "times the speed of one worker now", "scans a second", "s", "CPU s"],
        rows: [...times].map(([name, { wall, cpu }]) => [
          name,
          ratioText(ratioOf(one, wall)),
          threeDigits((1000 * ROOMS) / median(wall)),
          threeDigits(median(wall) / 1000),
          threeDigits(median(cpu) / 1000),
        ]),
        aims: [
          {
            what: `two workers over one, scans a second, ${ROOMS} rooms of the real size`,
            bound: "at least",
            aim: 1.8,
            ratio: ratioOf(one, named(times, TWO_WORKERS).wall),
            ...aimBefore(timed, [ONE_WORKER, TWO_WORKERS], (before, two) => ratioOf(before.wall, two.wall)),
          },
        ],
        compared: [
          ...compareTurns(timed, `${ROOMS} rooms of the real size, one worker`, ONE_WORKER),
          ...compareTurns(timed, `${ROOMS} rooms of the real size, two workers`, TWO_WORKERS),
        ],
        notes: [
          `${ROOMS} rooms of ${REAL_SIZE} vertices in the page cache; the whole command, with the start of Node and the writing of the dataset.`,
          ...(await workNotes()),
          ...missingNotes(timed),
        ],
      },
    ];
  },
};

async function build(version: Version, workers: string, folder: string): Promise<OutsideCost> {
  await wait(FORGET_MS);
  return new OutsideCost(await runBuildCommand({ version, raw: `${folder}/raw`, folder, workers, scans: ROOMS }));
}
