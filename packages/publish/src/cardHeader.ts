import type { Manifest } from "@vsi/dataset";
import type { ColumnType } from "@vsi/dataset/internal/node";
import { parquetColumns, QUESTION_COLUMNS } from "./columns.ts";
import { recordedSettings } from "./settings.ts";
import type { QuestionsSummary } from "./summary.ts";
import type { Licence } from "./terms.ts";

/** What the card offers to load of a split that has questions. */
export interface DataFiles {
  /** A path or pattern below the folder. */
  path: string;
  /** Bytes of the files that the pattern names. */
  bytes: number;
}

/** The Hub's size categories: upper bound, exclusive, and name (huggingface.co/docs/hub/datasets-cards). */
const SIZES: readonly [number, string][] = [
  [1e3, "n<1K"],
  [1e4, "1K<n<10K"],
  [1e5, "10K<n<100K"],
  [1e6, "100K<n<1M"],
  [Number.POSITIVE_INFINITY, "1M<n<10M"],
];

/**
 * The card's YAML header as the Hugging Face Hub and `datasets` read it: licence, tasks, which file is which split, and
 * the columns' types, so that a column that is null in every row of a file still has its type.
 *
 * @param files by split.
 */
export function cardHeader(
  manifest: Manifest,
  summary: QuestionsSummary,
  licence: Licence,
  files: ReadonlyMap<string, DataFiles>,
): string {
  const settings = recordedSettings(manifest);
  const columns = settings.format === "parquet" ? parquetColumns(settings) : QUESTION_COLUMNS;
  const total = summary.splits.reduce((sum, { questions }) => sum + questions, 0);
  const filled = summary.splits.filter(({ split }) => files.has(split));
  return [
    "---",
    `pretty_name: ${JSON.stringify(manifest.name)}`,
    `license: ${licence.id}`,
    ...(licence.name === null ? [] : [`license_name: ${licence.name}`, `license_link: ${licence.link}`]),
    ...list("language", ["en"]),
    ...list("annotations_creators", ["machine-generated"]),
    ...list("task_categories", ["visual-question-answering", "video-text-to-text"]),
    ...list("tags", ["spatial-reasoning", "3d", "indoor-scenes", manifest.protocol, ...summary.scenesByDataset.keys()]),
    ...list("size_categories", [SIZES.find(([bound]) => total < bound)?.[1] ?? ""]),
    ...(filled.length === 0 ? [] : configs(files)),
    "dataset_info:",
    "  features:",
    ...columns.flatMap(({ name, type }) => feature(name, type, "  ")),
    ...(filled.length === 0 ? [] : ["  splits:"]),
    ...filled.flatMap(({ split, bytes, questions }) => [
      `  - name: ${split}`,
      `    num_bytes: ${bytes}`,
      `    num_examples: ${questions}`,
    ]),
    `  download_size: ${[...files.values()].reduce((sum, { bytes }) => sum + bytes, 0)}`,
    // Of the JSONL: what `datasets` needs in memory depends on its version.
    `  dataset_size: ${summary.splits.reduce((sum, { bytes }) => sum + bytes, 0)}`,
    "---",
    "",
  ].join("\n");
}

function list(name: string, items: readonly string[]): string[] {
  return [`${name}:`, ...items.map((item) => `- ${/^[a-z][a-z-]*$/.test(item) ? item : JSON.stringify(item)}`)];
}

function configs(files: ReadonlyMap<string, DataFiles>): string[] {
  const entries = [...files].flatMap(([split, { path }]) => [`  - split: ${split}`, `    path: ${path}`]);
  return ["configs:", "- config_name: default", "  data_files:", ...entries];
}

/** A column as `datasets` writes it into a card (Features._to_yaml_list). */
function feature(name: string, type: ColumnType, indent: string): string[] {
  return [`${indent}- name: ${name}`, ...featureType(type, `${indent}  `)];
}

function featureType(type: ColumnType, indent: string): string[] {
  if (typeof type === "string") return [`${indent}dtype: ${type}`];
  if ("struct" in type) {
    return [`${indent}struct:`, ...type.struct.flatMap((column) => feature(column.name, column.type, indent))];
  }
  const { list: item } = type;
  if (item === "image-path") return [`${indent}list:`, `${indent}  image:`, `${indent}    decode: false`];
  if (typeof item === "string") return [`${indent}list: ${item}`];
  if ("struct" in item) {
    return [`${indent}list:`, ...item.struct.flatMap((column) => feature(column.name, column.type, indent))];
  }
  return [`${indent}list:`, ...featureType(item, `${indent}  `)];
}
