import { useEffect, useState } from "preact/hooks";
import type { AuditData, Overview, QuestionTable, RunData, SceneData } from "../data/contract.ts";
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
      (error: unknown) =>
        isWanted && setLoaded({ name, state: { error: error instanceof Error ? error.message : String(error) } }),
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
