import { extname } from "node:path";
import type { Manifest } from "@vsi/dataset";
import { citations } from "../card/citations.ts";
import { licenceOf } from "../card/licenceOf.ts";
import type { QuestionsSummary } from "../card/summarizeQuestions.ts";
import { QUESTION_COLUMNS } from "../columns/questionColumns.ts";
import { CROISSANT_CONTEXT } from "./croissantContext.ts";
import { croissantFields } from "./croissantFields.ts";

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
 * A dataset folder as Croissant 1.1 metadata (JSON-LD): every file with its sha256, and a record set a split. There is no
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
    description: `Questions about rooms with answers computed from the geometry of ${manifest.inputs.scans_read} scans, made with seed ${manifest.seed}; README.md says how.`,
    conformsTo: "http://mlcommons.org/croissant/1.1",
    citeAs: citations(manifest.protocol, summary).join("\n\n"),
    license: licenceOf(summary).link,
    inLanguage: "en",
    // Of the software that decides what the records say; a dataset that is built again with it is the same.
    version: manifest.versions["vsi-build"],
    distribution: [...checksums].map(([path, sha256]) => ({
      "@type": "cr:FileObject",
      "@id": path,
      name: path,
      contentUrl: path,
      encodingFormat: ENCODING_FORMATS[extname(path)] ?? "application/octet-stream",
      sha256,
    })),
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
