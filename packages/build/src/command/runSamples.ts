import { jpegColor, writeRawScanNet } from "@vsi/synth/node";
import type { SamplesFlags } from "./samplesFlags.ts";

/** Writes the rooms and says what to type next. */
export async function runSamples(flags: SamplesFlags): Promise<number> {
  const { folder, rooms, "first-room": firstRoom, seed, vertices, frames, style } = flags;
  const scanIds = await writeRawScanNet(folder, {
    rooms,
    firstRoom,
    seed,
    vertexCount: vertices,
    frames,
    style,
    colorEncoder: jpegColor,
  });
  process.stdout.write(
    `${scanIds.length} sample rooms, ${scanIds[0]} to ${scanIds.at(-1)}, written to ${folder}/scans (true answers in ${folder}/truth).\nNext: vsi-build --scannet ${folder}\n`,
  );
  return 0;
}
