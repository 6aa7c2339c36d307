import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isRecord, MOST_LEVELS, nestsDeeper } from "@vsi/dataset/internal";
import { systemErrorInWords } from "@vsi/dataset/internal/node";
import { EvaluationError } from "./errors.ts";

/**
 * Settings as one list of names and JSON texts: {"image": {"pixels": 401408}} is "image.pixels" and "401408". Lists and
 * empty objects are values; texts stand without quotation marks. In the order of the names.
 */
export function flattenSettings(settings: Readonly<Record<string, unknown>>): Map<string, string> {
  const pairs = Object.entries(settings).flatMap(([name, value]) => pairsOf(name, value));
  return new Map(pairs.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function pairsOf(name: string, value: unknown): [string, string][] {
  const entries = isRecord(value) ? Object.entries(value) : [];
  if (entries.length === 0) return [[name, typeof value === "string" ? value : JSON.stringify(value)]];
  return entries.flatMap(([key, inner]) => pairsOf(`${name}.${key}`, inner));
}

/** What `vsi-eval run` calls the file of its settings. */
const SETTINGS_FILE = "settings.json";

/**
 * The settings of the run that made predictions: the JSON object of `settings`, a file or a run's folder; without it,
 * of a settings.json beside the predictions; null when there is none.
 *
 * @throws EvaluationError "settings-missing" or "settings-shape".
 */
export async function readSettings(
  predictions: string,
  settings: string | null = null,
): Promise<Record<string, unknown> | null> {
  const given = settings ?? dirname(predictions);
  const isFolder = await stat(given).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const path = isFolder ? join(given, SETTINGS_FILE) : given;
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (settings === null && cause.code === "ENOENT") return null;
    throw failure("settings-missing", path, systemErrorInWords(cause));
  });
  if (text === null) return null;
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch (error) {
    throw failure("settings-shape", path, `text that is not JSON (${(error as Error).message})`);
  }
  if (nestsDeeper(values, MOST_LEVELS)) {
    throw failure("settings-shape", path, `JSON of more than ${MOST_LEVELS} levels`);
  }
  if (isRecord(values)) return values;
  throw failure("settings-shape", path, "JSON that is not an object");
}

function failure(code: string, path: string, got: string): EvaluationError {
  return new EvaluationError(code, {
    file: path.replaceAll("\\", "/"),
    place: "file",
    got,
    expected: "a run's settings, a JSON object",
    advice: "Give --settings the folder or the settings.json of vsi-eval run.",
  });
}
