import type { AsyncBuffer, ColumnMetaData, FileMetaData, PageHeader, SchemaTree } from "hyparquet";
import { snappyUncompress } from "hyparquet";
import { parquetHeader, readColumn } from "hyparquet/src/column.js";
import { DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { deltaBinaryUnpack } from "hyparquet/src/delta.js";
import { readRleBitPackedHybrid } from "hyparquet/src/encoding.js";
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getTreePath } from "hyparquet/src/schema.js";

// Parts of hyparquet that its versions may change: package.json names one exactly.

/** A DataView and how far it has been read, as hyparquet passes it on. */
interface Reader {
  view: DataView;
  offset: number;
}

/** A column's place in the schema, and the highest levels that its values can have. */
interface Leaf {
  maxRepetition: number;
  maxDefinition: number;
  isBoolean: boolean;
}

/**
 * Values of a column in a row group: 60 times the largest published benchmark. Beyond 134,217,727, V8 ends the process
 * when an array grows.
 */
const MOST_VALUES = 2 ** 25;

/** Snappy's longest copy is 64 bytes, told in 3. */
const SNAPPY_RATIO = 32;

/** A last run may be padded: bit-packed ones hold 504 values at most in parquet-java. */
const PADDING = 512;

/**
 * Refuses a row group's pages where their headers and runs claim more than there is: hyparquet believes them, and a
 * single damaged byte makes it read the same page without an end, or fill an array until V8 ends the process. Neither is
 * an error that one could catch. What else it would throw at is found by reading each column once for nothing: of two
 * damaged columns it waits for the first alone, and the other's failure ends the process too.
 *
 * @param bytesAreText as in readParquetRows.
 * @throws Error saying what does not fit.
 */
export async function checkPages(
  file: AsyncBuffer,
  schema: SchemaTree,
  { columns, num_rows: rows }: FileMetaData["row_groups"][number],
  bytesAreText: boolean,
): Promise<void> {
  for (const { meta_data: column } of columns) {
    if (column === undefined) throw new Error("a column without a description");
    const start = Number(column.dictionary_page_offset || column.data_page_offset);
    const end = start + Number(column.total_compressed_size);
    if (!(start >= 0 && start <= end && end <= file.byteLength)) throw new Error("a column outside the file");
    const schemaPath = getTreePath(schema, column.path_in_schema);
    const { element } = schemaPath.at(-1) as SchemaTree;
    const view = new DataView(await file.slice(start, end));
    checkColumn(view, column, {
      maxRepetition: getMaxRepetitionLevel(schemaPath),
      maxDefinition: getMaxDefinitionLevel(schemaPath),
      isBoolean: column.type === "BOOLEAN",
    });
    const decoder = { ...column, pathInSchema: column.path_in_schema, element, schemaPath };
    const group = { groupStart: 0, groupRows: Number(rows), selectStart: 0, selectEnd: Number(rows) };
    readColumn({ view, offset: 0 }, group, { ...decoder, parsers: DEFAULT_PARSERS, utf8: bytesAreText });
  }
}

function checkColumn(view: DataView, column: ColumnMetaData, leaf: Leaf): void {
  const reader: Reader = { view, offset: 0 };
  const values = Number(column.num_values);
  if (values > MOST_VALUES) throw new Error(`${values} values in a group, of which ${MOST_VALUES} can be read`);
  let seen = 0;
  // As hyparquet does: a last byte is no page.
  while (reader.offset < view.byteLength - 1) {
    const header = parquetHeader(reader);
    const size = header.compressed_page_size;
    if (!isWithin(size, view.byteLength - reader.offset)) throw new Error(`a page of ${size} bytes`);
    const bytes = new Uint8Array(view.buffer, view.byteOffset + reader.offset, size);
    reader.offset += size;
    const own = header.data_page_header ?? header.data_page_header_v2;
    if (own === undefined) {
      if (header.dictionary_page_header !== undefined) pageBytes(bytes, header, 0, true, column.codec);
      continue;
    }
    if (!isWithin(own.num_values, values - seen)) throw new Error(`a page of ${own.num_values} values`);
    seen += own.num_values;
    if (header.type === "DATA_PAGE_V2") checkPageV2(bytes, header, leaf, column.codec);
    else checkPage(bytes, header, leaf, column.codec);
  }
  if (seen !== values) throw new Error(`${seen} values in a column of ${values}`);
}

function isWithin(count: number, most: number): boolean {
  return Number.isInteger(count) && count >= 0 && count <= most;
}

function checkPage(bytes: Uint8Array, header: PageHeader, leaf: Leaf, codec: ColumnMetaData["codec"]): void {
  const page = pageBytes(bytes, header, 0, true, codec);
  const { num_values: values, encoding } = header.data_page_header as NonNullable<PageHeader["data_page_header"]>;
  const reader = readerOf(page);
  const takeLevels = (highest: number): number[] => {
    if (highest === 0) return [];
    const length = reader.view.getUint32(reader.offset, true);
    const levels = levelsIn(reader.view, reader.offset + 4, length, highest, values);
    reader.offset += 4 + length;
    return levels;
  };
  takeLevels(leaf.maxRepetition);
  const nulls = takeLevels(leaf.maxDefinition).filter((level) => level !== leaf.maxDefinition).length;
  checkValues(reader, values - nulls, encoding, leaf, true);
}

function checkPageV2(bytes: Uint8Array, header: PageHeader, leaf: Leaf, codec: ColumnMetaData["codec"]): void {
  const own = header.data_page_header_v2 as NonNullable<PageHeader["data_page_header_v2"]>;
  const { num_values: values, num_nulls: nulls, encoding, is_compressed: isCompressed = true } = own;
  const repetition = own.repetition_levels_byte_length;
  const definition = own.definition_levels_byte_length;
  if (!isWithin(repetition, bytes.length) || !isWithin(definition, bytes.length - repetition)) {
    throw new Error("levels longer than their page");
  }
  if (!isWithin(nulls, values)) throw new Error(`${nulls} nulls among ${values} values`);
  const { view } = readerOf(bytes);
  if (leaf.maxRepetition > 0) levelsIn(view, 0, repetition, leaf.maxRepetition, values);
  if (leaf.maxDefinition > 0) levelsIn(view, repetition, definition, leaf.maxDefinition, values);
  const levels = repetition + definition;
  const page = pageBytes(bytes.subarray(levels), header, levels, isCompressed, codec);
  checkValues(readerOf(page), values - nulls, encoding, leaf, false);
}

/** A page as it was before it was compressed. @param levels bytes of it that stand before what is compressed. */
function pageBytes(
  bytes: Uint8Array,
  { uncompressed_page_size: whole }: PageHeader,
  levels: number,
  isCompressed: boolean,
  codec: ColumnMetaData["codec"],
): Uint8Array {
  if (!isCompressed || codec === "UNCOMPRESSED") return bytes;
  if (codec !== "SNAPPY") throw new Error(`compressed with ${codec}`);
  const size = whole - levels;
  if (!isWithin(size, SNAPPY_RATIO * bytes.length)) throw new Error(`${bytes.length} bytes for a page of ${size}`);
  const page = new Uint8Array(size);
  snappyUncompress(bytes, page);
  return page;
}

function readerOf(bytes: Uint8Array): Reader {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
}

/** The levels of a page, once their runs are known to be no more than they should. */
function levelsIn(view: DataView, start: number, length: number, highest: number, values: number): number[] {
  const width = 32 - Math.clz32(highest);
  checkRuns(view, start, start + length, width, values);
  const levels = new Array<number>(values);
  readRleBitPackedHybrid({ view, offset: start }, width, levels, length);
  return levels;
}

/** Runs of equal or of bit-packed values (Parquet's Encodings.md), as many as make up `values`. */
function checkRuns(view: DataView, start: number, end: number, width: number, values: number): void {
  const reader: Reader = { view, offset: start };
  for (let seen = 0; seen < values; ) {
    if (reader.offset >= Math.min(end, view.byteLength)) throw new Error("a run that is cut off");
    const header = varIntOf(reader);
    const isPacked = (header & 1) === 1;
    const groups = header >>> 1;
    const count = isPacked ? groups * 8 : groups;
    if (count > values - seen + PADDING) throw new Error(`a run of ${count} values where ${values - seen} are left`);
    reader.offset += isPacked ? groups * width : Math.ceil(width / 8);
    seen += count;
  }
}

function varIntOf(reader: Reader): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = reader.view.getUint8(reader.offset);
    reader.offset += 1;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value >>> 0;
  }
}

/** What is read value after value fails where the page ends; what tells lengths or counts of its own is looked at. */
function checkValues(
  reader: Reader,
  values: number,
  encoding: string | undefined,
  { isBoolean }: Leaf,
  hasLength: boolean,
): void {
  const { view } = reader;
  if (encoding === "DELTA_BINARY_PACKED") checkDelta(reader);
  else if (encoding === "DELTA_LENGTH_BYTE_ARRAY") deltaOf(reader, values);
  else if (encoding === "DELTA_BYTE_ARRAY") checkPrefixes(deltaOf(reader, values), deltaOf(reader, values));
  else if (encoding === "RLE" && isBoolean)
    checkRuns(view, reader.offset + (hasLength ? 4 : 0), view.byteLength, 1, values);
  else if (encoding !== undefined && /DICTIONARY|^RLE$/.test(encoding)) {
    const width = view.getUint8(reader.offset);
    if (width > 0) checkRuns(view, reader.offset + 1, view.byteLength, width, values);
  } else if (encoding === "BYTE_STREAM_SPLIT" && values > view.byteLength) throw new Error("fewer bytes than values");
}

/** Numbers as differences begin with the size of a block and the number of its parts. */
function checkDelta({ view, offset }: Reader): void {
  const reader = { view, offset };
  const [block, parts] = [varIntOf(reader), varIntOf(reader)];
  if (parts < 1 || parts > block || block > MOST_VALUES) throw new Error(`blocks of ${block} values in ${parts} parts`);
}

function deltaOf(reader: Reader, values: number): Int32Array {
  checkDelta(reader);
  const numbers = new Int32Array(values);
  deltaBinaryUnpack(reader, values, numbers);
  return numbers;
}

/** Of a text that begins as the one before it, no more can be taken than that one has. */
function checkPrefixes(prefixes: Int32Array, suffixes: Int32Array): void {
  let before = 0;
  for (const [index, prefix] of prefixes.entries()) {
    const suffix = suffixes[index] ?? 0;
    if (!isWithin(prefix, before) || suffix < 0)
      throw new Error(`a text that begins with ${prefix} of ${before} bytes`);
    before = prefix + suffix;
  }
}
