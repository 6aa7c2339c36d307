import { median } from "@vsi/dataset/internal";
import { BEFORE, commandsOf, NOW, reasonOf, versions } from "./harness/before.ts";
import { aimBefore, compareTurns, missingNotes } from "./harness/compared.ts";
import { BenchmarkError } from "./harness/errors.ts";
import type { Measurement } from "./harness/measurement.ts";
import { named } from "./harness/named.ts";
import { runMeasured } from "./harness/processes.ts";
import { type AimedRatio, ratioOf, ratioText } from "./harness/ratio.ts";
import type { TimedTurns } from "./harness/turns.ts";

const ROUNDS = 11;
const FLOOR = "node -e 0";

/** What starting a command takes, before it does anything. */
export const measurement: Measurement = {
  summary: "--help of every command against node -e 0",
  byDefault: true,
  flags: {},
  async measure({ folder, say }) {
    const words = new Map([[FLOOR, ["-e", "0"]]]);
    for (const version of versions()) {
      for (const [name, file] of commandsOf(version)) words.set(`${version.prefix}${name} --help`, [file, "--help"]);
    }
    say(`starting ${words.size - 1} commands in turn`);
    const timed = await startInTurn(words, folder);
    const { times } = timed;
    const floor = named(times, FLOOR).cpu;
    const ours = [...commandsOf(NOW).keys()].map((name) => `${name} --help`);
    const absent = versions().length === 1 ? [] : ours.filter((name) => !words.has(BEFORE + name));
    return [
      {
        title: "Starting a command",
        columns: ["command", "CPU, times node -e 0", "CPU ms", "ms"],
        rows: [...times].map(([name, { cpu, wall }]) => [
          name,
          ratioText(ratioOf(cpu, floor)),
          median(cpu).toFixed(0),
          median(wall).toFixed(0),
        ]),
        aims: ours.map(
          (name): AimedRatio => ({
            what: `${name}, CPU over ${FLOOR}`,
            bound: "at most",
            aim: 3,
            ratio: ratioOf(named(times, name).cpu, floor),
            ...aimBefore(timed, [name], ({ cpu }) => ratioOf(cpu, floor)),
          }),
        ),
        compared: [
          ...ours.flatMap((name) => compareTurns(timed, name, name)),
          ...absent.map((what) => ({ what, missing: "no such command" })),
        ],
        notes: [
          `Processes of their own, ${ROUNDS} rounds in turn; CPU is user and system time of all threads.`,
          ...missingNotes(timed),
        ],
      },
    ];
  },
};

/** As timeInTurn, but that each run is a process of its own. */
async function startInTurn(words: ReadonlyMap<string, readonly string[]>, folder: string): Promise<TimedTurns> {
  const times: TimedTurns["times"] = new Map([...words.keys()].map((name) => [name, { wall: [], cpu: [] }]));
  const missing: TimedTurns["missing"] = new Map();
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const name of times.keys()) {
      const run = await runMeasured(named(words, name));
      if (run.exitCode !== 0) {
        const error = failed(name, run.exitCode, run.complaint);
        if (!name.startsWith(BEFORE)) throw error;
        missing.set(name, reasonOf(error, folder));
        times.delete(name);
      } else if (round >= 0) {
        named(times, name).wall.push(run.seconds * 1000);
        named(times, name).cpu.push(run.cpu);
      }
    }
  }
  return { times, missing };
}

function failed(place: string, exitCode: number | null, complaint: string): BenchmarkError {
  return new BenchmarkError({
    place,
    got: `exit code ${exitCode}: ${complaint.trim()}`,
    expected: "exit code 0",
    advice: "Correct the command first.",
  });
}
