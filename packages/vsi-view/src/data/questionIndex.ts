import type { Stats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { type DatasetSplit, QUESTION_TYPES, type Question, type QuestionType, type Reject } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import { fileError, openRegularFile } from "@vsi/dataset/internal/node";
import { DatasetError } from "@vsi/dataset/node";
import { validateQuestion, validateReject } from "@vsi/dataset/validate";
import { REJECTS_FILE, splitFile } from "@vsi/inspect/internal";
import type { QuestionTable } from "./contract.ts";

/**
 * Every question and refused candidate of a dataset: what a list shows in memory, the records by their place in the
 * files. 100,000 questions are 100 MB of records and 15 MB of columns.
 */
export interface QuestionIndex {
  /** Types that occur, in the order of QUESTION_TYPES. */
  types: QuestionType[];
  table: QuestionTable;
  /** By scene index, rows in ascending order. */
  rowsOfScene: number[][];
  rowOfId: ReadonlyMap<string, number>;
  /** The records of some rows of one scene, read again from the files. */
  read(rows: readonly number[]): Promise<{ questions: Question[]; rejects: Reject[] }>;
  /** @throws DatasetError "dataset-changed" when a file was written since. */
  checkUnchanged(): Promise<void>;
}

/**
 * Reads a dataset's questions and refused candidates once.
 *
 * @param scenes names by scene index.
 * @throws DatasetError naming file and line of what is no record.
 */
export async function indexQuestions(
  folder: string,
  splits: readonly DatasetSplit[],
  scenes: readonly string[],
): Promise<QuestionIndex> {
  const sceneOf = new Map(scenes.map((name, index) => [name, index]));
  const columns: Omit<QuestionTable, "rows" | "questions"> = {
    id: [],
    type: [],
    split: [],
    scene: [],
    text: [],
    answer: [],
  };
  const places: Place[] = [];
  const used = new Set<QuestionType>();
  const rowOfId = new Map<string, number>();
  const rowsOfScene = scenes.map((): number[] => []);
  const addRow = (record: Question | Reject, place: Place): number => {
    const row = places.push(place) - 1;
    const scene = sceneOf.get(record.scene_name) ?? -1;
    if (record.question_type !== null) used.add(record.question_type);
    columns.type.push(record.question_type === null ? -1 : (TYPE_ORDER.get(record.question_type) ?? -1));
    columns.scene.push(scene);
    rowsOfScene[scene]?.push(row);
    return row;
  };
  const files: JsonlFile[] = [];
  for (const [split, name] of splits.entries()) {
    const file = await readLines(join(folder, splitFile(name)), files.length, (record, place, where) => {
      validateQuestion(record, where);
      const row = addRow(record, place);
      rowOfId.set(record.id, row);
      columns.id.push(record.id);
      columns.split.push(split);
      columns.text.push(record.question);
      columns.answer.push(record.ground_truth);
    });
    files.push(file);
  }
  const questions = places.length;
  const refused = await readLines(join(folder, REJECTS_FILE), files.length, (record, place, where) => {
    validateReject(record, where);
    addRow(record, place);
    columns.id.push(null);
    columns.split.push(-1);
    columns.text.push(record.message);
    columns.answer.push(record.code);
  });
  files.push(refused);
  const types = QUESTION_TYPES.filter((type) => used.has(type));
  const typeIndex = new Map(types.map((type, index) => [TYPE_ORDER.get(type), index]));
  columns.type = columns.type.map((type) => typeIndex.get(type) ?? -1);
  return {
    types,
    table: { rows: places.length, questions, ...columns },
    rowsOfScene,
    rowOfId,
    async checkUnchanged() {
      for (const file of files) await (await openUnchanged(file)).close();
    },
    read: (rows) =>
      readRecords(
        files,
        rows.map((row) => at(places, row)),
        refused,
      ),
  };
}

const TYPE_ORDER = new Map(QUESTION_TYPES.map((type, index) => [type, index]));

/** Where a record stands. */
interface Place {
  /** Index of its file. */
  file: number;
  line: number;
  /** Bytes from the start of the file. */
  start: number;
  length: number;
}

interface JsonlFile {
  path: string;
  /** POSIX, for messages. */
  file: string;
  /** Tells whether the file was written since. */
  signature: string;
}

/** What is expected, in messages. */
const JSONL = "a JSONL file to read";

/** As long as @vsi/dataset's reader takes. */
const LONGEST_LINE = 16 * 1024 * 1024;

const LINE_FEED = 10;

/** readJsonl does not tell where lines are. */
async function readLines(
  path: string,
  index: number,
  take: (record: unknown, place: Place, where: { file: string; place: string }) => void,
): Promise<JsonlFile> {
  const file = path.replaceAll("\\", "/");
  const { handle: opened } = await openRegularFile(path, file, JSONL);
  const signature = signatureOf(await opened.stat());
  let start = 0;
  let line = 0;
  let rest: Buffer = Buffer.alloc(0);
  const takeLine = (bytes: Buffer): void => {
    line += 1;
    const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
    const where = { file, place: `line ${line}` };
    if (text.trim() !== "") take(parseRecord(text, where), { file: index, line, start, length: bytes.length }, where);
  };
  try {
    for await (const chunk of opened.createReadStream({ highWaterMark: 1024 * 1024 })) {
      const bytes: Buffer = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
      let from = 0;
      for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
        takeLine(bytes.subarray(from, end));
        start += end + 1 - from;
        from = end + 1;
      }
      rest = bytes.subarray(from);
      if (rest.length > LONGEST_LINE) throw longLine(file, line + 1);
    }
  } catch (error) {
    throw error instanceof Error && "syscall" in error ? fileError(error, file, JSONL) : error;
  }
  takeLine(rest);
  return { path, file, signature };
}

function parseRecord(text: string, { file, place }: { file: string; place: string }): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DatasetError("jsonl-syntax", {
      file,
      place,
      got: (error as Error).message,
      expected: "one JSON record",
      advice: "Was the file truncated or edited? Compare it with SHA256SUMS.",
    });
  }
}

function longLine(file: string, line: number): DatasetError {
  return new DatasetError("jsonl-line-too-long", {
    file,
    place: `line ${line}`,
    got: `over ${LONGEST_LINE} bytes without a line break`,
    expected: "one JSON record per line",
    advice: "Was the file truncated or edited? Compare it with SHA256SUMS.",
  });
}

function signatureOf({ ino, size, mtimeMs }: Stats): string {
  return [ino, size, mtimeMs].join(" ");
}

async function readRecords(
  files: readonly JsonlFile[],
  places: readonly Place[],
  refused: JsonlFile,
): Promise<{ questions: Question[]; rejects: Reject[] }> {
  const questions: Question[] = [];
  const rejects: Reject[] = [];
  const opened = new Map<number, FileHandle>();
  try {
    for (const { file: index, line, start, length } of places) {
      const of = at(files, index);
      const handle = opened.get(index) ?? (await openUnchanged(of));
      opened.set(index, handle);
      const bytes = Buffer.alloc(length);
      await handle.read(bytes, 0, length, start);
      const record = parseRecord(bytes.toString("utf8").replace(/^\uFEFF/, ""), {
        file: of.file,
        place: `line ${line}`,
      });
      if (of === refused) rejects.push(record as Reject);
      else questions.push(record as Question);
    }
  } finally {
    for (const handle of opened.values()) await handle.close();
  }
  return { questions, rejects };
}

/** Places mean nothing in a file that was written since: a dataset may be built again while it is looked at. */
async function openUnchanged({ path, file, signature }: JsonlFile): Promise<FileHandle> {
  const { handle } = await openRegularFile(path, file, JSONL);
  if (signatureOf(await handle.stat()) === signature) return handle;
  await handle.close();
  throw new DatasetError("dataset-changed", {
    file,
    place: "file",
    got: "another file than at the start",
    expected: "the dataset as it was when vsi-view started",
    advice: "Start vsi-view again.",
  });
}
