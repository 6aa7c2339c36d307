import { at } from "@vsi/dataset/internal";
import type { Measurement } from "./harness/measurement.ts";
import { runBuildCommand } from "./harness/processes.ts";
import { mebibytes, ratioOf, threeDigits } from "./harness/ratio.ts";
import { SMALL_SIZE, writeRooms } from "./harness/rooms.ts";

const SCAN_COUNTS = [10, 150, 1500];
const WORKERS = "2";

/** Whether the memory of vsi-build grows with the number of scans. */
export const measurement: Measurement = {
  summary: "peak memory of vsi-build for 10, 150 and 1,500 small scans (1.7 GB of temporary files)",
  byDefault: true,
  flags: {},
  async measure({ folder, say }) {
    const peaks: number[] = [];
    for (const scans of SCAN_COUNTS) {
      const raw = `${folder}/raw-${scans}`;
      say(`building from ${scans} small scans`);
      await writeRooms(raw, { rooms: scans, vertexCount: SMALL_SIZE });
      const { peakMemory } = await runBuildCommand({ raw, folder, workers: WORKERS, scans });
      peaks.push(peakMemory);
    }
    return [
      {
        title: "Peak memory of vsi-build",
        columns: ["scans", "times that of 10 scans", "peak resident memory"],
        rows: SCAN_COUNTS.map((scans, index) => [
          String(scans),
          threeDigits(at(peaks, index) / at(peaks, 0)),
          mebibytes(at(peaks, index)),
        ]),
        aims: [
          {
            what: `peak memory, ${at(SCAN_COUNTS, SCAN_COUNTS.length - 1)} over ${at(SCAN_COUNTS, 0)} small rooms`,
            bound: "at most",
            aim: 1.15,
            ratio: ratioOf([at(peaks, peaks.length - 1)], [at(peaks, 0)]),
          },
        ],
        notes: [
          `The whole process with ${WORKERS} workers, once for each number of scans. Rooms of ${SMALL_SIZE} vertices in every row, smaller than real ones to save disk: the growth is what counts, not the size.`,
        ],
      },
    ];
  },
};
