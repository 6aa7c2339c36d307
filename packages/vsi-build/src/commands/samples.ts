import { rm } from "node:fs/promises";
import { join } from "node:path";
import { explainFileError, openOutputFolder, publish, wholeNumber } from "@vsi/command";
import { printable } from "@vsi/dataset";
import { CHECKSUMS_FILE, hashFolder, writeChecksumsOf, writeFileAtomically } from "@vsi/dataset/node";
import { ROOM_STYLES, SynthError } from "@vsi/synth";
import {
  checkRawScanNet,
  jpegColor,
  RAW_SCANNET_DEFAULTS,
  type RawScanNetOptions,
  writeRawScanNet,
} from "@vsi/synth/node";
import type { Argv } from "yargs";

/** Writes the rooms and says what to type next. */
export async function runSamples(flags: SamplesFlags): Promise<number> {
  const { folder, rooms, "first-room": firstRoom, seed, vertices, frames, style } = flags;
  const settings = { rooms, firstRoom, seed, vertexCount: vertices, frames, style };
  checkRooms(settings);
  const target = await openOutputFolder(folder, {
    command: "vsi-build samples",
    argument: "samples",
    identity: SAMPLES_IDENTITY,
    resume: false,
    // Rooms of an earlier call may be overwritten; rooms that this call does not make stay.
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
      await writeRawScanNet(staging, { ...settings, colorEncoder: jpegColor });
      await writeFileAtomically(
        join(staging, SAMPLES_IDENTITY.file),
        `${JSON.stringify({ schema: SAMPLES_IDENTITY.schema, note: "Sample rooms, made by vsi-build samples" })}\n`,
      );
      const earlier = [...target.ours].map(([path, { sha256 }]) => [path, sha256] as const);
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
  const said = printable(
    `${rooms} sample rooms, ${first} to ${last}, written to ${folder}/scans (true answers in ${folder}/truth).\nNext: vsi-build --scannet ${folder}\n`,
  );
  process.stdout.write(said);
  return 0;
}

/** The flag behind a library option, where the flag's own check can't catch everything. */
const FLAG_OF: Readonly<Record<string, string>> = {
  vertexCount: "--vertices",
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
      error.code === "room-count" ? "Rooms are numbered up to 9999: use fewer, or start lower." : detail.advice;
    throw new SynthError(error.code, { ...detail, place: FLAG_OF[detail.place] ?? detail.place, advice });
  }
}

/** Identifies a folder of sample rooms: someone's own raw ScanNet folder is never written to. */
const SAMPLES_IDENTITY = { file: "samples.json", schema: "vsi-samples/1", noun: "folder of sample rooms" } as const;

const LABEL_MAP_FILE = "scannetv2-labels.combined.tsv";

/** The sample rooms that `npm run demo` makes. */
const DEFAULT_SAMPLES = {
  rooms: 12,
  firstRoom: RAW_SCANNET_DEFAULTS.firstRoom,
  seed: 0,
  /** Small enough that twelve rooms take seconds; a real scan has about 150,000. */
  vertices: 20_000,
  /** None: most questions need no pictures, and rendering takes time. */
  frames: 0,
  style: RAW_SCANNET_DEFAULTS.style,
} as const;

/** The flags of `vsi-build samples`. */
export function samplesFlags(commandLine: Argv) {
  return commandLine
    .positional("folder", {
      type: "string",
      demandOption: true,
      describe: "Where the raw rooms go: FOLDER/scans/scene9000_00/ and so on",
    })
    .option("rooms", {
      type: "number",
      default: DEFAULT_SAMPLES.rooms,
      coerce: wholeNumber("--rooms", 1),
      describe: "How many rooms",
    })
    .option("first-room", {
      type: "number",
      default: DEFAULT_SAMPLES.firstRoom,
      coerce: wholeNumber("--first-room", RAW_SCANNET_DEFAULTS.firstRoom),
      describe: "The first room's number, 9000 to 9999; other numbers are other rooms, to hold out",
    })
    .option("seed", {
      type: "number",
      default: DEFAULT_SAMPLES.seed,
      coerce: wholeNumber("--seed", 0),
      describe: "The same seed gives the same bytes",
    })
    .option("vertices", {
      type: "number",
      default: DEFAULT_SAMPLES.vertices,
      coerce: wholeNumber("--vertices", 1000),
      describe: "Mesh vertices a room; a real scan has about 150000",
    })
    .option("frames", {
      type: "number",
      default: DEFAULT_SAMPLES.frames,
      coerce: wholeNumber("--frames", 0),
      describe: "Also film each room with so many frames, written as its .sens (try 90)",
    })
    .option("style", {
      choices: ROOM_STYLES,
      default: DEFAULT_SAMPLES.style,
      describe: "Furnished as homes are, or plain: coloured blocks in a row, which a tiny model can learn to count",
    })
    .example("$0 samples ./raw", "12 rooms, then: vsi-build --scannet ./raw");
}

type SamplesFlags = Awaited<ReturnType<typeof samplesFlags>["argv"]>;
