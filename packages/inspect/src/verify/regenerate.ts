import { createHash } from "node:crypto";
import { join } from "node:path";
import { packageVersion } from "@vsi/command/program";
import {
  type DatasetSplit,
  type Manifest,
  type Question,
  type Reject,
  type SceneFacts,
  type SplitLists,
  splitOf,
  splitOfAnyScene,
} from "@vsi/dataset";
import { roomOfScene } from "@vsi/dataset/internal";
import { readJsonl } from "@vsi/dataset/node";
import { readSplitLists } from "@vsi/geometry/node";
import { generateOptionsOf } from "@vsi/publish";
import {
  FactsError,
  type GenerateOptions,
  generateSceneQuestions,
  OptionsError,
  type ScanQuestions,
  selectQuestions,
  TARGETS,
} from "@vsi/questions";
import { REJECTS_FILE, sceneFile, splitFile } from "../folder/datasetFolder.ts";
import { checkNotDrawn, checkRoomsLearntFrom, type VerifySettings } from "../folder/manifest.ts";
import { type Place, type ReportProblem, TAKE_AGAIN } from "../folder/problem.ts";
import { readScene } from "../folder/scene.ts";
import type { Pause } from "./pauses.ts";

export interface RegenerateInput {
  /** The dataset folder; its records and scenes must have been read without a problem of their syntax. */
  folder: string;
  manifest: Manifest;
  settings: VerifySettings;
  sceneNames: Iterable<string>;
  /** The splits that have a file. */
  splits: readonly string[];
  report: ReportProblem;
  pause: Pause;
  /** After each scene whose questions were made again. */
  onScene?: ((sceneName: string) => void) | undefined;
}

/**
 * Makes every question again from the scenes, the settings and the seed, and compares: what was dropped, added, changed
 * or moved shows, among the questions and among the refused. This is the one part of verify that calls the generator:
 * what the generator does wrong it can't see, what others did to its output it does. Scans that were never read are not
 * in scenes/, so their rejects are left to the counts. Of what audit --debias dropped, the record tells the objects,
 * not the question.
 *
 * @returns how many questions were made again; null when a scene's facts are none that questions can be made from.
 */
export async function checkRegenerated(input: RegenerateInput): Promise<number | null> {
  const { folder, manifest, settings, report, pause } = input;
  const advice = await adviceFor(manifest);
  const questions = await readFoundQuestions(input);
  const rejects = await readFoundRejects(folder, manifest, pause);
  const lists = await readSplitLists();
  const options = generateOptions(manifest, settings);
  const notDrawn: Manifest["counts"]["not_drawn"] = {};
  const scans: { scanId: string; split: DatasetSplit; room: string; made: MadeScan }[] = [];
  // By code units, as builds order scans.
  for (const scanId of [...input.sceneNames].sort()) {
    await pause();
    const facts = await readScene(folder, scanId);
    const generated = generate(facts, options, report);
    if (generated === null) return null;
    for (const reject of generated.rejects) rejects.expect(reject);
    addTo(notDrawn, generated.notDrawn, 1);
    const split = splitOfFacts(facts, manifest, lists);
    const room = roomOfScene(scanId, facts);
    scans.push({ scanId, split, room, made: { scanId, pool: generated.pool, ...compact(generated.questions) } });
    input.onScene?.(scanId);
  }
  const selection = await selectQuestions(scans, async ({ made }) => made, {
    generate: options,
    target: settings.target === null ? null : TARGETS[settings.target],
  });
  const expected = new Map<string, string[]>();
  let made = 0;
  for (const scan of scans) {
    await pause();
    const selected = await selection.select(scan.made, () => readScene(folder, scan.scanId));
    addTo(notDrawn, selected.picked, -1);
    for (const reject of selected.rejects) rejects.expect(reject);
    const ids = expected.get(scan.split) ?? [];
    expected.set(scan.split, ids);
    made += selected.questions.length;
    for (const question of selected.questions) {
      if (compareQuestion(question, scan, questions, rejects, advice, report)) ids.push(question.id);
    }
  }
  reportExtra(questions, advice, report);
  checkOrder(expected, questions, advice, report);
  rejects.reportDifferences(advice, report);
  checkNotDrawn(manifest, notDrawn, report);
  checkRoomsLearntFrom(manifest, settings, selection.roomsLearntFrom, report);
  return made;
}

/** A dataset made by another version may differ without anybody's doing. */
async function adviceFor({ versions }: Manifest): Promise<string> {
  // All packages are released together, under one version.
  const own = await packageVersion(new URL("../../package.json", import.meta.url));
  const made = versions["@vsi/questions"];
  return made === own || made === undefined
    ? TAKE_AGAIN
    : `The dataset was made by version ${made}, this is ${own}: verify it with that version, or build it again.`;
}

/** The split that a build puts a scene's questions into. */
function splitOfFacts(facts: SceneFacts, { inputs, seed }: Manifest, lists: SplitLists): DatasetSplit {
  const { dataset, scene_name, room, objects } = facts;
  if (inputs.scenes_from === "published-facts" || dataset === "own") {
    return splitOfAnyScene(scene_name, lists, seed, facts);
  }
  // Before manifests said where scenes came from, facts without a mesh were all VSI-Bench's own test rooms.
  const isPublished = room.outline === null && objects.every(({ points }) => points === null);
  return isPublished ? "test" : splitOf(scene_name, lists.splitsByRoom, seed, facts);
}

function addTo(counts: Record<string, number>, more: Readonly<Record<string, number>>, sign: 1 | -1): void {
  for (const [key, count] of Object.entries(more)) counts[key] = (counts[key] ?? 0) + sign * count;
}

function generateOptions({ seed }: Manifest, settings: VerifySettings): Partial<GenerateOptions> {
  return generateOptionsOf({ ...settings, protocol: settings.protocol.name, seed });
}

function generate(facts: SceneFacts, options: Partial<GenerateOptions>, report: ReportProblem) {
  try {
    return generateSceneQuestions(facts, options);
  } catch (error) {
    if (!(error instanceof FactsError || error instanceof OptionsError)) throw error;
    const { place, got, expected } = error.detail;
    const file = sceneFile(facts.scene_name);
    report({ code: error.code, file, line: null, id: null, got: `${got} at ${place}`, expected, advice: TAKE_AGAIN });
    return null;
  }
}

/** A scan's questions without what only their hash needs, so that memory holds a few hundred bytes each. */
interface MadeScan extends ScanQuestions {
  /** Of each question, in the same order. */
  hashes: Map<Question, string>;
}

function compact(questions: readonly Question[]): Pick<MadeScan, "questions" | "hashes"> {
  const hashes = new Map<Question, string>();
  const small = questions.map((question) => {
    const evidence = { ...question.evidence, route: null, frames: null };
    const kept = { ...question, options: null, frames: [], evidence };
    hashes.set(kept, hashOf(question));
    return kept;
  });
  return { questions: small, hashes };
}

/** Sixteen hex digits: a forger gains nothing by a collision that the recomputation does not find as well. */
function hashOf(record: unknown): string {
  return createHash("sha256").update(JSON.stringify(record)).digest("hex").slice(0, 16);
}

/** A question of the dataset. */
interface FoundQuestion {
  id: string;
  split: string;
  line: number;
  hash: string;
  isExpected: boolean;
}

/** The dataset's questions by scene and id, and in the order of their lines by split. */
interface FoundQuestions {
  byScene: Map<string, Map<string, FoundQuestion>>;
  bySplit: Map<string, FoundQuestion[]>;
}

async function readFoundQuestions({ folder, splits, pause }: RegenerateInput): Promise<FoundQuestions> {
  const found: FoundQuestions = { byScene: new Map(), bySplit: new Map() };
  for (const split of splits) {
    const ofSplit: FoundQuestion[] = [];
    found.bySplit.set(split, ofSplit);
    for await (const { line, record } of readJsonl(join(folder, splitFile(split)))) {
      await pause();
      const { id, scene_name } = record as Question;
      const question = { id, split, line, hash: hashOf(record), isExpected: false };
      const ofScene = found.byScene.get(scene_name) ?? new Map<string, FoundQuestion>();
      found.byScene.set(scene_name, ofScene);
      // A second one of the same id is extra.
      if (!ofScene.has(id)) ofScene.set(id, question);
      ofSplit.push(question);
    }
  }
  return found;
}

/** Compares a question that should be there with the one that is. @returns whether it is there. */
function compareQuestion(
  question: Question,
  { scanId, split, made }: { scanId: string; split: string; made: MadeScan },
  { byScene }: FoundQuestions,
  rejects: FoundRejects,
  advice: string,
  report: ReportProblem,
): boolean {
  const found = byScene.get(scanId)?.get(question.id);
  if (found === undefined) {
    if (rejects.takeDebiased(question)) return false;
    const place = { file: splitFile(split), line: null, id: question.id };
    const expected = `"${question.question}", which the scene and the seed give`;
    report({ code: "question-missing", ...place, got: `nothing about ${scanId}`, expected, advice });
    return false;
  }
  found.isExpected = true;
  const place = { file: splitFile(found.split), line: found.line, id: question.id };
  if (found.split !== split) {
    report({ code: "question-split", ...place, got: found.split, expected: split, advice });
  }
  // Questions that were picked are whole; of the others the hash was taken before they were made smaller.
  if (found.hash !== (made.hashes.get(question) ?? hashOf(question))) {
    const expected = "the record that the scene and the seed give";
    report({ code: "question-changed", ...place, got: "another record", expected, advice });
  }
  return found.split === split;
}

function reportExtra({ bySplit }: FoundQuestions, advice: string, report: ReportProblem): void {
  for (const [split, questions] of bySplit) {
    for (const { line, id, isExpected } of questions) {
      if (isExpected) continue;
      const place = { file: splitFile(split), line, id };
      const expected = "only what the scene and the seed give";
      report({ code: "question-extra", ...place, got: "a question", expected, advice });
    }
  }
}

/** Names the first question of each split that does not stand where it was written. */
function checkOrder(
  expected: ReadonlyMap<string, readonly string[]>,
  { bySplit }: FoundQuestions,
  advice: string,
  report: ReportProblem,
): void {
  for (const [split, ids] of expected) {
    const found = (bySplit.get(split) ?? []).filter(({ isExpected }) => isExpected);
    const moved = found.findIndex(({ id }, place) => id !== ids[place]);
    const question = found[moved];
    if (question === undefined || found.length !== ids.length) continue;
    const place = { file: splitFile(split), line: question.line, id: question.id };
    report({ code: "question-order", ...place, got: "this question", expected: `${ids[moved]} before it`, advice });
  }
}

/** What audit --debias writes. */
const DEBIAS = "debias";

/** The refused candidates of a dataset, ticked off as they are expected. */
interface FoundRejects {
  /** Ticks off a candidate that the generator refused, or notes that its line is missing. */
  expect(reject: Reject): void;
  /** Ticks off the record of a question that debiasing dropped. @returns false where there is none. */
  takeDebiased(question: Question): boolean;
  reportDifferences(advice: string, report: ReportProblem): void;
}

async function readFoundRejects(folder: string, { settings }: Manifest, pause: Pause): Promise<FoundRejects> {
  const lines = new Map<string, number[]>();
  const missing: Reject[] = [];
  const keyOf = ({ scene_name, question_type }: Reject | Question, objectIds: readonly number[]) =>
    `${scene_name} ${question_type} ${objectIds.join(",")}`;
  for await (const { line, record } of readJsonl(join(folder, REJECTS_FILE))) {
    await pause();
    const reject = record as Reject;
    if (reject.question_type === null) continue;
    const isDebiased = reject.code === DEBIAS && settings.debias !== undefined;
    const key = isDebiased ? keyOf(reject, reject.object_ids ?? []) : hashOf(reject);
    const known = lines.get(key);
    if (known === undefined) lines.set(key, [line]);
    else known.push(line);
  }
  const take = (key: string): boolean => {
    const found = lines.get(key);
    if (found === undefined) return false;
    found.pop();
    if (found.length === 0) lines.delete(key);
    return true;
  };
  return {
    expect(reject) {
      if (!take(hashOf(reject))) missing.push(reject);
    },
    takeDebiased: (question) => take(keyOf(question, question.evidence.object_ids)),
    reportDifferences(advice, report) {
      const place: Place = { file: REJECTS_FILE, line: null, id: null };
      for (const { scene_name, code, message } of missing) {
        const expected = `${code}: ${message}`;
        report({ code: "reject-missing", ...place, got: `nothing about ${scene_name}`, expected, advice });
      }
      for (const line of [...lines.values()].flat().sort((one, other) => one - other)) {
        const expected = "only what the scene and the seed give";
        report({ code: "reject-extra", ...place, line, got: "a refused candidate", expected, advice });
      }
    },
  };
}
