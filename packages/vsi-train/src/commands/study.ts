import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  checkOutsideDatasets,
  Interruption,
  LOCK_FILE,
  listenForSignals,
  SIGNAL_EXIT_CODES,
  shellWord,
  UsageError,
} from "@vsi/command";
import { terminalColumns, type Values } from "@vsi/command/program";
import { isRecord, printable } from "@vsi/dataset/internal";
import { fileError } from "@vsi/dataset/internal/node";
import { writeFileAtomically } from "@vsi/dataset/node";
import { type Table, textTable } from "@vsi/report";
import { findTrainerPython } from "../environment/trainerPython.ts";
import { lockOutput } from "../process/lockOutput.ts";
import { datasetHash } from "../run/runRecord.ts";
import { type AskedQuestions, checkEvaluation } from "../study/evaluate.ts";
import { type TrainingCost, trainingCosts } from "../study/hours.ts";
import { allRuns, type PlannedRun, planStudy } from "../study/plan.ts";
import { type FailedRun, runStudy } from "../study/runStudy.ts";
import { modelServers } from "../study/servers.ts";
import { checkRecords, modelHash, type RunState, type StudyInputs, stateOf } from "../study/state.ts";
import { readStudy, type Study } from "../study/studyFile.ts";
import { studyPage } from "../study/studyPage.ts";
import { type StudyTable, scoresTable, studyTable, tableMarkdown, tableNotes } from "../study/table.ts";
import type { STUDY } from "./studyFlags.ts";

type StudyFlags = Values<typeof STUDY>;

/** Says that a folder is a study's: what was run there last. */
const RECORD_FILE = "study.json";

const RECORD_SCHEMA = "vsi-study/1";

/**
 * Runs a study, or says what it would run.
 *
 * @returns the exit code: 0 all chosen cells are done, 1 one failed, 130 or 143 after a signal.
 * @throws UsageError before anything is run: the file, the plan, what is there already, and what vsi-eval refuses.
 */
export async function run(flags: StudyFlags): Promise<number> {
  const study = readStudy(flags.study);
  const runs = planStudy(study, flags);
  await checkOutsideDatasets("--out", flags.out, "folder");
  await checkOut(flags.out);
  for (const { base } of runs) checkModel(base);
  // All that is there goes into the table, whatever --only and --seeds choose.
  const all = allRuns(study, flags);
  const inputs = await readInputs(study, all, flags);
  await checkRecords(all, inputs);
  if (flags.dryRun) return await describe(study, runs, flags);
  const found = await findTrainerPython();
  if ("missing" in found && (await hasTraining(runs))) throw new UsageError(found.missing);
  const lock = lockOutput(flags.out, "vsi-train study");
  const interruption = listenForSignals();
  const signal = AbortSignal.any([interruption.signal, lock.lost]);
  try {
    const servers = modelServers({
      serve: flags.serve,
      log: join(flags.out, "server.log"),
      frames: Math.max(...[...inputs.asked.values()].map(({ frames }) => frames)),
      signal,
    });
    await writeStudyRecord(study, flags);
    let failed: FailedRun[] = [];
    try {
      failed = await runStudy(runs, {
        benchmark: flags.benchmark,
        framesDir: flags.framesDir,
        inputs,
        servers,
        quiet: flags.quiet,
        signal,
        onDone: async () => void (await writeTable(study, flags)),
      });
    } finally {
      await servers.close();
    }
    const table = await writeTable(study, flags);
    say(table, failed, flags);
    return failed.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Interruption)) throw error;
    process.stderr.write(`vsi-train study: ${error.message}. The same command goes on there.\n`);
    return SIGNAL_EXIT_CODES[error.signal];
  } finally {
    lock.release();
    interruption.stopListening();
  }
}

/** @throws UsageError for a folder with something else in it. */
async function checkOut(out: string): Promise<void> {
  const names = await readdir(out).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === "ENOENT") return [];
    throw fileError(error, out, "a folder to write the study to");
  });
  if (names.every((name) => name.startsWith(LOCK_FILE) || name.startsWith(RECORD_FILE) || name === "server.log"))
    return;
  const text = await readFile(join(out, RECORD_FILE), "utf8").catch(() => "");
  try {
    const record: unknown = JSON.parse(text);
    if (isRecord(record) && record.schema === RECORD_SCHEMA) return;
  } catch {
    // Falls through: a study's folder has its record before anything else.
  }
  throw new UsageError(
    `--out: ${out} is not empty and holds no study of vsi-train. Choose another folder; nothing was touched.`,
  );
}

/** @throws UsageError for what looks like a path and is none. */
function checkModel(base: string): void {
  if (existsSync(base) || !/^[./~]|\\/.test(base)) return;
  throw new UsageError(
    `--model: got ${base}, expected an existing folder, or a hub name such as Qwen/Qwen2-VL-2B-Instruct.`,
  );
}

/** Whether something is left to train. */
async function hasTraining(runs: readonly PlannedRun[]): Promise<boolean> {
  for (const run of runs) {
    if (run.options !== null && ["missing", "training"].includes(await stateOf(run))) return true;
  }
  return false;
}

/** What decides all runs' results: the data, the base models, and what each cell is asked. */
async function readInputs(study: Study, runs: readonly PlannedRun[], flags: StudyFlags): Promise<StudyInputs> {
  const models = new Map<string, string>();
  for (const { base } of runs) {
    if (models.has(base)) continue;
    const hash = await modelHash(base);
    if (hash !== null) models.set(base, hash);
  }
  const asked = new Map<string, AskedQuestions>();
  const known = new Map<string, AskedQuestions>();
  for (const cell of study.cells) {
    const { mode, evaluate } = cell;
    const key = JSON.stringify({ mode, evaluate });
    const { benchmark, framesDir } = flags;
    const found =
      known.get(key) ??
      (await checkEvaluation({ benchmark, framesDir, mode, flags: evaluate }, `${cell.place}: cell ${cell.id}`));
    known.set(key, found);
    asked.set(cell.id, found);
  }
  const isTraining = study.cells.some(({ method }) => method !== "base");
  return { data: flags.data, dataSha256: isTraining ? (await datasetHash(flags.data)).sha256 : "", asked, models };
}

async function writeStudyRecord(study: Study, flags: StudyFlags): Promise<void> {
  const { data, model, benchmark, framesDir } = flags;
  const record = {
    schema: RECORD_SCHEMA,
    study: study.name,
    file: study.file,
    data,
    model,
    benchmark,
    frames_dir: framesDir,
  };
  await writeFileAtomically(join(flags.out, RECORD_FILE), `${JSON.stringify(record, null, 2)}\n`);
}

/** Writes table.json, table.md and report.html of what is there. */
async function writeTable(study: Study, flags: StudyFlags): Promise<StudyTable> {
  const table = await studyTable(study, flags);
  const runs = allRuns(study, flags);
  const files = {
    "table.json": `${JSON.stringify(table, null, 2)}\n`,
    "table.md": tableMarkdown(table),
    "report.html": await studyPage(table, runs),
  };
  for (const [name, content] of Object.entries(files)) await writeFileAtomically(join(flags.out, name), content);
  return table;
}

function say(table: StudyTable, failed: readonly FailedRun[], flags: StudyFlags): void {
  const out = resolve(flags.out);
  if (flags.json) {
    const failures = failed.map(({ run: { cell, seed }, error }) => ({ cell: cell.id, seed, error }));
    process.stdout.write(printable(`${JSON.stringify({ out, table, failed: failures })}\n`));
    return;
  }
  if (flags.quiet) return;
  const lines = [
    ...(table.rows.length === 0 ? [] : [textTable(scoresTable(table), terminalColumns())]),
    ...tableNotes(table),
    ...failed.map(({ run: { cell, seed }, error }) => `Failed: ${cell.id}, seed ${seed}: ${error.split("\n")[0]}`),
    `Table and curves: ${["table.md", "table.json", "report.html"].map((name) => shellWord(join(flags.out, name))).join(", ")}`,
  ];
  process.stdout.write(printable(`${lines.join("\n")}\n`));
}

/** One line of --dry-run. */
interface PlannedLine {
  cell: string;
  seed: number;
  method: string;
  mode: string;
  from: string;
  state: RunState;
  /** False where only its model is needed, for a cell of --only. */
  evaluated: boolean;
  training: TrainingCost | null;
}

async function describe(study: Study, runs: readonly PlannedRun[], flags: StudyFlags): Promise<number> {
  const costOf = trainingCosts(flags.measured ?? []);
  const lines: PlannedLine[] = [];
  for (const run of runs) {
    const { cell, seed, isEvaluated } = run;
    const { id, method, mode, from } = cell;
    lines.push({
      ...{ cell: id, seed, method, mode, from, state: await stateOf(run), evaluated: isEvaluated },
      training: await costOf(run),
    });
  }
  if (flags.json) {
    process.stdout.write(printable(`${JSON.stringify({ study: study.name, runs: lines }, null, 2)}\n`));
    return 0;
  }
  const left = lines.filter(({ state, training }) => training !== null && ["missing", "training"].includes(state));
  const hours = left.map(({ training }) => training?.hours ?? null);
  const total = hours.every((one) => one !== null) ? hours.reduce<number>((sum, one) => sum + (one ?? 0), 0) : null;
  const closing =
    total === null
      ? "Hours are unknown: measure a step where you will train (vsi-train measure --json > FILE), then --measured FILE."
      : `About ${total.toPrecision(2)} hours of training are left, by what was measured; merging and evaluation are not in it.`;
  process.stdout.write(
    printable(
      `${study.name}: ${study.notes.trim()}\n${textTable(planTable(lines), terminalColumns())}\n${closing}\nNothing was run.\n`,
    ),
  );
  return 0;
}

function planTable(lines: readonly PlannedLine[]): Table {
  return {
    columns: [
      ...["cell", "seed", "method", "mode", "from", "state"].map((head) => ({ head })),
      ...["steps", "hours"].map((head) => ({ head, align: "right" as const })),
    ],
    rows: lines.map(({ cell, seed, method, mode, from, state, evaluated, training }) => [
      cell,
      String(seed),
      method,
      mode,
      method === "base" ? null : from,
      evaluated ? (state === "missing" ? "to do" : state) : `${state === "missing" ? "to do" : state}, for others`,
      training?.steps ?? null,
      training === null ? null : training.hours === null ? "unknown" : training.hours.toPrecision(2),
    ]),
  };
}
