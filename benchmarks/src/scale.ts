import { statfs } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { BenchmarkError } from "./harness/errors.ts";
import type { Measurement } from "./harness/measurement.ts";
import { runBuildCommand } from "./harness/processes.ts";
import { mebibytes, threeDigits } from "./harness/ratio.ts";
import { REAL_SIZE, writeRooms } from "./harness/rooms.ts";

/** The annotated scans of ScanNet v2 (train and val). */
const SCANNET_SCANS = 1513;

/** A room: 6.8 MB of files and 0.05 MB of the dataset, both measured; the rest for the working folder and to spare. */
const BYTES_A_ROOM = 8e6;

/** As many scans as ScanNet has, built in one go: with one worker, and with as many as there are cores. */
export const measurement: Measurement = {
  summary: "vsi-build on as many real-size scans as ScanNet has; seconds and peak memory",
  byDefault: false,
  flags: { rooms: { value: SCANNET_SCANS, help: "scans to write and build from; 8 MB of temporary disk each" } },
  async measure({ folder, flags: { rooms = SCANNET_SCANS }, say }) {
    await checkDisk(folder, rooms);
    const raw = `${folder}/raw`;
    say(`writing ${rooms} rooms`);
    await writeRooms(raw, { rooms, vertexCount: REAL_SIZE });
    const rows: string[][] = [];
    for (const workers of new Set(["1", String(availableParallelism())])) {
      say(`building from ${rooms} scans, workers: ${workers}`);
      const { seconds, peakMemory } = await runBuildCommand({ raw, folder, workers, scans: rooms });
      rows.push([String(rooms), workers, threeDigits(rooms / seconds), threeDigits(seconds), mebibytes(peakMemory)]);
    }
    return [
      {
        title: "As many scans as ScanNet has",
        columns: ["scans", "workers", "scans a second", "s", "peak resident memory"],
        rows,
        notes: [
          `All rooms different, ${REAL_SIZE} vertices each, just written: what of them fits into memory is read from the page cache. One run each.`,
        ],
      },
    ];
  },
};

async function checkDisk(folder: string, rooms: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const needed = rooms * BYTES_A_ROOM;
  if (free >= needed) return;
  throw new BenchmarkError({
    place: "disk space for temporary files",
    got: `${(free / 1e9).toFixed(1)} GB free`,
    expected: `${(needed / 1e9).toFixed(1)} GB for ${rooms} rooms`,
    advice: "Let TMPDIR name a folder on a larger disk, or give fewer --rooms.",
  });
}
