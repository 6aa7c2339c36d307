import { randomStream, type StatedRoom, sampleEvenly, shuffled } from "@vsi/dataset";
import { at, roomOfScene, seededNumbers } from "@vsi/dataset/internal";
import { EvaluationError } from "../errors.ts";
import { type EvalQuestion, scanOf } from "../evalQuestion.ts";
import { type FrameFile, findFrames } from "./frames.ts";

/**
 * What a run shows in place of a question's own frames, to see what a model makes of them: nothing, the same in another
 * order, or those of another room. Null: its own.
 */
export type FramesShown = (typeof OTHER_FRAMES)[number] | null;

/** Every other way than its own, in the order of what it takes away. */
export const OTHER_FRAMES = ["without", "shuffled", "other-rooms"] as const;

/** What they are called beside a model's name. */
export const SHOWN_TITLES: Readonly<Record<(typeof OTHER_FRAMES)[number], string>> = {
  without: "without frames",
  shuffled: "shuffled frames",
  "other-rooms": "other rooms' frames",
};

const FOLDER_ENDINGS: Readonly<Record<(typeof OTHER_FRAMES)[number], string>> = {
  without: "without-frames",
  shuffled: "shuffled-frames",
  "other-rooms": "other-rooms",
};

/** The folder beside a run's where vsi-eval keeps the same run with other frames. */
export function shownFolder(out: string, shown: (typeof OTHER_FRAMES)[number]): string {
  return `${out.replace(/[/\\]+$/, "")}-${FOLDER_ENDINGS[shown]}`;
}

/** How a run chooses what it shows. */
export interface ShownOptions {
  shown: FramesShown;
  /** Draws the order, and which room stands for which. */
  seed: number;
  /** As findFrames takes them. */
  roots: readonly string[];
  most: number;
  /** What is known of scenes' physical rooms beside their names. */
  rooms?: ReadonlyMap<string, StatedRoom>;
}

/**
 * The frames that each question is asked with.
 *
 * @param asked what is asked.
 * @param all every question of the benchmark: which room stands for which must not change with --limit.
 * @returns one list per question of `asked`
 * @throws EvaluationError as in findFrames, and "frames-other-rooms" for a benchmark of one room.
 */
export async function framesToShow(
  asked: readonly EvalQuestion[],
  all: readonly EvalQuestion[],
  { shown, seed, roots, most, rooms = new Map() }: ShownOptions,
): Promise<FrameFile[][]> {
  if (shown === "without") return asked.map(() => []);
  const own = await findFrames(asked, roots, most);
  if (shown === null) return own;
  if (shown === "shuffled") return asked.map((question, index) => reordered(seed, question, at(own, index)));
  const others = otherRooms(all, seed, rooms);
  const found = new Map<string, FrameFile[]>();
  const shownFrames: FrameFile[][] = [];
  for (const [index, question] of asked.entries()) {
    const frames = at(own, index);
    const key = JSON.stringify([scanOf(question), question.num_frames, question.frames.length > 0, frames.length]);
    const known = found.get(key) ?? (await anotherRoomsFrames(question, frames.length, others, { roots, most }));
    found.set(key, known);
    shownFrames.push(known);
  }
  return shownFrames;
}

/**
 * The frames in another order than their own, the same for all of a scan's questions that show the same, so that they
 * are encoded once. One frame has no other order.
 */
function reordered(seed: number, question: EvalQuestion, frames: readonly FrameFile[]): FrameFile[] {
  if (frames.length < 2) return [...frames];
  const random = randomStream([seed, "shuffled frames", scanOf(question), frames.length]);
  for (;;) {
    const drawn = shuffled(random, frames);
    if (drawn.some((frame, place) => frame !== frames[place])) return drawn;
  }
}

/** A scan whose frames can stand for another's. */
interface Donor {
  /** A question about it, the one with the longest list of frames. */
  question: EvalQuestion;
  room: string;
}

/** Of each scan the others that can stand for it, the first of them first. */
type Donors = (question: EvalQuestion) => Donor[];

/**
 * The scans in a ring, in the order of their seeded hashes: each is stood for by the next of another room, so that all
 * rooms are shown equally often. Neighbouring names would be neighbouring rooms.
 */
function otherRooms(all: readonly EvalQuestion[], seed: number, rooms: ReadonlyMap<string, StatedRoom>): Donors {
  const roomOf = ({ dataset, scene_name }: EvalQuestion): string =>
    `${dataset}/${roomOfScene(scene_name, rooms.get(scene_name) ?? {})}`;
  const longest = new Map<string, EvalQuestion>();
  for (const question of all) {
    const known = longest.get(scanOf(question));
    if (known === undefined || known.frames.length < question.frames.length) longest.set(scanOf(question), question);
  }
  const ring = [...longest]
    .map(([scan, question]) => ({ scan, question, room: roomOf(question), place: at(seededNumbers(seed, scan), 0) }))
    .sort((one, other) => one.place - other.place);
  return (question) => {
    const here = ring.findIndex(({ scan }) => scan === scanOf(question));
    const donors = [...ring.slice(here + 1), ...ring.slice(0, here)].filter(({ room }) => room !== roomOf(question));
    if (donors.length > 0) return donors;
    throw new EvaluationError("frames-other-rooms", {
      file: "--data",
      place: `scene ${question.scene_name}`,
      got: "questions about one room only",
      expected: "at least two rooms, whose frames can stand for each other's",
      advice: "Leave out --frames-of-other-rooms, or ask about more rooms.",
    });
  };
}

/** Of the first scan that has as many frames, `count` of them evenly; where none has, all of the one that has most. */
async function anotherRoomsFrames(
  question: EvalQuestion,
  count: number,
  donors: Donors,
  { roots, most }: Pick<ShownOptions, "roots" | "most">,
): Promise<FrameFile[]> {
  let fullest: FrameFile[] = [];
  for (const { question: donor } of donors(question)) {
    const { dataset, scene_name, frames } = donor;
    const substitute = { ...question, dataset, scene_name, frames: question.frames.length > 0 ? frames : [] };
    const found = at(await findFrames([substitute], roots, most), 0);
    if (found.length >= count) return sampleEvenly(found, count);
    if (found.length > fullest.length) fullest = found;
  }
  return fullest;
}
