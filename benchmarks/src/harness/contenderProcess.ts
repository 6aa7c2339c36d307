import type { Contenders } from "./turns.ts";

/** Milliseconds: below this a turn is at the mercy of the scheduler (the raw read takes one or two). */
const SHORTEST_TURN = 100;

// Runs one contender in a process of its own: prepares it, says "ready", and answers every message with the mean
// milliseconds of a run of this turn. `timeInTurn` starts it.
const [module = "", name = "", folder = ""] = process.argv.slice(2);
const { contenders } = (await import(module)) as { contenders: Contenders };
const prepare = contenders[name];
if (prepare === undefined) throw new RangeError(`${module} has no contender ${name}`);
const work = await prepare(folder);

process.on("message", async () => {
  const start = performance.now();
  let runs = 0;
  do {
    await work();
    runs += 1;
  } while (performance.now() - start < SHORTEST_TURN);
  process.send?.((performance.now() - start) / runs);
});
process.send?.("ready");
