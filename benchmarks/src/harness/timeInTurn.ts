import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** One way to do the work. */
export interface Contender {
  name: string;
  run: () => unknown;
}

export interface TurnOptions {
  /** Rounds that count; each runs every contender once. */
  rounds: number;
  /** Rounds before, so that code is compiled and files are in the page cache. */
  warmUpRounds: number;
}

/** 11 rounds: an odd number has a median that was measured; more changed no ratio's first two digits. */
export const TURN_DEFAULTS: TurnOptions = { rounds: 11, warmUpRounds: 2 };

/**
 * Runs the contenders in turn, A B C A B C, so that a slow moment of the machine falls on all of them.
 * @returns milliseconds of each counted round, by contender and in the order of the rounds.
 */
export async function timeInTurn(
  contenders: readonly Contender[],
  options: Partial<TurnOptions> = {},
): Promise<Map<string, number[]>> {
  const { rounds, warmUpRounds } = { ...TURN_DEFAULTS, ...options };
  const collectGarbage = garbageCollector();
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = -warmUpRounds; round < rounds; round++) {
    for (const { name, run } of contenders) {
      // Else one contender's garbage is collected on the next one's time.
      collectGarbage();
      const start = performance.now();
      await run();
      const milliseconds = performance.now() - start;
      if (round >= 0) times.get(name)!.push(milliseconds);
    }
  }
  return times;
}

function garbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}
