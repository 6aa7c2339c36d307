import { QUESTION_TYPES } from "@vsi/dataset";
import { at, countOf } from "@vsi/dataset/internal";
import { type Block, csvTable, type Page, renderPage, type Table, textTable } from "@vsi/report";
import { percent } from "@vsi/report/internal";
import { groupOf } from "../foreignTypes.ts";
import {
  type ReaderShown,
  readerScore,
  type ScoredAnswer,
  type ScoreReport,
  type ScoreRow,
} from "../score/scorePredictions.ts";
import { isOfficialRow, rowLabel } from "../score/tableRows.ts";
import { intervalNote, percentInterval } from "./percent.ts";
import { shortLine } from "./perQuestion.ts";
import { choiceConfusions, numberScatters } from "./plots.ts";
import { publishedBlocks } from "./published.ts";
import { settingsTable } from "./run.ts";

/**
 * A score report's rows as CSV, for programs: one line per row, scores in 0 to 1 with all digits, empty fields for
 * missing values. Each reader has its score, the ends of its interval, and its name and version.
 */
export function scoreCsv({ rows, readers }: ScoreReport): Promise<string> {
  const heads = readers.flatMap(({ metric }) => [metric, `${metric}_low`, `${metric}_high`, `${metric}_reader`]);
  return csvTable({
    columns: ["row", "questions", "unread", ...heads].map((head) => ({ head })),
    rows: rows.map((row) => [
      row.row,
      row.questions,
      row.unread,
      ...readers.flatMap((reader) => {
        const { score, interval } = readerScore(row, reader);
        return [score, ...(interval ?? [null, null]), `${reader.name} ${reader.version}`];
      }),
    ]),
  });
}

/** What the scores are, for a reader who sees the page first. */
const METRICS = [
  "Numbers earn Mean Relative Accuracy (Yang et al., arXiv 2412.14171), a tenth for each of ten tolerances from 50 down to 5 percent; choices earn all or nothing. Programs differ in what they read in an answer: a score means something only with its reader.",
  "Where robust, the forgiving reader, is far above the benchmark's own, the model knows more than the format of its answers shows.",
];

/** Digits of a checksum: enough to tell two files apart, few enough for a phone; --json has all. */
const SHOWN_DIGITS = 16;

/**
 * A score report as one HTML file: table, plots, worst and unreadable answers, settings.
 *
 * @param plans of the worst answers' rooms, SVG by the question's id.
 */
export function scorePage(
  report: ScoreReport,
  answers: readonly ScoredAnswer[],
  plans: ReadonlyMap<string, string> = new Map(),
): string {
  const { rows, readers, bootstrap, data, predictions } = report;
  const overall = at(rows, 0);
  const name = typeof report.settings?.model === "string" ? report.settings.model : predictions.file;
  const page: Page = {
    title: `${name} on ${data.file}`,
    lead: `Average ${LIST.format(
      readers.map((reader) => `${percent(readerScore(overall, reader).score) ?? "–"} by ${reader.name}`),
    )}.`,
    blocks: [
      { kind: "list", items: scoreNotes(report) },
      { kind: "table", table: fullScoreTable(rows, readers, bootstrap.level) },
      {
        kind: "list",
        items: [...METRICS, ...readers.map(({ name, version, about }) => `${name} ${version}: ${about}.`)],
      },
      ...publishedBlocks(report),
      ...headed("Numbers: read against true", numberScatters(answers)),
      ...headed("Choices: confusions", choiceConfusions(answers)),
      ...worstBlocks(answers, plans),
      ...unreadableBlocks(report),
      { kind: "heading", text: "Settings" },
      ...settingsBlocks(report),
    ],
  };
  return renderPage(page);
}

function headed(text: string, blocks: readonly Block[]): Block[] {
  return blocks.length === 0 ? [] : [{ kind: "heading", text }, ...blocks];
}

/** Few enough to be read, many enough to see what goes wrong in each type. */
const WORST_PER_TYPE = 3;

/** Longer completions are cut on the page; --per-question has all of them. */
const LONGEST_COMPLETION = 400;

/**
 * The answers that were read and earned least, by type: numbers by how far off they are, choices in the order of the
 * questions.
 */
export function worstAnswers(answers: readonly ScoredAnswer[]): Map<string, ScoredAnswer[]> {
  const types = new Map<string, { answer: ScoredAnswer; distance: number }[]>();
  for (const answer of answers) {
    if (answer.read?.value == null || answer.robust === 1) continue;
    const { question_type: type } = answer.question;
    types.set(type, [...(types.get(type) ?? []), { answer, distance: distanceOf(answer) }]);
  }
  return new Map(
    [...types].map(([type, ofType]) => {
      const worst = ofType.sort((a, b) => a.answer.robust - b.answer.robust || b.distance - a.distance);
      return [type, worst.slice(0, WORST_PER_TYPE).map(({ answer }) => answer)];
    }),
  );
}

function worstBlocks(answers: readonly ScoredAnswer[], plans: ReadonlyMap<string, string>): Block[] {
  const blocks = [...worstAnswers(answers)].map(([type, worst]): Block => {
    const figures = worst.flatMap(({ question: { id } }): Block[] => {
      const svg = plans.get(id);
      return svg === undefined
        ? []
        : [{ kind: "figure", svg, caption: `${id}: the room from above, with what was measured` }];
    });
    const table: Block = { kind: "table", table: worstTable(worst) };
    return { kind: "details", summary: rowLabel(type), blocks: [table, ...figures] };
  });
  if (blocks.length > 0 && plans.size > 0) blocks.unshift({ kind: "paragraph", text: SEEN_WITH_VIEW });
  return headed("Worst answers that were read", blocks);
}

/** Frames are under their sources' terms: a page that is sent around holds none. */
const SEEN_WITH_VIEW =
  "vsi-view DATASET --runs PREDICTIONS shows each with its frames and with what was measured: search for the id.";

function worstTable(answers: readonly ScoredAnswer[]): Table {
  const heads = ["question", "true", "read", "answer", "id"];
  return {
    columns: [...heads.map((head) => ({ head })), { head: "robust", align: "right" }],
    rows: answers.map(({ question, prediction, robust, read }) => [
      [question.question, ...(question.options ?? [])].join("\n"),
      question.mc_answer ?? question.ground_truth,
      read?.value ?? null,
      prediction === null ? null : shortened(prediction),
      question.id,
      percent(robust),
    ]),
  };
}

/** How many times too large or too small a number is, as a logarithm; 0 for a choice. */
function distanceOf({ question, read }: ScoredAnswer): number {
  if (typeof read?.value !== "number") return 0;
  const ratio = Math.abs(Math.log(read.value / Number(question.ground_truth)));
  return Number.isNaN(ratio) ? Number.POSITIVE_INFINITY : ratio;
}

function shortened(completion: string): string {
  return completion.length <= LONGEST_COMPLETION ? completion : `${completion.slice(0, LONGEST_COMPLETION)} …`;
}

function unreadableBlocks({ unreadable_examples }: ScoreReport): Block[] {
  const heads = ["question", "type", "why", "answer", "true"];
  const rows = unreadable_examples.map((example) => [
    example.id,
    example.question_type,
    example.why,
    example.prediction,
    example.ground_truth,
  ]);
  const caption = "The first few answers of each reason";
  const table: Block = { kind: "table", table: { columns: heads.map((head) => ({ head })), rows }, caption };
  return headed("Answers that could not be read", rows.length === 0 ? [] : [table]);
}

function settingsBlocks({ settings, data, predictions, bootstrap, readers, selection }: ScoreReport): Block[] {
  const scored = {
    readers: readers.map(({ name, version }) => `${name} ${version}`).join(", "),
    ...(selection.subset === null ? {} : { subset: selection.subset }),
    ...(selection.limit === null ? {} : { limit: selection.limit }),
    data: data.file,
    "data's sha256 begins": data.sha256.slice(0, SHOWN_DIGITS),
    predictions: predictions.file,
    bootstrap,
  };
  const blocks: Block[] = [{ kind: "table", table: settingsTable(scored), caption: "How it was scored" }];
  if (settings === null) {
    blocks.push({ kind: "paragraph", text: "How the model was asked is unknown: there was no settings.json." });
  } else {
    blocks.push({ kind: "table", table: settingsTable(settings), caption: "How the model was asked" });
  }
  return blocks;
}

/** "easy, medium and hard". */
const LIST = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** Notes that a reader of the score table needs, a sentence or two each. */
function scoreNotes({ rows, readers, bootstrap, unreadable, ...report }: ScoreReport): string[] {
  const { questions_total, scans_total, unanswered, selection } = report;
  const withoutInterval = rows.filter((row) => row.official !== null && row.official_interval === null);
  const notes = [
    `${countOf(questions_total, "question")} about ${countOf(scans_total, "scan")}; scores in percent. ` +
      intervalNote(bootstrap, scans_total, { without: withoutInterval.map(({ row }) => rowLabel(row)) }),
  ];
  if (selection.subset !== null) notes.push(`Only the subset ${selection.subset} of the benchmark.`);
  if (selection.limit !== null) {
    notes.push(`Only the first ${countOf(selection.limit, "question")}, the limit of the run's settings.`);
  }
  if (selection.unasked > 0) {
    notes.push(`${countOf(selection.unasked, "answer")} to questions that were not asked for, left aside.`);
  }
  notes.push(`Read by ${LIST.format(readers.map(({ name, version }) => `${name} ${version}`))}.`);
  const differing = differingReaders(rows, readers);
  if (differing !== null) notes.push(differing);
  if (unanswered > 0) notes.push(`${countOf(unanswered, "question")} without a prediction, each scored 0.`);
  const reasons = Object.entries(unreadable).sort(([, one], [, other]) => other - one);
  const refused = reasons.reduce((sum, [, count]) => sum + count, 0);
  if (refused > 0) {
    const listed = reasons.map(([reason, count]) => `${count.toLocaleString("en-US")} ${reason}`).join(", ");
    notes.push(`${countOf(refused, "answer")} could not be read, each scored 0 in robust: ${listed}.`);
  }
  // vsi-eval run finds it out from the server's token counts and keeps it with its settings.
  if (report.settings?.images === "dropped") {
    notes.push("The server dropped the images: the model answered without seeing the room.");
  }
  for (const { row, questions, official } of rows) {
    // A task with a single type has a value as soon as it has a question.
    if (questions === 0 || official !== null || row === "overall" || !isOfficialRow(row)) continue;
    const parts = QUESTION_TYPES.filter((type) => groupOf(type) === row).map((type) => type.slice(`${row}_`.length));
    notes.push(
      `${rowLabel(row)} has no value: VSI-Bench takes the mean of ${LIST.format(parts)}, and not all of them are present.`,
    );
  }
  return notes;
}

/** Two points: more than most claimed gains. */
const WARNED_DIFFERENCE = 0.02;

/** A warning where the readers that are shown differ by more than two points; null where they do not. */
function differingReaders(rows: readonly ScoreRow[], readers: readonly ReaderShown[]): string | null {
  const apart = rows.flatMap((row) => {
    const scores = readers.flatMap((reader) => {
      const { score } = readerScore(row, reader);
      return score === null ? [] : [{ name: reader.name, score }];
    });
    scores.sort((one, other) => one.score - other.score);
    const [lowest, highest] = [scores[0], scores.at(-1)];
    if (lowest === undefined || highest === undefined || highest.score - lowest.score <= WARNED_DIFFERENCE) return [];
    return `${rowLabel(row.row)} (${lowest.name} ${percent(lowest.score)}, ${highest.name} ${percent(highest.score)})`;
  });
  if (apart.length === 0) return null;
  const shown = apart.slice(0, NAMED_ROWS).join(", ");
  const more = apart.length > NAMED_ROWS ? ` and ${countOf(apart.length - NAMED_ROWS, "more row")}` : "";
  return `Warning: readers differ by more than two points in ${shown}${more}. Name the reader with the score.`;
}

/** How many rows a warning names. */
const NAMED_ROWS = 3;

/** The benchmark's table as printed in its paper, one column per task in percent: each reader above its interval. */
function officialScoreTable(rows: readonly ScoreRow[], readers: readonly ReaderShown[], level: number): Table {
  const shown = rows.filter(({ row }) => isOfficialRow(row));
  const interval = `${level * 100} %`;
  return {
    columns: [{ head: "" }, ...shown.map(({ row }) => ({ head: rowLabel(row), align: "right" as const }))],
    rows: [
      ...readers.flatMap((reader) => [
        [reader.name, ...shown.map((row) => percent(readerScore(row, reader).score))],
        [interval, ...shown.map((row) => narrow(percentInterval(readerScore(row, reader).interval)))],
      ]),
      ["questions", ...shown.map(({ questions }) => questions)],
      ["not read", ...shown.map(({ unread }) => unread)],
    ],
  };
}

/** Every row of the scores as a line of its own, numbers in percent. */
function fullScoreTable(rows: readonly ScoreRow[], readers: readonly ReaderShown[], level: number): Table {
  const interval = `${level * 100} %`;
  const heads = ["questions", "not read", ...readers.flatMap(({ name }) => [name, interval])];
  return {
    columns: [{ head: "task" }, ...heads.map((head) => ({ head, align: "right" as const }))],
    rows: rows.map((row) => [
      rowLabel(row.row),
      row.questions,
      row.unread,
      ...readers.flatMap((reader) => {
        const { score, interval } = readerScore(row, reader);
        return [percent(score), percentInterval(interval)];
      }),
    ]),
  };
}

/** The full table in 80 characters: the notes below it say what could not be read. */
function narrowScoreTable(rows: readonly ScoreRow[], readers: readonly ReaderShown[], level: number): Table {
  const { columns, rows: lines } = fullScoreTable(rows, readers, level);
  return {
    columns: columns.filter((_, index) => index !== UNREAD_COLUMN),
    rows: lines.map((cells) =>
      cells
        .filter((_, index) => index !== UNREAD_COLUMN)
        .map((cell, index) => (index > 0 && typeof cell === "string" ? narrow(cell) : cell)),
    ),
  };
}

/** Where the full table says how many answers could not be read. */
const UNREAD_COLUMN = 2;

/** Nine columns have to fit a terminal. */
function narrow(interval: string | null): string | null {
  return interval?.replace(" to ", "–") ?? null;
}

/** Few enough to be read below a table. */
const SHOWN_EXAMPLES = 5;

/**
 * A score report for a terminal: the paper's table, the other tasks, and what to know of the answers.
 *
 * @param width of the terminal, in characters: where the paper's table is wider, it has a line for each task instead.
 */
export function scoreText(report: ScoreReport, width = Number.POSITIVE_INFINITY): string {
  const { rows, readers, bootstrap, unreadable_examples } = report;
  const others = rows.filter(({ row }) => !isOfficialRow(row));
  const wide = textTable(officialScoreTable(rows, readers, bootstrap.level));
  const official = rows.filter(({ row }) => isOfficialRow(row));
  const isTooWide = wide.indexOf("\n") > width;
  const lines = [isTooWide ? textTable(narrowScoreTable(official, readers, bootstrap.level), width) : wide];
  if (others.length > 0) {
    const table = isTooWide
      ? narrowScoreTable(others, readers, bootstrap.level)
      : fullScoreTable(others, readers, bootstrap.level);
    lines.push("Not in the average:", textTable(table, width));
  }
  lines.push(...scoreNotes(report));
  for (const { id, why, prediction, ground_truth } of unreadable_examples.slice(0, SHOWN_EXAMPLES)) {
    lines.push(`  ${id} (${why}): ${shortLine(prediction)}; true: ${shortLine(ground_truth)}`);
  }
  if (unreadable_examples.length > 0) lines.push("  --per-question FILE lists every answer and how it was read.");
  return lines.join("\n");
}
