import { at } from "@vsi/dataset/internal";
import { NOW, reasonOf, type Version, versions } from "./harness/before.ts";
import type { Compared } from "./harness/compared.ts";
import type { Measurement } from "./harness/measurement.ts";
import { runBuildCommand } from "./harness/processes.ts";
import { mebibytes, ratioOf, threeDigits } from "./harness/ratio.ts";
import { SMALL_SIZE, writeRooms } from "./harness/rooms.ts";

const SCAN_COUNTS = [10, 150, 1500];
const [FEWEST, MOST] = [at(SCAN_COUNTS, 0), at(SCAN_COUNTS, SCAN_COUNTS.length - 1)];

/** As many as two cores have by default, and one: a build of few scans takes only one of the two, 1,500 both. */
const WORKERS = ["2", "1"];
const DEFAULT_WORKERS = at(WORKERS, 0);

/** Bytes of each build, by `keyOf`; or why there is none. */
type Peaks = ReadonlyMap<string, number | string>;

/** Whether the memory of vsi-build grows with the number of scans. */
export const measurement: Measurement = {
  summary: "peak memory of vsi-build for 10, 150 and 1,500 small scans (1.7 GB of temporary files)",
  byDefault: true,
  flags: {},
  async measure({ folder, say }) {
    const peaks = new Map<string, number | string>();
    for (const scans of SCAN_COUNTS) {
      const raw = `${folder}/raw-${scans}`;
      say(`building from ${scans} small scans`);
      await writeRooms(raw, { rooms: scans, vertexCount: SMALL_SIZE });
      for (const version of versions()) {
        for (const workers of WORKERS) {
          const peak = runBuildCommand({ version, raw, folder, workers, scans }).then(({ peakMemory }) => peakMemory);
          peaks.set(
            keyOf(version, workers, scans),
            version === NOW ? await peak : await peak.catch((error) => reasonOf(error, folder)),
          );
        }
      }
    }
    const growth = (version: Version, workers: string) => {
      const [most, fewest] = [MOST, FEWEST].map((scans) => peaks.get(keyOf(version, workers, scans)));
      return typeof most === "number" && typeof fewest === "number" ? ratioOf([most], [fewest]) : null;
    };
    const [now, before] = versions().map((version) => growth(version, DEFAULT_WORKERS));
    return [
      {
        title: "Peak memory of vsi-build",
        columns: ["scans", ...WORKERS.flatMap((workers) => [`--workers ${workers}`, `times that of ${FEWEST} scans`])],
        rows: versions().flatMap((version) => SCAN_COUNTS.map((scans) => rowOf(peaks, version, scans))),
        aims:
          now == null
            ? []
            : [
                {
                  what: `peak memory, ${MOST} over ${FEWEST} small rooms`,
                  bound: "at most",
                  aim: 1.15,
                  ratio: now,
                  ...(before == null ? {} : { before }),
                },
              ],
        compared: versions()
          .slice(1)
          .flatMap((version) => [FEWEST, MOST].map((scans) => compare(peaks, version, scans))),
        notes: [
          `The whole process, once for each build. Rooms of ${SMALL_SIZE} vertices in every row, smaller than real ones to save disk: the growth is what counts, not the size. The aim is that of --workers ${DEFAULT_WORKERS}: this version reads ${FEWEST} scans in one thread all the same, so that a part of its growth is the second thread's.`,
        ],
      },
    ];
  },
};

function keyOf({ prefix }: Version, workers: string, scans: number): string {
  return `${prefix}${scans} scans, ${workers}`;
}

function rowOf(peaks: Peaks, version: Version, scans: number): string[] {
  const cells = WORKERS.flatMap((workers) => {
    const [peak, fewest] = [scans, FEWEST].map((count) => peaks.get(keyOf(version, workers, count)));
    const growth = typeof peak === "number" && typeof fewest === "number" ? threeDigits(peak / fewest) : "-";
    return [typeof peak === "number" ? mebibytes(peak) : "-", growth];
  });
  return [version.prefix + scans, ...cells];
}

/** The other version's peak over this one's, by default. */
function compare(peaks: Peaks, version: Version, scans: number): Compared {
  const [before, now] = [version, NOW].map((each) => peaks.get(keyOf(each, DEFAULT_WORKERS, scans)));
  const what = `${scans} small rooms`;
  if (typeof before !== "number" || typeof now !== "number") return { what, missing: String(before) };
  return { what, memory: ratioOf([before], [now]) };
}
