/**
 * The part of a file that must not change from one version to the next. Whatever is not named here is compared byte for
 * byte: questions, scenes, frames, Parquet, exports. JPEG and Parquet bytes depend on sharp and on the Parquet writer,
 * which package-lock.json pins: a new version of either may need new sums.
 *
 * `path` is relative to the case's output, with forward slashes.
 */
export function normalForm(path: string, bytes: Buffer): Buffer | string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (name === "rejects.jsonl") return withoutMessages(bytes.toString());
  if (name === "manifest.json") return manifestForm(bytes.toString());
  if (name === "croissant.json") return croissantForm(bytes.toString());
  if (name === "README.md") return cardForm(bytes.toString());
  if (name === "SHA256SUMS") return listedFiles(bytes.toString());
  if (name === "vsi-export.json") return Object.keys(JSON.parse(bytes.toString()).files).join("\n");
  if (name.endsWith(".svg")) return pictureForm(bytes.toString());
  return bytes;
}

/** Every record's `message` is wording; its code, numbers and objects are not. */
function withoutMessages(text: string): string {
  return text.replace(/^.+$/gm, (line) => JSON.stringify({ ...JSON.parse(line), message: undefined }));
}

/** Settings and counts, in the file's own order; no package's version. */
function manifestForm(text: string): string {
  return JSON.stringify(JSON.parse(text), (key, value) =>
    key === "versions" || key === "version" ? undefined : value,
  );
}

/**
 * Files whose bytes hold wording or versions: their own normal form is compared, not the sum that is written of them.
 */
const WORDED_FILE = /^(README\.md|manifest\.json|rejects\.jsonl|card\/.+\.svg)$/;

/** Files with their sums, record sets and fields; no description, no version, no sum of a file that holds wording. */
function croissantForm(text: string): string {
  return JSON.stringify(JSON.parse(text), (key, value) => {
    if (key === "version") return undefined;
    // Under "@context" the key names a term, and its value is no string.
    if (key === "description" && typeof value === "string") return undefined;
    if (typeof value?.sha256 === "string" && WORDED_FILE.test(value.contentUrl)) return { ...value, sha256: undefined };
    return value;
  });
}

/** Which files are listed; the sums themselves follow from the files, which are compared one by one. */
function listedFiles(text: string): string {
  return text.replace(/^[0-9a-f]{64} [ *]/gm, "");
}

/** A picture without what only a screen reader says of it. */
function pictureForm(text: string): string {
  return text.replace(/ aria-label="[^"]*"/g, "").replace(/<(title|desc)\b[^>]*>.*?<\/\1>/gs, "");
}

/**
 * The card's YAML header as it is; of the text below it: rows of tables, commands, citations, targets of links, and the
 * numbers in the prose in ascending order. Headings, prose, a table's column titles and the bold names of its totals
 * are wording and left out, versions too. A sentence that says another number, or one number less, is a change.
 */
function cardForm(text: string): string {
  const [, header = "", body = text] = /^(---\n.*?\n---\n)(.*)$/s.exec(text) ?? [];
  const kept: string[] = [];
  const prose: string[] = [];
  let fence = false;
  let tableRow = 0;
  for (const line of body.split("\n")) {
    tableRow = !fence && line.startsWith("|") ? tableRow + 1 : 0;
    if (line.startsWith("```")) {
      fence = !fence;
    } else if (fence) {
      kept.push(line.replace(/ +# .*$/, ""));
    } else if (tableRow > 0) {
      // Two rows of titles and dashes come first.
      if (tableRow > 2) kept.push(line.replace(/\*\*[^*\d]+\*\*/g, ""));
    } else if (!line.startsWith("#")) {
      for (const [, target] of line.matchAll(/\]\(([^)]+)\)/g)) kept.push(String(target));
      prose.push(line.replace(/\]\([^)]+\)/g, "]"));
    }
  }
  const numbers =
    prose
      .join("\n")
      .replace(/\b\d+\.\d+\.\d+(-[\w.]+)?\b/g, "")
      .match(/\d+([.,]\d+)*/g) ?? [];
  return [header, ...kept, ...numbers.sort()].join("\n");
}
