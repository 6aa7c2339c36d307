import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import {
  explainFileError,
  type OutputFolder,
  openOutputFolder,
  progressStyle,
  publish,
  shellWord,
  startProgress,
  UsageError,
} from "@vsi/command";
import type { Values } from "@vsi/command/program";
import { printable } from "@vsi/dataset/internal";
import { writeChecksumsOf } from "@vsi/dataset/internal/node";
import { CHECKSUMS_FILE, hashFile, hashFolder, writeFileAtomically } from "@vsi/dataset/node";
import { SynthError } from "@vsi/synth";
import { checkRawScanNet, jpegColor, type RawScanNetOptions, writeRawScanNet } from "@vsi/synth/node";
import type { SAMPLES } from "./flags.ts";

/** Writes the rooms and says what to type next. */
export async function run(flags: Values<typeof SAMPLES>): Promise<number> {
  const { folder, rooms, firstRoom, seed, vertices, frames, depthSize, style, overwrite, quiet, json } = flags;
  const settings = { rooms, firstRoom, seed, vertexCount: vertices, frames, style, depthSize: sizeOf(depthSize) };
  checkRooms(settings);
  const target = await openOutputFolder(folder, {
    command: "vsi-build samples",
    argument: "samples",
    identity: SAMPLES_IDENTITY,
    resume: false,
    // Rooms that this call does not make stay. Whether those it does may be replaced is seen room by room.
    overwrite: true,
    beginsAgain: true,
    settings: JSON.stringify(settings),
    firstFiles: [SAMPLES_IDENTITY.file, LABEL_MAP_FILE],
  }).catch((error: unknown) => {
    throw explainFileError(error, folder);
  });
  try {
    if (target.finished === undefined) {
      const staging = target.stagingFolder;
      await rm(staging, { recursive: true, force: true });
      const progress = startProgress(rooms, "rooms", progressStyle(flags));
      const made = await writeRawScanNet(staging, {
        ...settings,
        colorEncoder: jpegColor,
        onRoom: async (sceneName) => {
          if (!overwrite) await checkUnchanged(target, sceneName);
          progress.done(sceneName);
        },
      }).finally(() => progress.stop());
      await writeFileAtomically(
        join(staging, SAMPLES_IDENTITY.file),
        `${JSON.stringify({ schema: SAMPLES_IDENTITY.schema, note: "Sample rooms, made by vsi-build samples" })}\n`,
      );
      // A stream of an earlier call must not stay beside a mesh of this one.
      const isMadeAnew = (path: string) => made.some((id) => isOfRoom(path, id));
      const earlier = [...target.ours].flatMap(([path, { sha256 }]) =>
        isMadeAnew(path) ? [] : [[path, sha256] as const],
      );
      const checksums = new Map([...earlier, ...(await hashFolder(staging))]);
      checksums.delete(CHECKSUMS_FILE);
      await writeChecksumsOf(staging, checksums);
      await publish(target, null);
    }
  } catch (error) {
    throw explainFileError(error, folder);
  } finally {
    target.release();
  }
  const [first, last] = [firstRoom, firstRoom + rooms - 1].map(
    (number) => `scene${String(number).padStart(4, "0")}_00`,
  );
  const report = { folder, scans: rooms, first, last };
  const said = printable(
    `${rooms === 1 ? `1 sample room, ${first},` : `${rooms} sample rooms, ${first} to ${last},`} written to ${folder}/scans (true answers in ${folder}/truth).\nNext: vsi-build --scannet ${shellWord(folder)}\n`,
  );
  if (json) process.stdout.write(printable(`${JSON.stringify(report)}\n`));
  else if (!quiet) process.stdout.write(said);
  return 0;
}

/**
 * Rooms that are there already stay, unless they are the same byte by byte: frames take long to film again.
 *
 * @throws UsageError where this call's room, which is in the staging folder by now, differs from it.
 */
async function checkUnchanged({ path, ours, workingFolder, stagingFolder }: OutputFolder, id: string): Promise<void> {
  for (const [file, { sha256 }] of ours) {
    if (!isOfRoom(file, id)) continue;
    const made = join(stagingFolder, file);
    if (existsSync(made) && (await hashFile(made)) === sha256) continue;
    // Refused, not interrupted: there is nothing to finish.
    await rm(workingFolder, { recursive: true });
    const filmed = ours.has(`scans/${id}/${id}.sens`) ? ", with frames" : "";
    throw new UsageError(
      `samples ${path}: holds another ${id}${filmed}, made with other settings. Add --overwrite to replace rooms of the same numbers, or choose another folder or --first-room.`,
    );
  }
}

function isOfRoom(path: string, id: string): boolean {
  return path.startsWith(`scans/${id}/`) || path === `truth/${id}.json`;
}

function sizeOf(size: Values<typeof SAMPLES>["depthSize"]): readonly [number, number] | null {
  return size === null ? null : [size.width, size.height];
}

/** The flag behind a library option, where the flag's own check can't catch everything. */
const FLAG_OF: Readonly<Record<string, string>> = {
  vertexCount: "--vertices",
  frames: "--frames",
  "firstRoom and rooms": "--first-room and --rooms",
};

/** Before a folder is made: a number that does not fit leaves nothing behind. */
function checkRooms(settings: RawScanNetOptions): void {
  try {
    checkRawScanNet(settings);
  } catch (error) {
    if (!(error instanceof SynthError)) throw error;
    const { detail } = error;
    const advice =
      error.code === "room-count" ? "Rooms are numbered up to 99999: use fewer, or start lower." : detail.advice;
    throw new SynthError(error.code, { ...detail, place: FLAG_OF[detail.place] ?? detail.place, advice });
  }
}

/** Identifies a folder of sample rooms: someone's own raw ScanNet folder is never written to. */
const SAMPLES_IDENTITY = { file: "samples.json", schema: "vsi-samples/1", noun: "folder of sample rooms" } as const;

const LABEL_MAP_FILE = "scannetv2-labels.combined.tsv";
