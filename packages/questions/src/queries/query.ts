import type { DirectionType } from "../tasks/directionSectors.ts";

/** "How many ... are in this room?" */
export interface CountingQuery {
  question_type: "object_counting";
  category: string;
}

/** How long the longest side of the only object of a category is. */
export interface SizeQuery {
  question_type: "object_size_estimation";
  category: string;
}

/** How large the room is. */
export interface RoomSizeQuery {
  question_type: "room_size_estimation";
}

/** How far two categories are apart; of several instances, the closest count. */
export interface AbsDistanceQuery {
  question_type: "object_abs_distance";
  objects: readonly [string, string];
}

/** Which of at least two categories is the closest to another; of several instances, the closest count. */
export interface RelDistanceQuery {
  question_type: "object_rel_distance";
  category: string;
  choices: readonly string[];
}

/** Where `querying` is for someone who stands by `positioning` and faces `orienting`: three one-instance categories. */
export interface RelDirectionQuery {
  question_type: DirectionType;
  positioning: string;
  orienting: string;
  querying: string;
}

/** A question as data, whoever asked it. Categories are the names that the scene's objects go by. */
export type Query = CountingQuery | SizeQuery | RoomSizeQuery | AbsDistanceQuery | RelDistanceQuery | RelDirectionQuery;
