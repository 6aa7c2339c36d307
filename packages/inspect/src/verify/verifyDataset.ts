import { basename, join } from "node:path";
import type { QuestionType, SceneFacts } from "@vsi/dataset";
import {
  checkArguments,
  checkOptions,
  FUNCTION,
  frameNamesOf,
  isStated,
  type OptionKinds,
  PATH,
  SIGNAL,
  SWITCH,
} from "@vsi/dataset/internal";
import { CHECKSUMS_FILE, hashFile, readChecksums } from "@vsi/dataset/node";
import { checkDatasetFolder, listDatasetFiles, sceneFile, splitFile, splitOfFile } from "../folder/datasetFolder.ts";
import {
  checkCounts,
  checkScenesOnTables,
  countFound,
  type FoundCounts,
  openManifest,
  type VerifySettings,
} from "../folder/manifest.ts";
import { type Problem, problemOf, type ReportProblem, TAKE_AGAIN } from "../folder/problem.ts";
import { readScene, type VerifiedScene, verifiedScene } from "../folder/scene.ts";
import { checkFacts } from "./facts.ts";
import { checkFiles } from "./files.ts";
import { checkFrames } from "./frames.ts";
import { type Pause, pausesOf } from "./pauses.ts";
import { checkIdentity, checkQuestion } from "./question.ts";
import { checkRejects, questionsByScene, readQuestions } from "./records.ts";
import { checkRegenerated } from "./regenerate.ts";
import { roomSplits } from "./roomSplits.ts";
import { checkLimits } from "./rules.ts";

/** What was checked, and what is wrong. */
export interface VerifyReport {
  dataset: string;
  files: number;
  scenes: number;
  questions: number;
  /** Questions whose answer was recomputed: all, unless their scene, record or the manifest can't be read. */
  recomputed: number;
  /**
   * Questions that were made again from the scenes and the seed; null when that was not asked for, or could not be
   * done.
   */
  regenerated: number | null;
  problems: Problem[];
  seconds: number;
}

/** What verifyDataset checks, and who hears of it. */
export interface VerifyOptions {
  /** Whether every question is made again from the scenes and the seed, so that dropped and added ones show. */
  regenerate?: boolean;
  /** Stops within a second or two: verifyDataset then throws its reason. */
  signal?: AbortSignal | undefined;
  /** Before the first record is read. @param scenes how many scenes the dataset has. */
  onStart?: ((scenes: number) => void) | undefined;
  /** After each scene whose questions were made again. */
  onScene?: ((sceneName: string) => void) | undefined;
}

const VERIFY_OPTIONS: OptionKinds<VerifyOptions> = {
  regenerate: SWITCH,
  signal: SIGNAL,
  onStart: FUNCTION,
  onScene: FUNCTION,
};

/**
 * Checks a dataset folder: every file against SHA256SUMS, every record against its schema, ids, counts, splits by
 * physical room, every answer against the scene that it was computed from and the rules of its protocol, the facts of a
 * scene against each other, and that every frame decodes. Records come first, so that a changed byte is named by its
 * record; then the checksums, which find every changed byte.
 *
 * @throws UsageError for a path that is not a finished dataset, DatasetError when the disk refuses to list it, and the
 * signal's reason.
 *
 * @example
 * ```js
 * import { verifyDataset } from "@vsi/inspect";
 *
 * const { problems, questions, recomputed } = await verifyDataset("vsi-100k", { regenerate: true });
 * console.log(problems.length, questions === recomputed); // 0 true
 * ```
 */
export async function verifyDataset(folder: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  checkArguments("verifyDataset", { folder: [folder, PATH] });
  checkOptions(options, VERIFY_OPTIONS, "verifyDataset");
  const started = performance.now();
  const { signal, onStart, onScene } = options;
  const pause = pausesOf(signal);
  await checkDatasetFolder(folder);
  const files = await listDatasetFiles(folder);
  const problems: Problem[] = [];
  const report = (problem: Problem) => problems.push(problem);
  const { manifest, settings } = await openManifest(folder, report);
  const sceneNames = new Set(
    files.filter((file) => /^scenes\/[^/]+\.json$/.test(file)).map((file) => basename(file, ".json")),
  );
  const found: FoundCounts = {
    ...{ scenes: sceneNames.size, scenesOnTables: 0 },
    ...{ questions: {}, rejects: {}, scansSkipped: {} },
  };
  const unreadable = new Set<string>();
  const check = { folder, files: new Set(files), settings, sceneNames, found, unreadable, report, pause };
  onStart?.(sceneNames.size);
  const { recomputed, questions, complete } = await checkRecords(check);
  const rejectsComplete = await checkRejects(folder, sceneNames, found, report, pause);
  if (manifest !== null && complete && rejectsComplete) checkCounts(manifest, found, report);
  if (manifest !== null && unreadable.size === 0) checkScenesOnTables(manifest, found, report);
  await checkFiles(folder, files, report, pause);
  await checkFrames(folder, files, report);
  let regenerated: number | null = null;
  // Unreadable files were reported; nothing can be regenerated without them.
  const isReadable = complete && rejectsComplete && unreadable.size === 0;
  if (options.regenerate && isReadable && manifest !== null && settings !== null) {
    const splits = Object.keys(found.questions);
    const input = { folder, manifest, settings, sceneNames, splits, report, pause, onScene };
    regenerated = await checkRegenerated(input);
  }
  await checkChecksums(folder, files, report, pause);
  return {
    dataset: folder,
    files: files.length,
    scenes: sceneNames.size,
    questions,
    recomputed,
    regenerated,
    problems,
    seconds: (performance.now() - started) / 1000,
  };
}

interface Check {
  folder: string;
  files: ReadonlySet<string>;
  settings: VerifySettings | null;
  sceneNames: ReadonlySet<string>;
  found: FoundCounts;
  /** Scenes whose facts can't be used; filled as they are found. */
  unreadable: Set<string>;
  report: ReportProblem;
  pause: Pause;
}

/** Checks every question, a scene at a time, and then the scenes without questions. */
async function checkRecords(check: Check): Promise<{ questions: number; recomputed: number; complete: boolean }> {
  const { folder, settings, found, report, pause } = check;
  const rooms = await roomSplits(report);
  const splits = [...check.files].flatMap((file) => splitOfFile(file) ?? []);
  const firstPlaces = new Map<string, string>();
  const looked = new Set<string>();
  const counts = new Map<string, Map<QuestionType, number>>();
  const total = { questions: 0, recomputed: 0, complete: true };
  for (const split of splits) {
    const file = splitFile(split);
    const foundOfSplit: Record<string, number> = {};
    found.questions[split] = foundOfSplit;
    const lines = readQuestions(folder, split, report, () => {
      total.complete = false;
    });
    for await (const group of questionsByScene(lines)) {
      const [first] = group.questions;
      const firstPlace = { file, line: first.line, id: first.question.id };
      const { sceneName } = group;
      const { facts, scene } = await openScene(check, sceneName, looked);
      rooms.check({ dataset: first.question.dataset, sceneName, split, facts }, firstPlace);
      const ofScene = counts.get(group.sceneName) ?? new Map<QuestionType, number>();
      counts.set(group.sceneName, ofScene);
      for (const { question, line } of group.questions) {
        await pause();
        ofScene.set(question.question_type, (ofScene.get(question.question_type) ?? 0) + 1);
        const place = { file, line, id: question.id };
        countFound(foundOfSplit, question.question_type);
        total.questions += 1;
        checkIdentity(question, settings, place, report);
        const before = firstPlaces.get(question.id);
        if (before !== undefined) {
          report({
            code: "id-twice",
            ...place,
            got: `the id of ${before}`,
            expected: "each id once",
            advice: TAKE_AGAIN,
          });
        } else {
          firstPlaces.set(question.id, `${file}, line ${line}`);
        }
        if (scene === null || settings === null) continue;
        total.recomputed += 1;
        checkQuestion(question, scene, settings, place, report);
      }
    }
  }
  for (const sceneName of check.sceneNames) {
    await pause();
    if (looked.has(sceneName)) continue;
    const { facts } = await openScene(check, sceneName, looked);
    if (facts !== null) rooms.note(sceneName, facts);
  }
  rooms.finish();
  for (const [sceneName, ofScene] of settings === null ? [] : counts) {
    checkLimits(ofScene, sceneName, settings as VerifySettings, report);
  }
  return total;
}

/**
 * A scene's facts, and the scene prepared for its questions: null when its file, or the manifest, can't be used, which is
 * reported once.
 */
async function openScene(
  check: Check,
  sceneName: string,
  looked: Set<string>,
): Promise<{ facts: SceneFacts | null; scene: VerifiedScene | null }> {
  const { folder, files, settings, report } = check;
  const file = sceneFile(sceneName);
  const isFirst = !looked.has(sceneName);
  looked.add(sceneName);
  try {
    const facts = await readScene(folder, sceneName);
    if (isFirst && isStated(facts)) check.found.scenesOnTables += 1;
    if (isFirst && settings?.pixels) {
      for (const name of frameNamesOf(facts) ?? []) {
        const frame = `frames/${sceneName}/${name}`;
        if (files.has(frame)) continue;
        report({
          code: "frame-missing",
          file: frame,
          line: null,
          id: null,
          got: "nothing",
          expected: "a frame that its scene names",
          advice: TAKE_AGAIN,
        });
      }
    }
    if (isFirst && settings !== null) checkFacts(facts, settings, report);
    return { facts, scene: settings && verifiedScene(facts, settings) };
  } catch (error) {
    const advice = "Its questions were not recomputed. Download the file again.";
    check.unreadable.add(sceneName);
    if (isFirst) report(problemOf(error, { file, line: null, id: null }, advice));
    return { facts: null, scene: null };
  }
}

/**
 * Compares a dataset folder's files with SHA256SUMS: none may be changed, missing or added.
 *
 * @param files POSIX paths of all files in the folder.
 */
async function checkChecksums(
  folder: string,
  files: readonly string[],
  report: ReportProblem,
  pause: Pause,
): Promise<void> {
  const place = { file: CHECKSUMS_FILE, line: null, id: null };
  const checksums = await readChecksums(folder).catch((error: unknown) => {
    report(problemOf(error, place));
    return null;
  });
  if (checksums === null) return;
  const found = new Set(files);
  for (const [file, sha256] of checksums) {
    await pause();
    if (!found.has(file)) {
      const expected = `the file, which ${CHECKSUMS_FILE} lists`;
      report({ code: "file-missing", file, line: null, id: null, got: "nothing", expected, advice: TAKE_AGAIN });
      continue;
    }
    const got = await hashFile(join(folder, file));
    if (got !== sha256) {
      const expected = `${sha256}, as ${CHECKSUMS_FILE} says`;
      report({ code: "checksum", file, line: null, id: null, got: `the sha256 ${got}`, expected, advice: TAKE_AGAIN });
    }
  }
  for (const file of files) {
    if (file === CHECKSUMS_FILE || checksums.has(file)) continue;
    report({
      code: "file-extra",
      file,
      line: null,
      id: null,
      got: "a file",
      expected: `only files that ${CHECKSUMS_FILE} lists`,
      advice: "Move it out of the dataset folder.",
    });
  }
}
