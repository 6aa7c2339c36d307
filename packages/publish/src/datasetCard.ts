import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Manifest, Question } from "@vsi/dataset";
import { countOf } from "@vsi/dataset/internal";
import { writeFileAtomically } from "@vsi/dataset/node";
import { markdownTable } from "@vsi/report";
import { cardHeader, type DataFiles } from "./cardHeader.ts";
import { answerChart, answerTable, chartPath, countTable, rejectTable } from "./cardTables.ts";
import { buildWords, type DatasetSettings, recordedSettings } from "./settings.ts";
import type { QuestionsSummary, TypeSummary } from "./summary.ts";
import {
  citations,
  isForEvaluation,
  isPublished,
  knownLimits,
  licenceOf,
  sourceTerms,
  termsBySource,
} from "./terms.ts";

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
    await writeFileAtomically(join(folder, chartPath(ofType.type)), answerChart(ofType));
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
  const licence = licenceOf(manifest, summary);
  const published = isPublished(manifest, summary);
  const hasOwn = summary.scenesByDataset.has("own");
  const hasTables = manifest.inputs.scenes_on_room_tables !== undefined;
  const sections = [
    `# ${manifest.name}`,
    about(manifest, summary),
    "## Questions",
    countTable(manifest, summary),
    "## Answers",
    "How often each answer occurs, over all splits. Without looking at the room, the most frequent answer is right most often; for numbers, the median comes closest.",
    answerTable(summary),
    summary.types.map(({ type }) => `![How often each answer of ${type} occurs](${chartPath(type)})`).join("\n\n"),
    "## Examples",
    "Three questions per type: those with the smallest ids, which are hashes.",
    ...summary.types.flatMap((ofType) => [`### ${ofType.type}`, exampleTable(ofType)]),
    "## How it was made",
    `\`\`\`sh\n${buildWords(settings, published, hasOwn, hasTables).join(" ")}\n\`\`\``,
    `${versions(manifest)} All settings are in \`manifest.json\`. The same scans, settings and versions produce the same bytes.`,
    "## Files",
    fileList(settings.format === "parquet", summary.types.length > 0, settings.frames !== null && settings.pixels),
    "## Frames",
    framesSection(settings, summary.scenesByDataset.has("scannet"), published, hasOwn, hasTables),
    ...heldPixels(settings, summary),
    ...(summary.unposedScenes > 0
      ? [
          `The frames of ${countOf(summary.unposedScenes, "scene")} have no poses: they are evenly sampled pictures of a video, and **what they show was not measured**. Questions about these scenes are about the whole room, whether or not a frame shows it; none asks about the camera or the order of appearance.`,
        ]
      : []),
    ...(settings.frames !== null && settings.pixels && files.size > 0
      ? ["## Load it in Python", pythonSnippet(files.keys().next().value ?? "train", settings)]
      : []),
    "## Checks",
    bullets(checks(manifest, summary)),
    "Refused candidates and skipped scans, by reason (details in `rejects.jsonl`):",
    rejectTable(manifest),
    "## Known limits",
    bullets(knownLimits(manifest, summary)),
    "## Verify",
    "```sh\nsha256sum -c SHA256SUMS   # the bytes\nvsi-build verify .        # every answer, from scenes/ and the questions' evidence\n```",
    "## Licence",
    licence.text,
    ...(summary.scenesByDataset.size === 0 ? [] : ["By source:", bullets(termsBySource(summary))]),
    "## Citation",
    `\`\`\`bibtex\n${citations(manifest.protocol, summary).join("\n\n")}\n\`\`\``,
  ];
  return `${cardHeader(manifest, summary, licence, files)}\n${sections.map((section) => section.trimEnd()).join("\n\n")}\n`;
}

/** A warning of frames in the folder that may not be passed on; ScanNet's is framesSection's. */
function heldPixels(settings: DatasetSettings, { scenesByDataset }: QuestionsSummary): string[] {
  if (settings.frames === null || !settings.pixels) return [];
  const held = [...scenesByDataset.keys()].filter((name) => name !== "scannet" && !sourceTerms(name).mayBeShared);
  if (held.length === 0) return [];
  const names = held.map((name) => `\`${name}\``).join(", ");
  return [
    `**The pixels of ${names} must not be passed on**, but for what their terms below allow; \`--no-pixels\` leaves them out.`,
  ];
}

function about(manifest: Manifest, summary: QuestionsSummary): string {
  const scans = [...summary.scenesByDataset].map(([dataset, count]) => `${count.toLocaleString("en-US")} ${dataset}`);
  const from = scans.length === 0 ? "" : ` (with questions: ${scans.join(", ")})`;
  return `Questions about rooms, answered from the geometry of ${countOf(manifest.inputs.scans_read, "scan")}${from}, each with the evidence for its answer.${evaluationWarning(manifest, summary)}`;
}

function evaluationWarning(manifest: Manifest, summary: QuestionsSummary): string {
  const onTables = manifest.inputs.scenes_on_room_tables !== undefined;
  if (isForEvaluation(manifest, summary) && !onTables) {
    return "\n\n**These are VSI-Bench's own test rooms** (from published scene facts): use them for evaluation, never for training.";
  }
  return summary.splits.some(({ split }) => split === "test")
    ? `\n\n**\`data/test.jsonl\` is about ${onTables ? "rooms that VSI-Bench, or the table of rooms, tests on" : "VSI-Bench's own test rooms"}**: use it for evaluation, never for training.`
    : "";
}

function versions({ versions }: Manifest): string {
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `Made by ${names.reverse().join(", ")}.`;
}

function fileList(hasParquet: boolean, hasCharts: boolean, hasImages: boolean): string {
  return bullets([
    "`data/*.jsonl`: one question per line; `ground_truth` is the word or number, `evidence` what it is based on.",
    ...(hasParquet
      ? [
          `\`data/*.parquet\`: the same rows and fields${hasImages ? "; `images` has the frames' paths below this folder, and their bytes if embedded" : ""}.`,
        ]
      : []),
    "`scenes/<scanId>.json`: the geometry the answers were computed from (metres, axis aligned, +Z up).",
    "`rejects.jsonl`: every skipped scan and every refused candidate question, with the reason and the numbers.",
    "`manifest.json`, `croissant.json`: settings, versions and counts; [Croissant](https://mlcommons.org/croissant) metadata.",
    ...(hasCharts ? ["`card/*.svg`: the pictures above."] : []),
    "`SHA256SUMS`: checksums of all these files.",
  ]);
}

/** Loads questions with their pictures, and makes batches of them; a test runs it. */
export function pythonSnippet(
  split: string,
  { format, embedFrames }: Pick<DatasetSettings, "format" | "embedFrames">,
): string {
  const isEmbedded = format === "parquet" && embedFrames;
  const pictures = isEmbedded
    ? 'return [image.convert("RGB") for image in row["images"] or []]'
    : [
        'names = row["frames"] or []',
        '    return [Image.open(ROOT / "frames" / row["scene_name"] / name).convert("RGB") for name in names]',
      ].join("\n");
  return `\`\`\`python
from pathlib import Path

from datasets import load_dataset
${isEmbedded ? "" : "from PIL import Image\n"}
ROOT = Path(".").resolve()  # this folder; load_dataset needs its name
questions = load_dataset(str(ROOT), split="${split}")


def pictures(row):
    """The frames that a question is about, in order."""
    ${pictures}


def collate(rows):
    """For torch.utils.data.DataLoader(questions, batch_size=8, collate_fn=collate)."""
    names = ("id", "question_type", "question", "options", "ground_truth", "mc_answer")
    return {**{name: [row[name] for row in rows] for name in names}, "pictures": [pictures(row) for row in rows]}
\`\`\``;
}

function checks({ inputs, counts: { rejects } }: Manifest, { splits, sharedRooms }: QuestionsSummary): string[] {
  const rooms = splits.map(({ split, rooms }) => `${split} ${rooms.toLocaleString("en-US")}`).join(", ");
  const onTables = inputs.scenes_on_room_tables;
  const stated =
    onTables === undefined ? "" : `; ${countOf(onTables, "scan")}: \`physical_room\` in scenes/, from a table of rooms`;
  return [
    `Splits are by physical room (sceneXXXX${stated}), never by scan. Rooms with questions: ${rooms}; in more than one split: ${sharedRooms}.`,
    "A build stops rather than put a room of ScanNet's val list (the source of VSI-Bench's ScanNet rooms), or any other that VSI-Bench tests on, into train.",
    `Dropped: ${rejects["duplicate-question"] ?? 0} duplicate questions, ${rejects.contradiction ?? 0} contradicting another, ` +
      `${rejects["near-duplicate-scene"] ?? 0} from training scans that duplicate a scan of another split.`,
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
export function framesSection(
  settings: DatasetSettings,
  isScanNet: boolean,
  published: boolean,
  hasOwn = false,
  hasTables = false,
): string {
  if (settings.frames === null) {
    return published
      ? "The dataset has no frames: it was made from published scene facts. The videos come with the scenes' own datasets."
      : "The dataset has no frames. To sample frames from the scans' streams (`<scanId>.sens`) and ask only about what they show, build with `--frames N`.";
  }
  const named = published
    ? "Every question lists its frames in `frames`; `scenes/<scanId>.json` gives each frame's index in the scene's video. " +
      "`000120.jpg` is the frame with index 120."
    : "Every question lists its frames in `frames`; `scenes/<scanId>.json` gives each frame's index in the stream " +
      "(`<scanId>.sens`), its pose, and the objects it shows. `000120.jpg` is the colour image with index 120.";
  if (settings.pixels) {
    const terms =
      "\n\n**Their pixels are ScanNet's and must not be redistributed.** For a dataset that can be published, with the same " +
      "questions and frame names but no images, build with `--no-pixels`.";
    return `The frames are in \`frames/<scanId>/\`. ${named}${isScanNet ? terms : ""}`;
  }
  const words = buildWords({ ...settings, pixels: true }, published, hasOwn, hasTables).join(" ");
  const fromVideos = "To get the pixels, build from the same facts and videos";
  const access = published
    ? fromVideos
    : isScanNet
      ? "ScanNet's terms allow publishing questions and frame indices, but not the images. To get these, accept the terms " +
        "(http://www.scan-net.org), download the streams with ScanNet's script (`--type .sens`, and the four files that vsi-build's README names), and build"
      : "To get the pixels, build from the same raw scans";
  return `The frames' pixels are left out (\`--no-pixels\`). ${named}\n\n${access}. You get the same questions, with \`frames/<scanId>/\`.\n\n\`\`\`sh\n${words}\n\`\`\``;
}
