import { useEffect, useState } from "preact/hooks";
import type { AuditData, Overview, QuestionTable, RunData, SceneData, TrainingData } from "../data/contract.ts";
import { loadData } from "./load.ts";

/** What is being read: its value, or why there is none. */
export type Loaded<T> =
  | { value: T; error?: undefined }
  | { error: string; value?: undefined }
  | { value?: undefined; error?: undefined };

/** Scenes kept in memory: facts with frames are a megabyte, and one goes back and forth between a few. */
const KEPT_SCENES = 12;

const known = new Map<string, Promise<unknown>>();

/** One of the names of data/contract.ts, read once; of scenes the latest are kept. */
export function readOnce<T>(name: string): Promise<T> {
  const old = known.get(name);
  const value = old ?? loadData<T>(name);
  known.delete(name);
  known.set(name, value);
  // What failed may be there next time: a server that was started again.
  if (old === undefined) value.catch(() => known.delete(name));
  const scenes = [...known.keys()].filter((key) => key.startsWith("scene-"));
  for (const key of scenes.slice(0, -KEPT_SCENES)) known.delete(key);
  return value as Promise<T>;
}

/** The same for a component; nothing is read for null. */
export function useData<T>(name: string | null): Loaded<T> {
  const [loaded, setLoaded] = useState<{ name: string | null; state: Loaded<T> }>({ name, state: {} });
  useEffect(() => {
    if (name === null) return;
    let isWanted = true;
    readOnce<T>(name).then(
      (value) => isWanted && setLoaded({ name, state: { value } }),
      (error: unknown) => isWanted && setLoaded({ name, state: { error: messageOf(error) } }),
    );
    return () => {
      isWanted = false;
    };
  }, [name]);
  return loaded.name === name ? loaded.state : {};
}

export const useOverview = () => useData<Overview>("overview");
export const useQuestions = () => useData<QuestionTable>("questions");
export const useScene = (index: number | null) => useData<SceneData>(index === null ? null : `scene-${index}`);
export const useRun = (index: number | null) => useData<RunData>(index === null ? null : `run-${index}`);
export const useAudit = (isThere: boolean) => useData<AuditData>(isThere ? "audit" : null);

/** Several names at once, each as soon as it is there, in their order. */
export function useEach<T>(names: readonly string[]): Loaded<T>[] {
  const [loaded, setLoaded] = useState<ReadonlyMap<string, Loaded<T>>>(new Map());
  const wanted = names.join(" ");
  useEffect(() => {
    let isWanted = true;
    const set = (name: string, state: Loaded<T>) => isWanted && setLoaded((old) => new Map(old).set(name, state));
    // One after the other: the server works them out so, and whoever waits sees how far it is.
    const read = async () => {
      for (const name of wanted.split(" ").filter(Boolean)) {
        if (!isWanted) return;
        await readOnce<T>(name).then(
          (value) => set(name, { value }),
          (error: unknown) => set(name, { error: messageOf(error) }),
        );
      }
    };
    void read();
    return () => {
      isWanted = false;
    };
  }, [wanted]);
  return names.map((name) => loaded.get(name) ?? {});
}

/** A training's log grows by some lines a minute. */
const REFRESH_MS = 4000;

/** A training as it was last read, and why it could not be read again. */
export interface LoadedTraining {
  value?: TrainingData | undefined;
  error?: string | undefined;
}

/**
 * Trainings by index, read again every few seconds while they go on; what was read stays when reading fails later, and
 * comes up to date once it can be read again.
 */
export function useTrainings(count: number): LoadedTraining[] {
  const [loaded, setLoaded] = useState<readonly LoadedTraining[]>([]);
  useEffect(() => {
    let isWanted = true;
    const timers = new Map<number, ReturnType<typeof setTimeout>>();
    const running = new Set<number>();
    const set = (index: number, next: LoadedTraining) => {
      if (!isWanted) return;
      setLoaded((old) =>
        Array.from({ length: count }, (_, at) => (at === index ? { ...old[at], ...next } : (old[at] ?? {}))),
      );
    };
    const read = async (index: number): Promise<void> => {
      try {
        const value = await loadData<TrainingData>(`training-${index}`);
        set(index, { value, error: undefined });
        if (value.isRunning) running.add(index);
        else running.delete(index);
      } catch (error) {
        set(index, { error: messageOf(error) });
      }
      if (isWanted && running.has(index)) {
        timers.set(
          index,
          setTimeout(() => void read(index), REFRESH_MS),
        );
      }
    };
    for (let index = 0; index < count; index += 1) void read(index);
    return () => {
      isWanted = false;
      for (const timer of timers.values()) clearTimeout(timer);
    };
  }, [count]);
  return Array.from({ length: count }, (_, index) => loaded[index] ?? {});
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
