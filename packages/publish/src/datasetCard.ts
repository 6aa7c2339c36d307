import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Manifest, Question } from "@vsi/dataset";
import { writeFileAtomically } from "@vsi/dataset/node";
import { markdownTable } from "@vsi/report";
import { countOf } from "@vsi/report/internal";
import { cardHeader, type DataFiles } from "./cardHeader.ts";
import { answerChart, answerTable, chartPath, countTable, rejectTable } from "./cardTables.ts";
import { buildWords, type DatasetSettings, recordedSettings } from "./settings.ts";
import type { QuestionsSummary, TypeSummary } from "./summary.ts";
import { citations, isPublished, knownLimits, licenceOf } from "./terms.ts";

/**
 * Writes README.md and its pictures into a dataset folder.
 *
 * @param parquetFiles by split, where there are any; the card then offers these to load.
 * @throws DatasetError as in fileError.
 */
export async function writeCard(
  folder: string,
  manifest: Manifest,
  summary: QuestionsSummary,
  parquetFiles: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  if (summary.types.length > 0) await mkdir(join(folder, "card"), { recursive: true });
  for (const ofType of summary.types) {
    await writeFileAtomically(join(folder, chartPath(ofType.type)), await answerChart(ofType));
  }
  const files = new Map<string, DataFiles>();
  for (const { split, questions, bytes } of summary.splits) {
    // `datasets` refuses a file without rows.
    if (questions === 0) continue;
    const shards = parquetFiles.get(split);
    files.set(
      split,
      shards === undefined
        ? { path: `data/${split}.jsonl`, bytes }
        : { path: `data/${split}-*.parquet`, bytes: await totalSize(folder, shards) },
    );
  }
  await writeFileAtomically(join(folder, "README.md"), datasetCard(manifest, summary, files));
}

async function totalSize(folder: string, paths: readonly string[]): Promise<number> {
  let size = 0;
  for (const path of paths) size += (await stat(join(folder, path))).size;
  return size;
}

/**
 * The dataset's README.md: a Hugging Face card that says what is in the folder, how it was made and what is known
 * against it. All of it is counted from the questions or stands in the manifest.
 *
 * @param files by split, what the header offers to load.
 */
export function datasetCard(
  manifest: Manifest,
  summary: QuestionsSummary,
  files: ReadonlyMap<string, DataFiles>,
): string {
  const settings = recordedSettings(manifest);
  const licence = licenceOf(summary);
  const published = isPublished(summary);
  const sections = [
    `# ${manifest.name}`,
    about(manifest, summary, published),
    "## Questions",
    countTable(manifest, summary),
    "## Answers",
    "What is answered how often, over all splits: who never looks is right with the most frequent answer, and nearest with the median.",
    answerTable(summary),
    summary.types.map(({ type }) => `![How often which answer of ${type} is right](${chartPath(type)})`).join("\n\n"),
    "## Examples",
    "Of each type the three questions with the smallest ids: a hash chose them.",
    ...summary.types.flatMap((ofType) => [`### ${ofType.type}`, exampleTable(ofType)]),
    "## How it was made",
    `\`\`\`sh\n${buildWords(settings, published).join(" ")}\n\`\`\``,
    `${versions(manifest)} All settings are in \`manifest.json\`. The same scans, settings and versions give the same bytes.`,
    "## Files",
    fileList(settings.format === "parquet", summary.types.length > 0),
    "## Frames",
    framesSection(settings, summary.scenesByDataset.has("scannet"), published),
    "## Checks",
    bullets(checks(manifest, summary)),
    "Candidates and scans that were refused, by reason (each with its numbers in `rejects.jsonl`):",
    rejectTable(manifest),
    "## Known limits",
    bullets(knownLimits(manifest, summary)),
    "## Verify",
    "```sh\nsha256sum -c SHA256SUMS   # the bytes\nvsi-build verify .        # every answer, from scenes/ and the questions' evidence\n```",
    "## Licence",
    licence.text,
    "## Citation",
    `\`\`\`bibtex\n${citations(manifest.protocol, summary).join("\n\n")}\n\`\`\``,
  ];
  return `${cardHeader(manifest, summary, licence, files)}\n${sections.map((section) => section.trimEnd()).join("\n\n")}\n`;
}

function about(manifest: Manifest, summary: QuestionsSummary, published: boolean): string {
  const scans = [...summary.scenesByDataset].map(([dataset, count]) => `${count.toLocaleString("en-US")} ${dataset}`);
  const from = scans.length === 0 ? "" : ` (with questions: ${scans.join(", ")})`;
  const warning =
    "\n\n**These are VSI-Bench's own test rooms** (from its published scene facts): evaluate on them, never train on them.";
  return `Questions about rooms, answered by the geometry of ${countOf(manifest.inputs.scans_read, "scan")}${from}, each with the evidence its answer rests on.${published ? warning : ""}`;
}

function versions({ versions }: Manifest): string {
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `Made by ${names.reverse().join(", ")}.`;
}

function fileList(hasParquet: boolean, hasCharts: boolean): string {
  return bullets([
    "`data/*.jsonl`: one question a line; `ground_truth` is the word or the number, `evidence` is what it rests on.",
    ...(hasParquet ? ["`data/*.parquet`: the same rows with the same fields."] : []),
    "`scenes/<scanId>.json`: the geometry the answers were computed from (metres, axis aligned, +Z up).",
    "`rejects.jsonl`: every scan left out and every candidate question refused, with the reason and the numbers.",
    "`manifest.json`, `croissant.json`: settings, versions and counts; [Croissant](https://mlcommons.org/croissant) metadata.",
    ...(hasCharts ? ["`card/*.svg`: the pictures above."] : []),
    "`SHA256SUMS`: the checksums of all of these.",
  ]);
}

function checks({ counts: { rejects } }: Manifest, { splits, sharedRooms }: QuestionsSummary): string[] {
  const rooms = splits.map(({ split, rooms }) => `${split} ${rooms.toLocaleString("en-US")}`).join(", ");
  return [
    `Splits are by physical room (sceneXXXX), never by scan. Rooms with questions: ${rooms}; in more than one split: ${sharedRooms}.`,
    "A build that would put a room of ScanNet's val list, where VSI-Bench's ScanNet rooms come from, into train stops.",
    `Dropped: ${rejects["duplicate-question"] ?? 0} repeated questions, ${rejects.contradiction ?? 0} that contradict another, ` +
      `${rejects["near-duplicate-scene"] ?? 0} of training scans that repeat a scan of another split.`,
  ];
}

function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

const UNIT_SIGNS = { m: " m", cm: " cm", m2: " m²", degree: "°", s: " s", count: "" } as const;

/** A type's examples: the questions with what their answers rest on. */
export function exampleTable({ examples }: TypeSummary): string {
  return markdownTable({
    columns: [
      { head: "id" },
      { head: "scan" },
      { head: "question" },
      { head: "answer" },
      { head: "measured", align: "right" },
      { head: "objects" },
    ],
    rows: examples.map((question) => [
      question.id,
      question.scene_name,
      [question.question, ...(question.options ?? [])].join(" "),
      question.mc_answer === null ? question.ground_truth : `${question.mc_answer} (${question.ground_truth})`,
      measured(question),
      question.evidence.object_ids.join(", "),
    ]),
  });
}

function measured({ evidence: { value, unit } }: Question): string | null {
  // Four digits, so that the rounding of the answer can be followed; the file has all of them.
  return value === null ? null : `${Number(value.toFixed(4))}${unit === null ? "" : UNIT_SIGNS[unit]}`;
}

/** What of the videos is in the folder, and how to get the rest. */
export function framesSection(settings: DatasetSettings, isScanNet: boolean, published: boolean): string {
  if (settings.frames === null) {
    return published
      ? "The dataset has no frames: it was made from facts about the scenes. The videos are those of the scenes' own datasets."
      : "The dataset has no frames. To sample them from the scans' streams (`<scanId>.sens`), and to ask only about what they show, build with `--frames N`.";
  }
  const named =
    "Every question lists its frames in `frames`; `scenes/<scanId>.json` has for each its index in the stream " +
    "(`<scanId>.sens`), its pose, and the objects it shows. `000120.jpg` is the colour image with index 120.";
  if (settings.pixels) {
    const terms =
      "\n\n**Their pixels are ScanNet's and must not be redistributed.** For a dataset that may be published, with the same " +
      "questions and the frames by name, build with `--no-pixels`.";
    return `The frames are in \`frames/<scanId>/\`. ${named}${isScanNet ? terms : ""}`;
  }
  const words = buildWords({ ...settings, pixels: true }, published).join(" ");
  const access = isScanNet
    ? "ScanNet's terms let questions and frame indices be published, but no pixels. To get them, accept the terms " +
      "(http://www.scan-net.org), download the streams with ScanNet's script (`--type .sens`, and the four files that vsi-build's README names), and build"
    : "To get the pixels, build from the same raw scans";
  return `The frames' pixels are left out (\`--no-pixels\`). ${named}\n\n${access}: the same questions come out, with \`frames/<scanId>/\` beside them.\n\n\`\`\`sh\n${words}\n\`\`\``;
}
