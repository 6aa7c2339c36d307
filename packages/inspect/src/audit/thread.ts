import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { UsageError } from "@vsi/command";
import type { FileErrorDetail } from "@vsi/dataset";
import { DatasetError } from "@vsi/dataset/node";
import { auditDataset, auditQuestions } from "./audit.ts";
import { chooseDropped } from "./debias.ts";

/**
 * Long computations without a pause: guessing 100,000 questions takes about 20 s, plus one type per round of debiasing.
 */
const TASKS = { auditDataset, auditQuestions, chooseDropped } as const;

type Tasks = typeof TASKS;

/**
 * Runs one of these in its own thread, so that the command can react to a signal meanwhile.
 *
 * @throws what the function throws: UsageError and DatasetError as such, anything else as an Error with the thread's
 * stack.
 */
export async function inThread<Name extends keyof Tasks>(
  name: Name,
  ...words: Parameters<Tasks[Name]>
): Promise<Awaited<ReturnType<Tasks[Name]>>> {
  const data: ThreadData = { vsiAudit: { name, words } };
  const worker = new Worker(new URL(import.meta.url), { workerData: data });
  try {
    const result = await new Promise<unknown>((resolve, reject) => {
      worker.once("message", (said: Said) => {
        if ("failure" in said) reject(errorOf(said.failure));
        else resolve(said.result);
      });
      worker.once("error", reject);
    });
    return result as Awaited<ReturnType<Tasks[Name]>>;
  } finally {
    await worker.terminate();
  }
}

interface ThreadData {
  vsiAudit: { name: keyof Tasks; words: unknown[] };
}

/** An error in plain data: it loses its class between threads. */
interface Failure {
  name: string;
  message: string;
  code: string | null;
  detail: FileErrorDetail | null;
  stack: string;
}

type Said = { result: unknown } | { failure: Failure };

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: "", message: String(error), code: null, detail: null, stack: "" };
  const { name, message, stack = message } = error;
  const { code = null, detail = null } = error as Partial<DatasetError>;
  return { name, message, code, detail, stack };
}

function errorOf({ name, message, code, detail, stack }: Failure): Error {
  if (name === "UsageError") return new UsageError(message);
  if (name === "DatasetError" && code !== null && detail !== null) return new DatasetError(code, detail);
  return Object.assign(new Error(message), { stack });
}

if (!isMainThread && (workerData as Partial<ThreadData> | null)?.vsiAudit !== undefined) {
  const { name, words } = (workerData as ThreadData).vsiAudit;
  const task = TASKS[name] as (...all: unknown[]) => Promise<unknown>;
  const said: Said = await task(...words).then(
    (result) => ({ result }),
    (error: unknown) => ({ failure: failureOf(error) }),
  );
  parentPort?.postMessage(said);
}
