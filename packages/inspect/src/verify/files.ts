import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileError, readParquetRows } from "@vsi/dataset/internal/node";
import { DatasetError, readJsonl } from "@vsi/dataset/node";
import { splitFile } from "../folder/datasetFolder.ts";
import { problemOf, type ReportProblem, TAKE_AGAIN } from "../folder/problem.ts";
import type { Pause } from "./pauses.ts";

/**
 * Checks that every file is what its name says: JSON, SVG, the card's header, and Parquet with the same rows as the
 * JSONL. Records, scenes and frames have their own checks.
 */
export async function checkFiles(
  folder: string,
  files: readonly string[],
  report: ReportProblem,
  pause: Pause,
): Promise<void> {
  for (const file of files) {
    await pause();
    const kind = KINDS.find(({ pattern }) => pattern.test(file));
    if (kind === undefined) continue;
    const { code, expected, problemIn } = kind;
    const place = { file, line: null, id: null };
    try {
      const text = await readText(join(folder, file), file, expected);
      const got = await problemIn(text, files);
      if (got !== null) report({ code, ...place, got, expected, advice: TAKE_AGAIN });
    } catch (error) {
      report(problemOf(error, place, TAKE_AGAIN));
    }
  }
  await checkParquet(folder, files, report, pause);
}

/** A kind of file, and what keeps a text from being one. */
interface FileKind {
  pattern: RegExp;
  code: string;
  expected: string;
  problemIn: (text: string, files: readonly string[]) => string | null | Promise<string | null>;
}

/** Scenes and the manifest are read by their own checks. */
const KINDS: readonly FileKind[] = [
  {
    pattern: /^(?!scenes\/[^/]+$|manifest\.json$).*\.json$/,
    code: "json-syntax",
    expected: "JSON",
    problemIn: jsonProblem,
  },
  { pattern: /\.svg$/, code: "svg-syntax", expected: "an SVG picture", problemIn: svgProblem },
  {
    pattern: /^README\.md$/,
    code: "card-header",
    expected: "a card whose header is YAML between two lines of ---",
    problemIn: headerProblem,
  },
];

async function readText(path: string, file: string, expected: string): Promise<string> {
  return readFile(path, "utf8").catch((error: unknown) => {
    throw fileError(error, file, expected);
  });
}

function jsonProblem(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** A tag, a comment, a declaration, or a stray "<". */
const MARKUP =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|</g;

/** Why a text is not an SVG: no svg at the root, or unbalanced tags; null when it is one. */
function svgProblem(text: string): string | null {
  const open: string[] = [];
  let root: string | null = null;
  for (const [markup, closes, name, attributes, empty] of text.matchAll(MARKUP)) {
    if (markup === "<") return "a < that does not open a tag";
    if (name === undefined) continue;
    if (closes === "/") {
      if (open.pop() !== name) return `</${name}> where it was not open`;
      continue;
    }
    if (root !== null && open.length === 0) return `<${name}> after the picture's end`;
    if (root === null && !/xmlns\s*=\s*["']http:\/\/www\.w3\.org\/2000\/svg["']/.test(attributes ?? "")) {
      return `<${name}> without SVG's namespace`;
    }
    root ??= name;
    if (empty !== "/") open.push(name);
  }
  if (root !== "svg") return root === null ? "no tag" : `<${root}>`;
  return open.length === 0 ? null : `the end inside of <${open.at(-1)}>`;
}

/** What is wrong with a card's header; null when fine. Files that it lists must exist. */
async function headerProblem(text: string, files: readonly string[]): Promise<string | null> {
  const header = /^---\n([\s\S]*?)\n---\n/.exec(text)?.[1];
  if (header === undefined) return "no header";
  // Loaded only here: most of verify needs no YAML.
  const { parse } = await import("yaml");
  try {
    const parsed: unknown = parse(header);
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return "YAML that is not a mapping";
    const { configs } = parsed as { configs?: unknown };
    for (const path of pathsOf(configs)) {
      const pattern = new RegExp(`^${path.split("*").map(escapeRegExp).join("[^/]*")}$`);
      if (!files.some((file) => pattern.test(file))) return `the path ${path}, which no file has`;
    }
    return null;
  } catch (error) {
    return (error as Error).message.split("\n")[0] ?? "";
  }
}

function pathsOf(configs: unknown): string[] {
  const lists = Array.isArray(configs) ? configs : [];
  return lists
    .flatMap((config: { data_files?: unknown } | null) => (Array.isArray(config?.data_files) ? config.data_files : []))
    .flatMap((file: { path?: unknown } | null) => (typeof file?.path === "string" ? [file.path] : []));
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

const PARQUET_ADVICE = "Parquet and JSONL must agree: download both again, or rebuild the dataset.";

/** Checks that a split's Parquet files have the rows of its JSONL, in order and value for value. */
async function checkParquet(
  folder: string,
  files: readonly string[],
  report: ReportProblem,
  pause: Pause,
): Promise<void> {
  const bySplit = new Map<string, string[]>();
  for (const file of files) {
    const split = /^data\/([^/]+)-\d{5}-of-\d{5}\.parquet$/.exec(file)?.[1];
    if (split !== undefined) bySplit.set(split, [...(bySplit.get(split) ?? []), file]);
  }
  for (const [split, parquets] of bySplit) {
    const lines = readJsonl(join(folder, splitFile(split)));
    let file = parquets[0] ?? "";
    try {
      for (file of parquets) {
        for await (const { row: number, values } of readParquetRows(join(folder, file), false)) {
          const { images, ...row } = values;
          await pause();
          const next = await lines.next();
          const record = next.done ? undefined : (next.value.record as { id?: unknown });
          const [got, expected] = [valuesOf(row), valuesOf(record)];
          if (got === expected) {
            const fault = images === undefined ? null : await imageFault(folder, images, record);
            if (fault !== null) {
              const place = { file, line: null, id: typeof record?.id === "string" ? record.id : null };
              report({
                code: "parquet-row",
                ...place,
                got: `row ${number}: ${fault.got}`,
                expected: fault.expected,
                advice: PARQUET_ADVICE,
              });
            }
            continue;
          }
          const line = next.done ? null : next.value.line;
          const wanted =
            line === null ? "no further row" : `line ${line} of ${splitFile(split)}: ${firstDifference(expected, got)}`;
          const id = typeof record?.id === "string" ? record.id : null;
          report({
            code: "parquet-row",
            file,
            line: null,
            id,
            got: `row ${number}: ${firstDifference(got, expected)}`,
            expected: wanted,
            advice: PARQUET_ADVICE,
          });
          if (line === null) break;
        }
      }
      const next = await lines.next();
      if (!next.done) {
        const expected = `line ${next.value.line} of ${splitFile(split)}, and what follows`;
        report({ code: "parquet-row", file, line: null, id: null, got: "the end", expected, advice: PARQUET_ADVICE });
      }
    } catch (error) {
      // A truncated JSONL file is reported with its records.
      if (!(error instanceof DatasetError) || error.code !== "parquet-unreadable") {
        report(problemOf(error, { file, line: null, id: null }, PARQUET_ADVICE));
        continue;
      }
      report({
        code: "parquet-syntax",
        file,
        line: null,
        id: null,
        got: error.detail.got,
        expected: "Parquet",
        advice: TAKE_AGAIN,
      });
    } finally {
      await lines.return();
    }
  }
}

/** A row's pictures: what is wrong with them, or null. Each must name its frame, and hold its bytes where it holds any. */
async function imageFault(
  folder: string,
  images: unknown,
  record: unknown,
): Promise<{ got: string; expected: string } | null> {
  const { frames, scene_name } = record as { frames: string[] | null; scene_name: string };
  const paths = (frames ?? []).map((name) => `frames/${scene_name}/${name}`);
  const listed = (Array.isArray(images) ? images : []) as ({ path?: unknown; bytes?: unknown } | null)[];
  const got = listed.map((image) => String(image?.path));
  if (got.join() !== paths.join())
    return { got: `images ${got.join()}`.slice(0, 80), expected: `${paths.length} paths of its frames` };
  for (const [place, path] of paths.entries()) {
    const bytes = listed[place]?.bytes;
    if (!(bytes instanceof Uint8Array)) continue;
    // A frame that is missing is reported with the files.
    const frame = await readFile(join(folder, path)).catch(() => null);
    if (frame !== null && !frame.equals(bytes))
      return { got: `${bytes.length} other bytes as ${path}`, expected: `its ${frame.length} bytes` };
  }
  return null;
}

/** A record as JSON without what is null: readers drop columns that are null in all rows. */
function valuesOf(record: unknown): string {
  return JSON.stringify(record, (_name, value) => (value === null ? undefined : value)) ?? "nothing";
}

/** The part of a text that differs from another, long enough to recognise it. */
function firstDifference(text: string, other: string): string {
  let start = 0;
  while (start < text.length && text[start] === other[start]) start += 1;
  return text.slice(Math.max(0, start - 20), start + 60);
}
