import { at } from "@vsi/dataset/internal";
import { NOW, reasonOf, type Version, versionBefore, versions } from "./harness/before.ts";
import { type Compared, missingNotes } from "./harness/compared.ts";
import type { Measurement } from "./harness/measurement.ts";
import { runBuildCommand } from "./harness/processes.ts";
import { type AimedRatio, mebibytes, type Ratio, ratioOf, threeDigits } from "./harness/ratio.ts";
import { SMALL_SIZE, writeRooms } from "./harness/rooms.ts";
import { workNotes } from "./harness/scanFiles.ts";

const SCAN_COUNTS = [10, 150, 1500];
const [FEWEST, MOST] = [at(SCAN_COUNTS, 0), at(SCAN_COUNTS, SCAN_COUNTS.length - 1)];

/** As many as two cores have by default, and one: a build of few scans takes only one of the two, 1,500 both. */
const WORKERS = ["2", "1"];
const DEFAULT_WORKERS = at(WORKERS, 0);

/** Bytes of each build, by `keyOf`; of those that failed, why. */
interface Peaks {
  peaks: Map<string, number>;
  missing: Map<string, string>;
}

/** Whether the memory of vsi-build grows with the number of scans. */
export const measurement: Measurement = {
  summary: "peak memory of vsi-build for 10, 150 and 1,500 small scans (1.7 GB of temporary files)",
  byDefault: true,
  flags: {},
  async measure({ folder, say }) {
    const measured: Peaks = { peaks: new Map(), missing: new Map() };
    for (const scans of SCAN_COUNTS) {
      const raw = `${folder}/raw-${scans}`;
      say(`building from ${scans} small scans`);
      await writeRooms(raw, { rooms: scans, vertexCount: SMALL_SIZE });
      for (const version of versions()) {
        for (const workers of WORKERS) {
          const key = keyOf(version, workers, scans);
          try {
            const { peakMemory } = await runBuildCommand({ version, raw, folder, workers, scans });
            measured.peaks.set(key, peakMemory);
          } catch (error) {
            if (version === NOW) throw error;
            measured.missing.set(key, reasonOf(error, folder));
          }
        }
      }
    }
    return [
      {
        title: "Peak memory of vsi-build",
        columns: ["scans", ...WORKERS.flatMap((workers) => [`--workers ${workers}`, `times that of ${FEWEST} scans`])],
        rows: versions().flatMap((version) => SCAN_COUNTS.map((scans) => rowOf(measured, version, scans))),
        aims: aimsOf(measured),
        compared: [FEWEST, MOST].flatMap((scans) => compare(measured, scans)),
        notes: [
          `The whole process, once for each build. Rooms of ${SMALL_SIZE} vertices in every row, smaller than real ones to save disk: the growth is what counts, not the size. The aim is that of --workers ${DEFAULT_WORKERS}: this version reads ${FEWEST} scans in one thread all the same, so that a part of its growth is the second thread's.`,
          ...(await workNotes()),
          ...missingNotes(measured),
        ],
      },
    ];
  },
};

function keyOf({ prefix }: Version, workers: string, scans: number): string {
  return `${prefix}${scans} scans, --workers ${workers}`;
}

function rowOf(measured: Peaks, version: Version, scans: number): string[] {
  const cells = WORKERS.flatMap((workers) => {
    const peak = measured.peaks.get(keyOf(version, workers, scans));
    const growth = growthOf(measured, version, workers, scans);
    return [peak === undefined ? "-" : mebibytes(peak), growth === null ? "-" : threeDigits(growth.median)];
  });
  return [version.prefix + scans, ...cells];
}

function aimsOf(measured: Peaks): AimedRatio[] {
  const [ratio = null, before = null] = versions().map((version) => growthOf(measured, version, DEFAULT_WORKERS, MOST));
  if (ratio === null) return [];
  const what = `peak memory, ${MOST} over ${FEWEST} small rooms`;
  return [{ what, bound: "at most", aim: 1.15, ratio, ...(before === null ? {} : { before }) }];
}

function growthOf({ peaks }: Peaks, version: Version, workers: string, scans: number): Ratio | null {
  const [peak, fewest] = [scans, FEWEST].map((count) => peaks.get(keyOf(version, workers, count)));
  return peak === undefined || fewest === undefined ? null : ratioOf([peak], [fewest]);
}

/** The other version's peak over this one's, by default; nothing where there is no other. */
function compare({ peaks, missing }: Peaks, scans: number): Compared[] {
  const version = versionBefore();
  if (version === null) return [];
  const key = keyOf(version, DEFAULT_WORKERS, scans);
  const [before, now] = [peaks.get(key), peaks.get(keyOf(NOW, DEFAULT_WORKERS, scans))];
  const what = `${scans} small rooms`;
  if (before === undefined || now === undefined) return [{ what, missing: missing.get(key) ?? "not measured" }];
  return [{ what, memory: ratioOf([before], [now]) }];
}
