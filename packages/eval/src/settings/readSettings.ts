import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { EvaluationError } from "../evaluationError.ts";

/** What `vsi-eval run` calls the file of its settings. */
const SETTINGS_FILE = "settings.json";

/**
 * The settings of the run that made predictions: the JSON object of `settings`, a file or a run's folder; without it, of a settings.json beside the
 * predictions; null when there is none.
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
    throw failure("settings-missing", path, `an error (${cause.code})`);
  });
  if (text === null) return null;
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch (error) {
    throw failure("settings-shape", path, `text that is not JSON (${(error as Error).message})`);
  }
  if (typeof values === "object" && values !== null && !Array.isArray(values)) return values as Record<string, unknown>;
  throw failure("settings-shape", path, "JSON of another kind");
}

function failure(code: string, path: string, got: string): EvaluationError {
  return new EvaluationError(code, {
    file: path.replaceAll("\\", "/"),
    place: "the whole file",
    got,
    expected: "the JSON object of a run's settings",
    advice: "Give the folder or the settings.json of vsi-eval run with --settings.",
  });
}
