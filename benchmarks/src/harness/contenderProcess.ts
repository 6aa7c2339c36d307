import { BenchmarkError } from "./errors.ts";
import { type Contenders, OutsideCost } from "./turns.ts";

/** Milliseconds: below this a turn is at the mercy of the scheduler (the raw read takes one or two). */
const SHORTEST_TURN = 100;

// Runs one contender in a process of its own: prepares it, says "ready", and answers every message with the mean
// milliseconds of a run of this turn, wall and CPU; where it fails, with the reason. `timeInTurn` starts it.
const [module = "", name = "", folder = ""] = process.argv.slice(2);

async function prepared(): Promise<() => unknown> {
  const { contenders } = (await import(module)) as { contenders: Contenders };
  const prepare = contenders[name];
  if (prepare === undefined) throw new RangeError(`${module} has no contender ${name}`);
  return prepare(folder);
}

async function timeTurn(work: () => unknown): Promise<{ wall: number; cpu: number }> {
  const start = performance.now();
  const cpuStart = process.cpuUsage();
  let outside = 0;
  let wall = 0;
  let runs = 0;
  do {
    const begun = performance.now();
    const done = await work();
    const own = performance.now() - begun;
    const cost = done instanceof OutsideCost ? done : null;
    outside += cost?.cpu ?? 0;
    wall += cost?.wall ?? own;
    runs += 1;
  } while (performance.now() - start < SHORTEST_TURN);
  const { user, system } = process.cpuUsage(cpuStart);
  return { wall: wall / runs, cpu: ((user + system) / 1000 + outside) / runs };
}

function fail(error: unknown): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (!(error instanceof BenchmarkError)) process.stderr.write(`${name}: ${stack}\n`);
  process.send?.({ failed: error instanceof BenchmarkError ? error.detail.got : message });
}

try {
  const work = await prepared();
  process.on("message", () => timeTurn(work).then((cost) => process.send?.(cost), fail));
  process.send?.("ready");
} catch (error) {
  fail(error);
}
