import { readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Interruption, listenForSignals, SIGNAL_EXIT_CODES, shellWord, UsageError } from "@vsi/command";
import { checkOutsideDatasets, LOCK_FILE } from "@vsi/command/internal";
import { terminalColumns } from "@vsi/command/internal/program";
import type { Values } from "@vsi/command/program";
import { countOf, isRecord, printable, shownJson } from "@vsi/dataset/internal";
import { fileError } from "@vsi/dataset/internal/node";
import { writeFileAtomically } from "@vsi/dataset/node";
import { type Table, textTable } from "@vsi/report";
import { findTrainerPython } from "../environment/trainerPython.ts";
import { lockOutput } from "../process/lockOutput.ts";
import { checkDataset } from "../rows/prepareRows.ts";
import { datasetHash } from "../run/runRecord.ts";
import { typedCommand } from "../study/children.ts";
import { type AskedQuestions, checkEvaluation } from "../study/evaluate.ts";
import { type CostOf, measureWords, type TrainingCost, trainingCosts } from "../study/hours.ts";
import { allRuns, type PlannedRun, planStudy } from "../study/plan.ts";
import { checkTrainings, plannedRows } from "../study/plannedRows.ts";
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
  await checkOut(flags.out, study);
  // All that is there goes into the table, whatever --only and --seeds choose.
  const all = allRuns(study, flags);
  const inputs = await readInputs(study, all, flags);
  await checkRecords(all, inputs);
  const found = await findTrainerPython();
  const rowsOf = plannedRows();
  await checkTrainings(runs, rowsOf, "python" in found ? found.python : null);
  if (flags.dryRun) {
    const costOf = trainingCosts(flags.measured ?? [], rowsOf);
    return await describe(study, runs, { costOf, inputs, isJson: flags.json });
  }
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

/** @throws UsageError for a folder with something else in it, another study too. */
async function checkOut(out: string, { name }: Study): Promise<void> {
  const names = await readdir(out).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === "ENOENT") return [];
    throw fileError(error, out, "a folder to write the study to");
  });
  if (names.every((name) => name.startsWith(LOCK_FILE) || name.startsWith(RECORD_FILE) || name === "server.log"))
    return;
  const text = await readFile(join(out, RECORD_FILE), "utf8").catch(() => "");
  try {
    const record: unknown = JSON.parse(text);
    if (isRecord(record) && record.schema === RECORD_SCHEMA) {
      if (record.study === name) return;
      throw new UsageError(
        `--out: ${out} holds the study ${shownJson(record.study)}, got ${shownJson(name)}, whose table would take the place of the other's. Choose another folder, or name the study as it was; nothing was touched.`,
      );
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // Falls through: a study's folder has its record before anything else.
  }
  throw new UsageError(
    `--out: ${out} is not empty and holds no study of vsi-train. Choose another folder; nothing was touched.`,
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
async function readInputs(
  study: Study,
  runs: readonly PlannedRun[],
  { data, benchmark, framesDir }: StudyFlags,
): Promise<StudyInputs> {
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
    const flags = `${cell.place}: cell ${cell.id}`;
    const source = { benchmark: "--benchmark", framesDir: "--frames-dir", flags };
    const found = known.get(key) ?? (await checkEvaluation({ benchmark, framesDir, mode, flags: evaluate }, source));
    known.set(key, found);
    asked.set(cell.id, found);
  }
  const isTraining = study.cells.some(({ method }) => method !== "base");
  if (isTraining) await checkData(data);
  return { data, dataSha256: isTraining ? (await datasetHash(data)).sha256 : "", asked, models };
}

/** @throws UsageError for what no training of any cell could be made of. */
async function checkData(data: string): Promise<void> {
  // A file's frames are a matter of the cells' settings.
  if ((await stat(data).catch(() => null))?.isFile() === true && data.endsWith(".jsonl")) return;
  try {
    await checkDataset(data);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`--data: ${error.message}`);
    throw error;
  }
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

/** What a dry run is told. */
interface DescribeOptions {
  costOf: CostOf;
  inputs: StudyInputs;
  isJson: boolean;
}

async function describe(study: Study, runs: readonly PlannedRun[], options: DescribeOptions): Promise<number> {
  const { costOf, inputs, isJson } = options;
  const lines: PlannedLine[] = [];
  for (const run of runs) {
    const { cell, seed, isEvaluated } = run;
    const { id, method, mode, from } = cell;
    lines.push({
      ...{ cell: id, seed, method, mode, from, state: await stateOf(run), evaluated: isEvaluated },
      training: await costOf(run),
    });
  }
  if (isJson) {
    process.stdout.write(printable(`${JSON.stringify({ study: study.name, runs: lines }, null, 2)}\n`));
    return 0;
  }
  const left = runs.flatMap((run, index) => {
    const { state, training } = lines[index] as PlannedLine;
    return training !== null && ["missing", "training"].includes(state) ? [{ run, hours: training.hours }] : [];
  });
  const asked = runs.flatMap(({ cell, isEvaluated }, index) => {
    const found = isEvaluated && lines[index]?.state !== "done" ? inputs.asked.get(cell.id) : undefined;
    return found === undefined ? [] : [found];
  });
  const text = [
    study.notes === "" ? study.name : `${study.name}: ${study.notes.trim()}`,
    textTable(planTable(lines), terminalColumns()),
    ...hoursLeft(left),
    ...(asked.length === 0 ? [] : [questionsLeft(asked)]),
    "Nothing was run.",
  ];
  process.stdout.write(printable(`${text.join("\n")}\n`));
  return 0;
}

function hoursLeft(left: readonly { run: PlannedRun; hours: number | null }[]): string[] {
  if (left.length === 0) return ["Nothing is left to train."];
  const known = left.flatMap(({ hours }) => hours ?? []);
  const sum = known.reduce((total, hours) => total + hours, 0).toPrecision(2);
  if (known.length === left.length) {
    return [`About ${sum} hours of training are left, by what was measured; merging and evaluation are not in it.`];
  }
  const unknown = left.flatMap(({ run: { options }, hours }) => (hours === null && options !== null ? [options] : []));
  const commands = [...new Set(unknown.map((options) => typedCommand(measureWords(options))))].map(
    (words, index) => `  vsi-train ${words} > measured-${index + 1}.json`,
  );
  const some = `About ${sum} hours for ${known.length} of ${countOf(left.length, "training")}, by what was measured.`;
  return [
    ...(known.length === 0 ? [] : [some]),
    `Hours are unknown: measure a step where you will train, then --measured FILE,FILE${known.length === 0 ? "" : " with those that are missing"}:`,
    ...commands,
  ];
}

function questionsLeft(asked: readonly AskedQuestions[]): string {
  const most = (of: (one: AskedQuestions) => number): number => Math.max(...asked.map(of));
  const questions = asked.reduce((sum, one) => sum + one.questions, 0);
  return `${countOf(asked.length, "model")} to serve and ask: ${countOf(questions, "question")} in all, about ${countOf(
    most(({ scenes }) => scenes),
    "scan",
  )}, with up to ${countOf(
    most(({ frames }) => frames),
    "frame",
  )} each; how long that takes depends on the server.`;
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
