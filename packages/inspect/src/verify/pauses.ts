import { setImmediate } from "node:timers/promises";

/** Called between steps of long work; @throws the signal's reason once it is aborted. */
export type Pause = () => Promise<void>;

/** Milliseconds between two pauses: signals are heard within a second, and waiting costs nothing that is measured. */
const INTERVAL = 50;

/** Lets the event loop handle signals now and then. */
export function pausesOf(signal: AbortSignal | undefined): Pause {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < INTERVAL) return;
    await setImmediate();
    last = performance.now();
    signal?.throwIfAborted();
  };
}
