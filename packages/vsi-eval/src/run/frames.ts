import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { sampleEvenly } from "@vsi/dataset";
import { countVideoFrames } from "@vsi/dataset/internal/node";
import { EvaluationError } from "../errors.ts";
import type { EvalQuestion } from "../evalQuestion.ts";

/** A frame to show. */
export interface FrameFile {
  /** The file's name alone, as the answers list it; of a video with the frame's number, "scene.mp4#120". */
  name: string;
  path: string;
  /** In a video, the frame's number from 0. */
  videoFrame?: number;
}

const IMAGE = /\.(jpe?g|png)$/i;

/** "frame2" before "frame10". */
const NATURAL_ORDER = new Intl.Collator("en", { numeric: true });

/** How many scenes without frames are named; there may be hundreds. */
const NAMED_SCENES = 5;

/**
 * The frames of every question, each in the first of these folders that holds it: ROOT/<dataset>/<scene_name>, then
 * ROOT/<scene_name>, for each root in turn. A question that lists its frames gets them all: it is about what they show,
 * and may name one by its number. Any other gets what its scene's folder holds (.jpg, .jpeg, .png) in natural order, or
 * frames of the video beside it, FOLDER.mp4, sampled as VSI-Bench's code does. A
 * question of ReVSI's, which is for a number of frames, gets as many, first from ROOT/<num_frames>_frame/<scene_name>.
 *
 * @param most maximum number of frames taken from a folder or video: an even sample of one that holds more.
 * @returns one list per question, in the questions' order
 * @throws EvaluationError "frames-missing" naming the scenes and where their frames were looked for, or "frames-name"
 * for a scene or frame whose name leads out of the folder; VideoError.
 */
export async function findFrames(
  questions: readonly EvalQuestion[],
  roots: readonly string[],
  most: number,
): Promise<FrameFile[][]> {
  const lists = new Map<string, Promise<FrameFile[] | Missing>>();
  const listOf = (question: EvalQuestion): Promise<FrameFile[] | Missing> => {
    const key = JSON.stringify([question.dataset, question.scene_name, question.frames, question.num_frames]);
    const list = lists.get(key) ?? findSceneFrames(question, roots, most);
    lists.set(key, list);
    return list;
  };
  const found: FrameFile[][] = [];
  const missing = new Map<string, Missing>();
  for (const question of questions) {
    const list = await listOf(question);
    if (Array.isArray(list)) found.push(list);
    else missing.set(question.scene_name, list);
  }
  const [first, ...others] = missing.values();
  if (first !== undefined) throw missingError(first, others);
  return found;
}

interface Missing {
  scene: string;
  /** The file, or any image, that was looked for. */
  wanted: string;
  folders: string[];
}

async function findSceneFrames(
  { dataset, scene_name, frames, num_frames }: EvalQuestion,
  roots: readonly string[],
  most: number,
): Promise<FrameFile[] | Missing> {
  for (const name of [dataset, scene_name, ...frames]) checkName(name);
  const budget = num_frames === undefined ? [] : [`${num_frames}_frame`];
  const folders = roots.flatMap((root) => [
    ...[...budget, dataset].map((folder) => join(root, folder, scene_name)),
    join(root, scene_name),
  ]);
  const missing = { scene: scene_name, wanted: "a .jpg or .png", folders };
  if (frames.length > 0) {
    const files = await Promise.all(frames.map(async (name) => (await findFile(name, folders)) ?? name));
    const absent = files.find((file) => typeof file === "string");
    return absent === undefined ? files.filter((file) => typeof file !== "string") : { ...missing, wanted: absent };
  }
  for (const folder of folders) {
    const names = (await readdir(folder).catch(() => [])).filter((name) => IMAGE.test(name));
    if (names.length === 0) {
      const video = `${folder}.mp4`;
      if ((await stat(video).catch(() => null))?.isFile()) return framesOfVideo(video, num_frames ?? most);
      continue;
    }
    names.sort(NATURAL_ORDER.compare);
    return sampleEvenly(names, num_frames === "all" ? names.length : (num_frames ?? most)).map((name) => ({
      name,
      path: join(folder, name),
    }));
  }
  return missing;
}

async function framesOfVideo(path: string, most: number | "all"): Promise<FrameFile[]> {
  const frames = await countVideoFrames(path);
  const numbers = sampledFrameNumbers(frames, most === "all" ? frames : most);
  return numbers.map((videoFrame) => ({ name: `${basename(path)}#${videoFrame}`, path, videoFrame }));
}

/**
 * The numbers of the frames that VSI-Bench's code takes of a video: numpy.linspace(0, frames - 1, count), cut to
 * integers, `count` at most the frames.
 */
export function sampledFrameNumbers(frames: number, most: number): number[] {
  const count = Math.min(frames, most);
  if (count === 1) return [0];
  // As numpy computes it: places times one rounded step, and the last place exactly.
  const step = (frames - 1) / (count - 1);
  return Array.from({ length: count }, (_, place) => (place === count - 1 ? frames - 1 : Math.trunc(place * step)));
}

async function findFile(name: string, folders: readonly string[]): Promise<FrameFile | null> {
  for (const folder of folders) {
    const path = join(folder, name);
    if ((await stat(path).catch(() => null))?.isFile()) return { name, path };
  }
  return null;
}

/** A downloaded benchmark must not decide which of this computer's files are sent to a server. */
function checkName(name: string): void {
  if (!/[/\\\0]/.test(name) && name !== "..") return;
  throw new EvaluationError("frames-name", {
    file: "--data",
    place: "dataset, scene_name or frames",
    got: JSON.stringify(name),
    expected: "a plain name without a path",
    advice: "Correct the question file; frames are only looked up inside --frames-dir.",
  });
}

function missingError({ scene, wanted, folders }: Missing, others: readonly Missing[]): EvaluationError {
  const named = others.slice(0, NAMED_SCENES - 1).map((other) => other.scene);
  const more = others.length > named.length ? " and more" : "";
  const also =
    others.length === 0
      ? ""
      : ` (nor for ${others.length} more ${others.length === 1 ? "scene" : "scenes"}: ${named.join(", ")}${more})`;
  return new EvaluationError("frames-missing", {
    file: (folders[0] ?? "--frames-dir").replaceAll("\\", "/"),
    place: `scene ${scene}`,
    got: `no frames${also}`,
    expected: folders.length === 0 ? "a folder of frames" : `${wanted} there or in ${folders.slice(1).join(", ")}`,
    advice:
      "Give --frames-dir the folder that holds the scenes' frames, a folder of .jpg or an .mp4 each; a dataset of vsi-build has its own when it is built with --frames N. Nothing was asked.",
  });
}
