import type { History } from "./alarm.ts";
import { ALARMS } from "./alarms.ts";

/** An alarm that went off. */
export interface RaisedAlarm {
  name: string;
  /** The step at which it did. */
  step: number;
  message: string;
}

/** The alarms that go off at the last step of a history, without those raised before: each is raised once a run. */
export function newAlarms(history: History, raised: readonly RaisedAlarm[]): RaisedAlarm[] {
  const last = history.at(-1);
  if (last === undefined) return [];
  const known = new Set(raised.map(({ name }) => name));
  return ALARMS.filter(({ name }) => !known.has(name)).flatMap(({ name, check }) => {
    const message = check(history);
    return message === null ? [] : [{ name, step: last.step, message }];
  });
}
