import { styleText } from "node:util";
import type { QuestionType, Reject } from "@vsi/dataset";
import { countOf, isRecord, printable } from "@vsi/dataset/internal";
import type { DatasetSettings } from "@vsi/publish";
import { RULES_NAMES, type RulesName } from "@vsi/questions";
import { LEAST_ROOMS } from "@vsi/questions/internal";
import Table from "cli-table3";
import { type BuildCounts, questionsOfType } from "./counts.ts";
import { missingFor } from "./options.ts";
import type { Shard } from "./shards.ts";

/** The closing table as data; `--json` prints it. */
export interface BuildReport {
  out: string;
  /** The part that was built; null for a whole dataset. */
  shard: Shard | null;
  scans_read: number;
  /** Scans that could not be used; each makes the exit code 1. */
  scans_skipped: { scan: string; code: string; message: string }[];
  /** ScanNet's test scans among those found: they have no annotation, which is not a failure. */
  test_scans: number;
  /** Scans that --exclude left out. */
  excluded_scans: number;
  /** Known irregularities that were repaired. */
  warnings: string[];
  /** Which rules chose the questions. */
  rules: RulesName;
  /**
   * Rooms that told what can be guessed from the words: 0 where they were too few; null for a shard, and where nothing
   * is balanced or thinned out.
   */
  rooms_learnt_from: number | null;
  /** Per type that was asked for: questions written, and candidates drawn and refused. Empty for a shard. */
  questions: Partial<Record<QuestionType, { made: number; refused: number }>>;
  seconds: number;
}

/** What a build or a merge knows when it is done. */
interface BuildOutcome {
  out: string;
  shard: Shard | null;
  settings: DatasetSettings;
  warnings: readonly string[];
  failures: readonly Reject[];
  testScans: number;
  excluded: number;
  scansRead: number;
  /** Null for a shard, whose questions are counted when it is merged. */
  counts: BuildCounts | null;
  /** `performance.now()` at the start. */
  started: number;
}

/** Whether a value is a build's report: an interrupted publication keeps it in a file that anyone may have changed. */
export function isBuildReport(value: unknown): value is BuildReport {
  if (!isRecord(value)) return false;
  const { shard, scans_skipped: skipped, warnings, questions, rules, rooms_learnt_from: rooms } = value;
  const numbers = [value.scans_read, value.test_scans, value.excluded_scans, value.seconds];
  return (
    shard === null &&
    Array.isArray(skipped) &&
    skipped.every((scan) => isRecord(scan) && typeof scan.scan === "string" && typeof scan.code === "string") &&
    Array.isArray(warnings) &&
    RULES_NAMES.some((name) => name === rules) &&
    (rooms === null || typeof rooms === "number") &&
    isRecord(questions) &&
    Object.values(questions).every(
      (row) => isRecord(row) && typeof row.made === "number" && typeof row.refused === "number",
    ) &&
    numbers.every((number) => typeof number === "number")
  );
}

export function buildReport(outcome: BuildOutcome): BuildReport {
  const { counts } = outcome;
  return {
    out: outcome.out,
    shard: outcome.shard,
    scans_read: outcome.scansRead,
    scans_skipped: outcome.failures
      .map((reject) => ({ scan: reject.scene_name, code: reject.code, message: reject.message }))
      .sort((a, b) => (a.scan < b.scan ? -1 : 1)),
    test_scans: outcome.testScans,
    excluded_scans: outcome.excluded,
    warnings: outcome.warnings.toSorted(),
    rules: outcome.settings.rules,
    rooms_learnt_from: counts === null ? null : roomsLearntFrom(outcome.settings, counts),
    questions: counts === null ? {} : questionRows(outcome.settings, counts),
    seconds: (performance.now() - outcome.started) / 1000,
  };
}

function questionRows(settings: DatasetSettings, counts: BuildCounts): BuildReport["questions"] {
  return Object.fromEntries(
    settings.types.map((type) => [type, { made: questionsOfType(counts, type), refused: counts.refused[type] ?? 0 }]),
  );
}

/** Rooms that told what can be guessed; null where no setting asks for it. */
function roomsLearntFrom({ balance, thinSizes }: DatasetSettings, counts: BuildCounts): number | null {
  return balance || thinSizes ? counts.roomsLearntFrom : null;
}

/**
 * Prints the closing table, or with `json` the report itself.
 *
 * @param source what was built from, to say what the types without any question would have needed; null after a merge.
 * @returns the command's exit code: 1 when a scan was skipped.
 */
export function printReport(
  report: BuildReport,
  { json, quiet }: { json: boolean; quiet: boolean },
  source: Source | null = null,
): number {
  if (json) process.stdout.write(printable(`${JSON.stringify(report, null, 2)}\n`));
  else if (!quiet) process.stdout.write(printable(`${closingTable(report, source)}\n`));
  return report.scans_skipped.length > 0 ? 1 : 0;
}

type Source = Parameters<typeof missingFor>[0];

/** How many skipped scans of a reason are named; all of them are in rejects.jsonl. */
const LISTED_SCANS = 10;

/** Rules only around the header and the total; the rows read as one block. */
const TABLE_LINES = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };

/** The table that closes a build: what was read, skipped and made. */
function closingTable(report: BuildReport, source: Source | null): string {
  const lines = [
    ...(report.shard === null ? [questionTable(report), ...emptyRows(report, source)] : []),
    `${countOf(report.scans_read, "scan")} read, ${count(report.scans_skipped.length)} skipped, ${report.seconds.toFixed(1)} seconds.`,
    `Chosen by ${report.rules} rules${learning(report.rooms_learnt_from)}.`,
  ];
  for (const [code, scans] of scansByReason(report)) {
    const named = scans.slice(0, LISTED_SCANS).join(", ");
    const more = scans.length > LISTED_SCANS ? ` and ${count(scans.length - LISTED_SCANS)} more` : "";
    lines.push(styleText("red", `  skipped (${code}): ${named}${more}`));
  }
  if (report.scans_skipped.length > 0) {
    lines.push("  rejects.jsonl has the file, the place and what to do for each.");
  }
  if (report.test_scans > 0) {
    lines.push(`${countOf(report.test_scans, "test scan")} skipped: ScanNet publishes no annotation for them.`);
  }
  if (report.excluded_scans > 0) lines.push(`${countOf(report.excluded_scans, "scan")} excluded by --exclude.`);
  lines.push(
    report.shard === null
      ? `Dataset written to ${report.out}`
      : `Shard ${report.shard.index}/${report.shard.total} written to ${report.out}. Once all ${report.shard.total} are there: vsi-build merge with the same --out`,
  );
  return lines.join("\n");
}

/** Why rows of the table are empty where no refusal tells it, and what to do about it. */
function emptyRows({ questions, scans_read: scans }: BuildReport, source: Source | null): string[] {
  const rows = Object.entries(questions) as [QuestionType, { made: number; refused: number }][];
  const neverAsked = rows.flatMap(([type, { made, refused }]) => (made + refused === 0 ? [type] : []));
  const needed = new Map<string, QuestionType[]>();
  for (const { type, need, advice } of source === null
    ? []
    : neverAsked.flatMap((one) => missingFor(source, [one]) ?? [])) {
    const what = `${need}: ${advice}`;
    needed.set(what, [...(needed.get(what) ?? []), type]);
  }
  const lines = Array.from(needed, ([what, types]) => {
    return `No ${types.join(", ")}, which ${types.length === 1 ? "needs" : "need"} ${what}.`;
  });
  if (scans === 0 || rows.some(([, { made }]) => made > 0)) return lines;
  const isRefused = rows.some(([, { refused }]) => refused > 0);
  const reason = isRefused
    ? "rejects.jsonl says why each candidate was refused"
    : "the scans hold nothing that these types ask about";
  return [...lines, `No questions at all: ${reason}. Read more scans, or ask other --types.`];
}

function learning(rooms: number | null): string {
  if (rooms === null) return "";
  if (rooms > 0) return `; what can be guessed was learned from ${countOf(rooms, "room")}`;
  return `; with fewer than ${LEAST_ROOMS} rooms, some answers may be guessed from the wording`;
}

function questionTable(report: BuildReport): string {
  const table = new Table({
    head: ["question type", "questions", "refused"],
    colAligns: ["left", "right", "right"],
    style: { head: [], border: [] },
    chars: TABLE_LINES,
  });
  for (const [type, row] of Object.entries(report.questions) as [QuestionType, { made: number; refused: number }][]) {
    table.push([type, count(row.made), count(row.refused)]);
  }
  table.push(["all", count(questionTotal(report)), ""]);
  return table.toString();
}

function questionTotal(report: BuildReport): number {
  return Object.values(report.questions).reduce((sum, row) => sum + row.made, 0);
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

function scansByReason(report: BuildReport): Map<string, string[]> {
  const reasons = new Map<string, string[]>();
  for (const { code, scan } of report.scans_skipped) reasons.set(code, [...(reasons.get(code) ?? []), scan]);
  return reasons;
}
