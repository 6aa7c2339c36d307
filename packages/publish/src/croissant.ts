import { extname, join } from "node:path";
import type { Manifest } from "@vsi/dataset";
import { countOf } from "@vsi/dataset/internal";
import type { Column, ColumnType } from "@vsi/dataset/internal/node";
import { hashFile, writeFileAtomically } from "@vsi/dataset/node";
import { QUESTION_COLUMNS } from "./columns.ts";
import type { QuestionsSummary } from "./summary.ts";
import { citations, licenceOf } from "./terms.ts";

/** Where the Croissant metadata is, below a dataset folder. */
export const CROISSANT_FILE = "croissant.json";

/**
 * Writes a dataset folder's Croissant metadata.
 *
 * @param checksums of all other files, SHA256SUMS excepted.
 * @returns the sha256 of what was written.
 * @throws DatasetError as in fileError.
 */
export async function writeCroissant(
  folder: string,
  manifest: Manifest,
  summary: QuestionsSummary,
  checksums: ReadonlyMap<string, string>,
): Promise<string> {
  const path = join(folder, CROISSANT_FILE);
  await writeFileAtomically(path, `${JSON.stringify(croissant(manifest, summary, checksums), null, 2)}\n`);
  return hashFile(path);
}

const ENCODING_FORMATS: Readonly<Record<string, string>> = {
  ".jsonl": "application/jsonlines",
  ".json": "application/json",
  ".parquet": "application/x-parquet",
  ".md": "text/markdown",
  ".svg": "image/svg+xml",
  ".jpg": "image/jpeg",
  ".mp4": "video/mp4",
};

/**
 * A dataset folder as Croissant 1.1 metadata (JSON-LD): every file with its sha256 (frames and scenes as sets of files),
 * and a record set per split. There
 * is no
 * `datePublished`: the folder says nothing of time, so that the same build gives the same bytes; whoever publishes it adds
 * the date and the address, which a validator recommends and does not demand.
 *
 * @param checksums sha256 by POSIX path of the files to list.
 */
export function croissant(
  manifest: Manifest,
  summary: QuestionsSummary,
  checksums: ReadonlyMap<string, string>,
): Record<string, unknown> {
  return {
    "@context": CROISSANT_CONTEXT,
    "@type": "sc:Dataset",
    name: manifest.name,
    description: `Questions about rooms with answers computed from the geometry of ${countOf(manifest.inputs.scans_read, "scan")}, made with seed ${manifest.seed}; see README.md.`,
    conformsTo: "http://mlcommons.org/croissant/1.1",
    citeAs: citations(manifest.protocol, summary).join("\n\n"),
    license: licenceOf(manifest, summary).link,
    inLanguage: "en",
    // Of the software that decides what the records say; a dataset that is built again with it is the same.
    version: manifest.versions["vsi-build"],
    distribution: distribution([...checksums]),
    // Readers of Croissant can't read a file without rows.
    recordSet: summary.splits
      .filter(({ questions }) => questions > 0)
      .map(({ split }) => ({
        "@type": "cr:RecordSet",
        "@id": split,
        name: split,
        key: { "@id": `${split}/id` },
        field: croissantFields(QUESTION_COLUMNS, split, `data/${split}.jsonl`),
      })),
  };
}

/** Folders of many like files, a pattern each: of ScanNet, one entry per frame would be 14 MB. SHA256SUMS names them all. */
const FILE_SETS: Readonly<Record<string, { includes: string; encodingFormat: string }>> = {
  frames: { includes: "frames/*/*.jpg", encodingFormat: "image/jpeg" },
  scenes: { includes: "scenes/*.json", encodingFormat: "application/json" },
  videos: { includes: "videos/*.mp4", encodingFormat: "video/mp4" },
};

function distribution(checksums: readonly (readonly [path: string, sha256: string])[]): Record<string, unknown>[] {
  const folders = new Set(checksums.map(([path]) => path.split("/")[0] ?? ""));
  const sets = Object.entries(FILE_SETS).filter(([folder]) => folders.has(folder));
  const isInSet = (path: string) => sets.some(([folder]) => path.startsWith(`${folder}/`));
  return [
    ...checksums
      .filter(([path]) => !isInSet(path))
      .map(([path, sha256]) => ({
        "@type": "cr:FileObject",
        "@id": path,
        name: path,
        contentUrl: path,
        encodingFormat: ENCODING_FORMATS[extname(path)] ?? "application/octet-stream",
        sha256,
      })),
    ...sets.map(([folder, set]) => ({ "@type": "cr:FileSet", "@id": folder, name: folder, ...set })),
  ];
}

/**
 * Croissant 1.1's own `@context` (docs.mlcommons.org/croissant, appendix of the specification): readers warn of any
 * other.
 */
const CROISSANT_CONTEXT = {
  "@language": "en",
  "@vocab": "https://schema.org/",
  arrayShape: "cr:arrayShape",
  citeAs: "cr:citeAs",
  column: "cr:column",
  conformsTo: "dct:conformsTo",
  containedIn: "cr:containedIn",
  cr: "http://mlcommons.org/croissant/",
  data: { "@id": "cr:data", "@type": "@json" },
  dataType: { "@id": "cr:dataType", "@type": "@vocab" },
  dct: "http://purl.org/dc/terms/",
  description: { "@container": "@language" },
  equivalentProperty: "cr:equivalentProperty",
  examples: { "@id": "cr:examples", "@type": "@json" },
  extract: "cr:extract",
  field: "cr:field",
  fileObject: "cr:fileObject",
  fileProperty: "cr:fileProperty",
  fileSet: "cr:fileSet",
  format: "cr:format",
  includes: "cr:includes",
  isArray: "cr:isArray",
  isLiveDataset: "cr:isLiveDataset",
  jsonPath: "cr:jsonPath",
  key: "cr:key",
  md5: "cr:md5",
  name: { "@container": "@language" },
  parentField: "cr:parentField",
  path: "cr:path",
  rai: "http://mlcommons.org/croissant/RAI/",
  recordSet: "cr:recordSet",
  references: "cr:references",
  regex: "cr:regex",
  repeated: "cr:repeated",
  replace: "cr:replace",
  samplingRate: "cr:samplingRate",
  sc: "https://schema.org/",
  separator: "cr:separator",
  source: "cr:source",
  subField: "cr:subField",
  transform: "cr:transform",
} as const;
const SCALARS = {
  string: "sc:Text",
  int64: "sc:Integer",
  float64: "sc:Float",
  image: "sc:ImageObject",
  "image-path": "sc:ImageObject",
} as const;

/** One field of a record set, in Croissant's own JSON. */
type CroissantField = Readonly<Record<string, unknown>>;

/**
 * Columns of a JSONL file as Croissant's fields. What is inside of an object is read from the object's column by a
 * JSONPath.
 *
 * @param recordSet the record set's @id, which the fields' ids begin with.
 * @param file @id of the file object that the values are in.
 */
export function croissantFields(columns: readonly Column[], recordSet: string, file: string): CroissantField[] {
  return columns.map((column) => {
    const id = `${recordSet}/${column.name}`;
    const source = { fileObject: { "@id": file }, extract: { column: column.name } };
    if (typeof column.type === "string" || "list" in column.type) return field(id, column, source);
    const subField = column.type.struct.map((inner) =>
      field(`${id}/${inner.name}`, inner, { ...source, transform: { jsonPath: `$.${inner.name}` } }),
    );
    return { ...described(id, column), subField };
  });
}

function field(id: string, column: Column, source: Readonly<Record<string, unknown>>): CroissantField {
  const { scalar, dimensions } = flatten(column.type);
  const array = dimensions === 0 ? {} : { isArray: true, arrayShape: Array<number>(dimensions).fill(-1).join(",") };
  return { ...described(id, column), dataType: SCALARS[scalar], ...array, source };
}

function described(id: string, { name, description }: Column): CroissantField {
  return { "@type": "cr:Field", "@id": id, name, ...(description === "" ? {} : { description }) };
}

/** Lists of lists as Croissant has them: one type, and how many dimensions. */
function flatten(type: ColumnType): { scalar: keyof typeof SCALARS; dimensions: number } {
  if (typeof type === "string") return { scalar: type, dimensions: 0 };
  if ("struct" in type) {
    throw new TypeError("Croissant: an object inside of an object or a list has no field of its own");
  }
  const { scalar, dimensions } = flatten(type.list);
  return { scalar, dimensions: dimensions + 1 };
}
