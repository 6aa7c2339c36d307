import { BEFORE } from "./before.ts";
import { type Ratio, ratioOf } from "./ratio.ts";
import type { TimedTurns, Turns } from "./turns.ts";

/** How many times VSI_BENCH_BEFORE's version takes what this one does, of the same rounds. */
export interface Compared {
  /** "a whole scan, generated rooms" */
  what: string;
  cpu?: Ratio;
  wall?: Ratio;
  memory?: Ratio;
  /** Why there is no ratio: what that version cannot do. */
  missing?: string;
}

/** The other version over this one in one work; nothing where no other version took part. */
export function compareTurns(
  { times, missing }: TimedTurns,
  what: string,
  name: string,
  nameBefore = name,
): Compared[] {
  const [now, before] = [times.get(name), times.get(BEFORE + nameBefore)];
  const reason = missing.get(BEFORE + nameBefore);
  if (reason !== undefined) return [{ what, missing: reason }];
  if (now === undefined || before === undefined) return [];
  return [{ what, cpu: ratioOf(before.cpu, now.cpu), wall: ratioOf(before.wall, now.wall) }];
}

/** An aim's ratio by that version's contenders of these names: AimedRatio's `before`, where all of them took part. */
export function aimBefore(
  { times }: Pick<TimedTurns, "times">,
  names: readonly string[],
  ratio: (...turns: Turns[]) => Ratio,
): { before?: Ratio } {
  const turns = names.flatMap((name) => times.get(BEFORE + name) ?? []);
  return turns.length < names.length ? {} : { before: ratio(...turns) };
}

/** A line of a table's notes for each contender that its version cannot do. */
export function missingNotes({ missing }: Pick<TimedTurns, "missing">): string[] {
  return [...missing].map(([name, reason]) => `Left out, "${name}": ${reason}.`);
}
