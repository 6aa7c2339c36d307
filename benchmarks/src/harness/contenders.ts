/**
 * Ways to do the same work, by name, each with what prepares it: it gets the measurement's folder and returns the work,
 * which is then timed again and again. A file of benchmarks/src that uses `timeInTurn` exports this as `contenders`.
 */
export type Contenders = Readonly<Record<string, (folder: string) => Promise<() => unknown>>>;
