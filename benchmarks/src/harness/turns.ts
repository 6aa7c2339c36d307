import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { BEFORE, reasonOf, versions } from "./before.ts";
import { BenchmarkError } from "./errors.ts";
import { named } from "./named.ts";

/**
 * Ways to do the same work, by name, each with what prepares it: it gets the measurement's folder and returns the work,
 * which is then timed again and again. A file of benchmarks/src that uses `timeInTurn` exports this as `contenders`.
 */
export type Contenders = Readonly<Record<string, (folder: string) => Promise<() => unknown>>>;

/** Those of these names, in the order of the names. */
export function pick(contenders: Contenders, names: readonly string[]): Contenders {
  return Object.fromEntries(names.flatMap((name) => (contenders[name] ? [[name, contenders[name]]] : [])));
}

interface TurnOptions {
  /** Rounds that count; each runs every contender once. */
  rounds: number;
  /** Rounds before, so that code is compiled and files are in the page cache. */
  warmUpRounds: number;
}

/**
 * 15: an odd number has a median that was measured. 10: a scan's time was seen to fall over the first forty scans,
 * until all its code ran optimized.
 */
const TURN_DEFAULTS: TurnOptions = { rounds: 15, warmUpRounds: 10 };

/** For whole commands, which are new with each run. Two versions take a minute a round of the longest. */
export function commandTurns(): TurnOptions {
  return { rounds: versions().length === 1 ? 5 : 3, warmUpRounds: 1 };
}

/**
 * What a contender's work took outside of its own process, in a command that it ran: returned by the work, its CPU time is
 * added to the process's own, and its wall time, where it is known, stands for the whole.
 */
export class OutsideCost {
  /** Milliseconds of user and system time. */
  readonly cpu: number;
  /** Milliseconds. */
  readonly wall: number | null;

  constructor({ cpu, seconds = null }: { cpu: number; seconds?: number | null }) {
    this.cpu = cpu;
    this.wall = seconds === null ? null : seconds * 1000;
  }
}

/** Milliseconds of a run in each counted round, in the order of the rounds. */
export interface Turns {
  wall: number[];
  /** User and system time of all threads: what other programs do meanwhile hardly changes it. */
  cpu: number[];
}

export interface TimedTurns {
  /** By contender. */
  times: Map<string, Turns>;
  /** The contenders of VSI_BENCH_BEFORE's version that failed, each with the reason: it may lack what they measure. */
  missing: Map<string, string>;
}

/** What is timed: the `contenders` that a module exports. */
interface TurnSubject {
  /** The module's `import.meta.url`. */
  module: string;
  contenders: Contenders;
  /** Given to each contender. */
  folder: string;
  /** By contender, what its process gets in its environment besides. */
  environments?: Readonly<Record<string, NodeJS.ProcessEnv>>;
}

const processFile = fileURLToPath(new URL("./contenderProcess.js", import.meta.url));

/**
 * Runs the contenders in turn, A B C A B C, so that a slow moment of the machine falls on all of them. Each lives in a
 * process of its own: in a common one, the garbage of one is collected on the time of the next (a raw read after
 * @loaders.gl/ply took ten times as long).
 * @throws BenchmarkError when a contender of this version fails.
 */
export async function timeInTurn(
  { module, contenders, folder, environments = {} }: TurnSubject,
  options: Partial<TurnOptions> = {},
): Promise<TimedTurns> {
  const { rounds, warmUpRounds } = { ...TURN_DEFAULTS, ...options };
  const times = new Map<string, Turns>();
  const missing = new Map<string, string>();
  const processes = new Map<string, ChildProcess>();
  const leaveOut = (name: string, error: unknown): void => {
    if (!name.startsWith(BEFORE)) throw error;
    missing.set(name, reasonOf(error, folder));
    times.delete(name);
    processes.get(name)?.kill();
    processes.delete(name);
  };
  try {
    for (const name of Object.keys(contenders)) {
      const child = fork(processFile, [module, name, folder], { env: { ...process.env, ...environments[name] } });
      processes.set(name, child);
      times.set(name, { wall: [], cpu: [] });
      await nextMessage(child, name).catch((error) => leaveOut(name, error));
    }
    for (let round = -warmUpRounds; round < rounds; round += 1) {
      for (const [name, child] of processes) {
        child.send("run");
        const run = (await nextMessage(child, name).catch((error) => leaveOut(name, error))) as CostOfRun | undefined;
        if (round < 0 || run === undefined) continue;
        named(times, name).wall.push(run.wall);
        named(times, name).cpu.push(run.cpu);
      }
    }
    return { times, missing };
  } finally {
    for (const child of processes.values()) child.kill();
  }
}

/** What contenderProcess answers to "run", in milliseconds; where it cannot, it answers `{ failed }` to that or at once. */
type CostOfRun = { wall: number; cpu: number };

async function nextMessage(child: ChildProcess, name: string): Promise<unknown> {
  const answered = new AbortController();
  const failed = once(child, "exit", { signal: answered.signal }).then(([exitCode]) => {
    throw new BenchmarkError({
      place: name,
      got: `exit code ${exitCode}`,
      expected: "a measured time",
      advice: "Its error stands above.",
    });
  });
  try {
    const message = once(child, "message", { signal: answered.signal }).then(([value]) => value as unknown);
    const answer = await Promise.race([message, failed]);
    const { failed: reason } = answer as { failed?: string };
    if (reason === undefined) return answer;
    throw new BenchmarkError({
      place: name,
      got: reason,
      expected: "a measured time",
      advice: "Correct the contender.",
    });
  } finally {
    // The loser of the race is no longer waited for: its rejection must not end the process.
    failed.catch(() => {});
    answered.abort();
  }
}
