import { basename, join } from "node:path";
import { CHECKSUMS_FILE, hashFile, readChecksums } from "@vsi/dataset/node";
import { checkDatasetFolder, listDatasetFiles, sceneFile, splitFile, splitOfFile } from "../datasetFolder.ts";
import { checkFrames } from "./frames.ts";
import { checkCounts, countFound, type FoundCounts, openManifest, type VerifySettings } from "./manifest.ts";
import { type Problem, problemOf, type ReportProblem, TAKE_AGAIN } from "./problem.ts";
import { checkIdentity, checkQuestion } from "./question.ts";
import { checkRejects, questionsByScene, readQuestions } from "./records.ts";
import { roomSplits } from "./roomSplits.ts";
import { readScene, type VerifiedScene, verifiedScene } from "./scene.ts";

/** What was checked, and what is wrong. */
export interface VerifyReport {
  dataset: string;
  files: number;
  scenes: number;
  questions: number;
  /** Questions whose answer was recomputed: all, unless their scene, record or the manifest can't be read. */
  recomputed: number;
  problems: Problem[];
  seconds: number;
}

/**
 * Checks a dataset folder: every file against SHA256SUMS, every record against its schema, ids, counts, splits by physical
 * room, every answer against the scene that it was computed from, and that every frame decodes. Records come first, so that a changed byte is named
 * by its record; then the checksums, which find every changed byte.
 *
 * @throws UsageError for a path that is not a finished dataset, and DatasetError when the disk refuses to list it.
 */
export async function verifyDataset(folder: string): Promise<VerifyReport> {
  const started = performance.now();
  await checkDatasetFolder(folder);
  const files = await listDatasetFiles(folder);
  const problems: Problem[] = [];
  const report = (problem: Problem) => problems.push(problem);
  const { manifest, settings } = await openManifest(folder, report);
  const sceneNames = new Set(
    files.filter((file) => /^scenes\/[^/]+\.json$/.test(file)).map((file) => basename(file, ".json")),
  );
  const found: FoundCounts = { scenes: sceneNames.size, questions: {}, rejects: {}, scansSkipped: {} };
  const check = { folder, files: new Set(files), settings, sceneNames, found, report };
  const { recomputed, questions, complete } = await checkRecords(check);
  const rejectsComplete = await checkRejects(folder, sceneNames, found, report);
  if (manifest !== null && complete && rejectsComplete) checkCounts(manifest, found, report);
  await checkFrames(folder, files, report);
  await checkChecksums(folder, files, report);
  return {
    dataset: folder,
    files: files.length,
    scenes: sceneNames.size,
    questions,
    recomputed,
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
  report: ReportProblem;
}

/** Checks every question, a scene at a time, and then the scenes without questions. */
async function checkRecords(check: Check): Promise<{ questions: number; recomputed: number; complete: boolean }> {
  const { folder, settings, found, report } = check;
  const checkRoom = await roomSplits(report);
  const splits = [...check.files].flatMap((file) => splitOfFile(file) ?? []);
  const firstPlaces = new Map<string, string>();
  const looked = new Set<string>();
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
      checkRoom({ dataset: first.question.dataset, sceneName: group.sceneName, split }, firstPlace);
      const scene = await openScene(check, group.sceneName, looked);
      for (const { question, line } of group.questions) {
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
  for (const sceneName of check.sceneNames) if (!looked.has(sceneName)) await openScene(check, sceneName, looked);
  return total;
}

/** A scene prepared for its questions; null when its file can't be used, which is reported once. */
async function openScene(check: Check, sceneName: string, looked: Set<string>): Promise<VerifiedScene | null> {
  const { folder, files, settings, report } = check;
  const file = sceneFile(sceneName);
  const isFirst = !looked.has(sceneName);
  looked.add(sceneName);
  try {
    const facts = await readScene(folder, sceneName);
    if (isFirst && settings?.pixels && facts.camera !== null) {
      for (const { name } of facts.camera.frames) {
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
    return settings && verifiedScene(facts, settings);
  } catch (error) {
    const advice = "Its questions were not recomputed. Take the file again from where it came from.";
    if (isFirst) report(problemOf(error, { file, line: null, id: null }, advice));
    return null;
  }
}

/**
 * Compares a dataset folder's files with SHA256SUMS: none may be changed, missing or added.
 *
 * @param files POSIX paths of all files in the folder.
 */
async function checkChecksums(folder: string, files: readonly string[], report: ReportProblem): Promise<void> {
  const place = { file: CHECKSUMS_FILE, line: null, id: null };
  const checksums = await readChecksums(folder).catch((error: unknown) => {
    report(problemOf(error, place));
    return null;
  });
  if (checksums === null) return;
  const found = new Set(files);
  for (const [file, sha256] of checksums) {
    if (!found.has(file)) {
      const expected = `the file that ${CHECKSUMS_FILE} names`;
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
      expected: `none that ${CHECKSUMS_FILE} does not name`,
      advice: "Move it out of the dataset folder.",
    });
  }
}
