import type { GrpoRow } from "../data/trainingRow.ts";
import { textWithPlaces } from "./textWithPlaces.ts";

/** One line for EasyR1. Its reward functions get the answer alone, so the reward worker can't be called from there. */
export interface EasyR1Record {
  images: string[];
  problem: string;
  answer: string;
}

export function easyR1Record(row: GrpoRow): EasyR1Record {
  return { images: row.images, problem: textWithPlaces(row), answer: row.ground_truth };
}
