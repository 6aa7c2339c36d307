import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { median } from "@vsi/dataset/internal";
import { BenchmarkError } from "./harness/errors.ts";
import type { Measurement } from "./harness/measurement.ts";
import { named } from "./harness/named.ts";
import { runMeasured } from "./harness/processes.ts";
import { type AimedRatio, ratioOf, ratioText } from "./harness/ratio.ts";

const ROUNDS = 11;
const FLOOR = "node -e 0";
const packages = new URL("../../packages/", import.meta.url);

/** What starting a command takes, before it does anything. */
export const measurement: Measurement = {
  summary: "--help of every command against node -e 0",
  byDefault: true,
  flags: {},
  async measure({ say }) {
    const words = new Map([[FLOOR, ["-e", "0"]]]);
    for (const [name, file] of await findCommands()) words.set(`${name} --help`, [file, "--help"]);
    const cpu = new Map([...words.keys()].map((name) => [name, [] as number[]]));
    say(`starting ${words.size - 1} commands in turn`);
    for (let round = -1; round < ROUNDS; round += 1) {
      for (const [name, command] of words) {
        const run = await runMeasured(command);
        if (run.exitCode !== 0) throw failed(name, run.exitCode, run.complaint);
        if (round >= 0) named(cpu, name).push(run.cpu);
      }
    }
    const floor = named(cpu, FLOOR);
    return [
      {
        title: "Starting a command",
        columns: ["command", "CPU, times node -e 0", "CPU ms"],
        rows: [...cpu].map(([name, times]) => [name, ratioText(ratioOf(times, floor)), median(times).toFixed(0)]),
        aims: [...cpu]
          .filter(([name]) => name !== FLOOR)
          .map(
            ([name, times]): AimedRatio => ({
              what: `${name}, CPU over ${FLOOR}`,
              bound: "at most",
              aim: 3,
              ratio: ratioOf(times, floor),
            }),
          ),
        notes: [`Processes of their own, ${ROUNDS} rounds in turn; CPU is user and system time of all threads.`],
      },
    ];
  },
};

/** Every package's commands, by name. */
async function findCommands(): Promise<[name: string, file: string][]> {
  const commands: [string, string][] = [];
  for (const name of (await readdir(packages)).sort()) {
    const folder = new URL(`${name}/`, packages);
    const { bin = {} } = JSON.parse(await readFile(new URL("package.json", folder), "utf8")) as {
      bin?: Record<string, string>;
    };
    for (const [command, file] of Object.entries(bin)) commands.push([command, fileURLToPath(new URL(file, folder))]);
  }
  return commands;
}

function failed(place: string, exitCode: number | null, complaint: string): BenchmarkError {
  return new BenchmarkError({
    place,
    got: `exit code ${exitCode}: ${complaint.trim()}`,
    expected: "exit code 0",
    advice: "Correct the command first.",
  });
}
