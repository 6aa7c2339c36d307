import { type Block, type Page, renderPage } from "@vsi/report";
import { PUBLISHED_SOURCE, VSI_BENCH_QUESTIONS } from "../published/publishedResults.ts";
import type { ScoredAnswer } from "../score/scoreQuestion.ts";
import type { ScoreReport } from "../score/scoreReport.ts";
import { choiceConfusions } from "./choiceConfusions.ts";
import { numberScatters } from "./numberScatters.ts";
import { percent } from "./percent.ts";
import { publishedBars } from "./publishedBars.ts";
import { publishedTable } from "./publishedTable.ts";
import { scoreNotes } from "./scoreNotes.ts";
import { fullScoreTable } from "./scoreTables.ts";
import { settingsTable } from "./settingsTable.ts";

/** What the two metrics are, for a reader who sees the page first. */
const METRICS = [
  "Official is VSI-Bench's own metric (Yang et al., arXiv 2412.14171): the first word of an answer is compared. Numbers earn Mean Relative Accuracy, a tenth for each of ten tolerances from 50 down to 5 percent; choices earn all or nothing.",
  "Robust earns the same for what a forgiving reader understands: units, number words, tags, an option's text in place of its letter. Where official is far below robust the model knows more than its format shows.",
];

/** Of a checksum: enough to tell two files apart, and narrow enough for a phone; --json has all. */
const SHOWN_DIGITS = 16;

/** A score report as one HTML file: table, plots, unreadable answers, settings. */
export async function scorePage(report: ScoreReport, answers: readonly ScoredAnswer[]): Promise<string> {
  const { rows, bootstrap, data, predictions } = report;
  const [overall] = rows;
  const name = typeof report.settings?.model === "string" ? report.settings.model : predictions.file;
  const page: Page = {
    title: `${name} on ${data.file}`,
    lead: `Average ${percent(overall!.official) ?? "–"} by the official metric, ${percent(overall!.robust) ?? "–"} by the robust one.`,
    blocks: [
      { kind: "list", items: scoreNotes(report) },
      { kind: "table", table: fullScoreTable(rows, bootstrap.level) },
      { kind: "list", items: METRICS },
      ...(await publishedBlocks(report)),
      ...headed("Numbers: read against true", await numberScatters(answers)),
      ...headed("Choices: what was taken for what", await choiceConfusions(answers)),
      ...unreadableBlocks(report),
      { kind: "heading", text: "Settings" },
      ...settingsBlocks(report),
    ],
  };
  return renderPage(page);
}

async function publishedBlocks({ rows, questions_total }: ScoreReport): Promise<Block[]> {
  const blocks: Block[] = [{ kind: "heading", text: "Beside published results" }];
  if (questions_total !== VSI_BENCH_QUESTIONS) {
    blocks.push({
      kind: "warning",
      text: `The published results are over all ${VSI_BENCH_QUESTIONS.toLocaleString("en-US")} questions of VSI-Bench; these are over ${questions_total.toLocaleString("en-US")}, and not comparable with them.`,
    });
  }
  const caption = `Published: ${PUBLISHED_SOURCE}. Lines: bootstrap interval of these answers.`;
  blocks.push(
    { kind: "figure", svg: await publishedBars(rows), caption },
    { kind: "details", summary: "All published results", blocks: [{ kind: "table", table: publishedTable(rows) }] },
  );
  return blocks;
}

function headed(text: string, blocks: readonly Block[]): Block[] {
  return blocks.length === 0 ? [] : [{ kind: "heading", text }, ...blocks];
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

function settingsBlocks({ settings, data, predictions, bootstrap }: ScoreReport): Block[] {
  const scored = {
    data: data.file,
    "data's sha256 begins": data.sha256.slice(0, SHOWN_DIGITS),
    predictions: predictions.file,
    bootstrap,
  };
  const blocks: Block[] = [{ kind: "table", table: settingsTable(scored), caption: "How it was scored" }];
  if (settings === null) {
    blocks.push({ kind: "paragraph", text: "How the model was asked is not known: there was no settings.json." });
  } else {
    blocks.push({ kind: "table", table: settingsTable(settings), caption: "How the model was asked" });
  }
  return blocks;
}
