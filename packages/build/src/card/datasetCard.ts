import type { Manifest } from "@vsi/dataset";
import { countOf } from "@vsi/report";
import { buildWords } from "./buildWords.ts";
import { cardHeader, type DataFiles } from "./cardHeader.ts";
import { chartPath } from "./chartPath.ts";
import { citations } from "./citations.ts";
import { answerTable, countTable, rejectTable } from "./countTables.ts";
import { exampleTable } from "./exampleTable.ts";
import { framesSection } from "./framesSection.ts";
import { isPublished } from "./isPublished.ts";
import { knownLimits } from "./knownLimits.ts";
import { licenceOf } from "./licenceOf.ts";
import { recordedSettings } from "./recordedSettings.ts";
import type { QuestionsSummary } from "./summarizeQuestions.ts";

/**
 * The dataset's README.md: a Hugging Face card that says what is in the folder, how it was made and what is known against
 * it. All of it is counted from the questions or stands in the manifest.
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
