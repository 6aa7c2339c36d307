import { QUESTION_TYPES, type QuestionType, typeNeeds } from "@vsi/dataset";
import { median } from "@vsi/dataset/internal";
import { jpegColor, writeRawScanNet } from "@vsi/synth/node";
import { type Version, versions } from "./harness/before.ts";
import { aimBefore, compareTurns, missingNotes } from "./harness/compared.ts";
import type { Measurement } from "./harness/measurement.ts";
import { named } from "./harness/named.ts";
import { runBuildCommand } from "./harness/processes.ts";
import { ratioOf, ratioText, threeDigits } from "./harness/ratio.ts";
import { REAL_SIZE } from "./harness/rooms.ts";
import { workNotes } from "./harness/scanFiles.ts";
import { type Contenders, commandTurns, OutsideCost, timeInTurn } from "./harness/turns.ts";

/** Frames of the stream: ten seconds at ScanNet's rate. */
const STREAM_FRAMES = 300;
const SAMPLED = "32";
const ALONE = `--frames ${SAMPLED}`;
const WITH_ORDER = `--frames ${SAMPLED} with appearance order`;

const TYPES: ReadonlyMap<string, readonly QuestionType[]> = new Map([
  [ALONE, QUESTION_TYPES.filter((type) => !typeNeeds(type, "first-seen"))],
  [WITH_ORDER, QUESTION_TYPES],
]);

export const contenders: Contenders = Object.fromEntries(
  versions().flatMap((version) =>
    [...TYPES].map(([name, types]) => [
      version.prefix + name,
      async (folder: string) => () => build(version, types, folder),
    ]),
  ),
);

/** What it costs to find in which order objects appear, for which the whole stream counts. */
export const measurement: Measurement = {
  summary: `a build with ${SAMPLED} frames of a stream of ${STREAM_FRAMES}, with and without appearance order`,
  byDefault: true,
  flags: {},
  async measure({ folder, say }) {
    say(`filming a room with ${STREAM_FRAMES} frames`);
    await writeRawScanNet(`${folder}/raw`, {
      rooms: 1,
      seed: 1,
      vertexCount: REAL_SIZE,
      frames: STREAM_FRAMES,
      depthSize: [640, 480],
      colorEncoder: jpegColor,
    });
    say("building from it in turn");
    const timed = await timeInTurn({ module: import.meta.url, contenders, folder }, commandTurns());
    const { times } = timed;
    const alone = named(times, ALONE).cpu;
    return [
      {
        title: "A build with frames",
        columns: ["work", "CPU, times frames alone now", "CPU s", "s"],
        rows: [...times].map(([name, { cpu, wall }]) => [
          name,
          ratioText(ratioOf(cpu, alone)),
          threeDigits(median(cpu) / 1000),
          threeDigits(median(wall) / 1000),
        ]),
        aims: [
          {
            what: `${WITH_ORDER}, CPU over frames alone`,
            bound: "at most",
            aim: 1.3,
            ratio: ratioOf(named(times, WITH_ORDER).cpu, alone),
            ...aimBefore(timed, [WITH_ORDER, ALONE], (ordered, before) => ratioOf(ordered.cpu, before.cpu)),
          },
        ],
        compared: [...TYPES.keys()].flatMap((name) => compareTurns(timed, name, name)),
        notes: [
          `One room of ${REAL_SIZE} vertices, a stream of ${STREAM_FRAMES} frames with a depth sensor's noise at 640x480; --protocol vsi-bench, one worker, the whole command.`,
          ...(await workNotes()),
          ...missingNotes(timed),
        ],
      },
    ];
  },
};

async function build(version: Version, types: readonly QuestionType[], folder: string): Promise<OutsideCost> {
  const flags = ["--protocol", "vsi-bench", "--frames", SAMPLED, "--types", types.join(",")];
  return new OutsideCost(
    await runBuildCommand({ version, raw: `${folder}/raw`, folder, workers: "1", scans: 1, flags }),
  );
}
