import type { QuestionGroup } from "../questions/auditQuestion.ts";
import { categoryMean } from "./categoryMean.ts";
import { commonPosition } from "./commonPosition.ts";
import type { Fit } from "./crossPredict.ts";
import { logMean } from "./logMean.ts";
import { majorityAnswer } from "./majorityAnswer.ts";
import { medianAnswer } from "./medianAnswer.ts";
import { pairMean } from "./pairMean.ts";

/** The names of the ways to guess, as tables show them. */
export type BaselineName =
  | "chance"
  | "median"
  | "majority answer"
  | "log mean"
  | "category mean"
  | "pair mean"
  | "common position"
  | "blind predictor";

/**
 * What a baseline's success means: "chance" is what nobody can be kept from, "prior" what anybody knows who never saw the room
 * (how long sofas are), "shortcut" what this dataset alone gives away.
 */
export type BaselineRole = "chance" | "prior" | "shortcut";

export interface Baseline {
  name: BaselineName;
  role: BaselineRole;
  fit: Fit;
}

/** The ways to guess that suit a group's questions, besides chance and the blind predictor. */
export function baselinesOf({ kind, listing, questions }: QuestionGroup): Baseline[] {
  if (kind === "choice") {
    const majority: Baseline = { name: "majority answer", role: "shortcut", fit: majorityAnswer };
    const position: Baseline = { name: "common position", role: "shortcut", fit: commonPosition };
    return listing === "answers" ? [majority] : [majority, position];
  }
  const baselines: Baseline[] = [
    { name: "median", role: "chance", fit: medianAnswer },
    { name: "majority answer", role: "prior", fit: majorityAnswer },
    { name: "log mean", role: "prior", fit: logMean },
  ];
  const names = (place: string) => questions.some(({ places }) => places[place] !== undefined);
  if (names("category")) baselines.push({ name: "category mean", role: "prior", fit: categoryMean });
  if (names("a") && names("b")) baselines.push({ name: "pair mean", role: "prior", fit: pairMean });
  return baselines;
}
