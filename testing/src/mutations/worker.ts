import { mkdirSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { VsiError } from "@vsi/dataset";
import { caseRandom } from "./random.ts";
import type { Inputs, Reader } from "./reader.ts";
import { makeReaders } from "./readers.ts";

/** What the watching thread tells. */
export interface Task {
  inputs: Inputs;
  seed: number;
  /** The cases from `first` to before `last`. */
  first: number;
  last: number;
  /** This reader alone; null for all. */
  only: string | null;
  /** Numbers that both threads see: the case at work, how many were read without an error, the reader at work. */
  progress: SharedArrayBuffer;
}

/** What the thread says first: the readers, in the order that the third number counts. */
export interface Names {
  names: string[];
}

/** Something that a reader must never do. */
export interface Finding {
  reader: string;
  case: number;
  /** The error's stack, "hang" or "memory". */
  what: string;
}

/** Smallest share of a reader, in turns. */
const TURNS_A_SHARE = 20;

/** A turn for each reader by its share, spread evenly: the n-th case of a seed is the same one on every machine. */
export function turnsOf(readers: readonly Pick<Reader, "name" | "share">[]): string[] {
  const turns = readers.flatMap(({ name, share }) => {
    const count = Math.max(1, Math.round(share * TURNS_A_SHARE));
    return Array.from({ length: count }, (_, turn) => ({ name, place: (turn + 0.5) / count }));
  });
  return turns.sort((one, other) => one.place - other.place).map(({ name }) => name);
}

/** Reads every case of the task; posts each finding, and each reader's name before its first case. */
async function work({ inputs, seed, first, last, only, progress }: Task): Promise<void> {
  const counts = new Int32Array(progress);
  mkdirSync(inputs.work, { recursive: true });
  const readers = new Map((await makeReaders(inputs)).map((reader) => [reader.name, reader]));
  const names = [...readers.keys()];
  parentPort?.postMessage({ names } satisfies Names);
  const turns = turnsOf([...readers.values()]);
  for (let number = first; number < last; number += 1) {
    Atomics.store(counts, 0, number);
    const name = only ?? (turns[number % turns.length] as string);
    Atomics.store(counts, 2, names.indexOf(name));
    try {
      await readers.get(name)?.run(caseRandom(seed, name, number));
      Atomics.add(counts, 1, 1);
    } catch (error) {
      if (!(error instanceof VsiError)) {
        const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
        parentPort?.postMessage({ reader: name, case: number, what } satisfies Finding);
      }
    }
  }
  Atomics.store(counts, 0, last);
}

if (parentPort !== null) await work(workerData as Task);
