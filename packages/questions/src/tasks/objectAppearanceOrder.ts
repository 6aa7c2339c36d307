import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { balancedSequence } from "../random/balancedSequence.ts";
import { combinationCount, combinationOfRank } from "../random/combinations.ts";
import { drawWithoutRepetition } from "../random/drawWithoutRepetition.ts";
import { placedAmong } from "../random/placedAmong.ts";
import { shuffled } from "../random/shuffled.ts";
import { type CategoryAppearance, categoryAppearances } from "./categoryAppearances.ts";
import { refuseAppearances } from "./refuseAppearances.ts";
import { STREAM_RULES } from "./streamRules.ts";
import { streamTask } from "./streamTask.ts";
import type { Draft } from "./task.ts";

/** Orders to choose from, the right one among them (VSI-Bench's questions have four). */
const ORDERS = 4;

/**
 * In which order four categories are first seen over the whole stream: sets of four of the categories that the sampled
 * frames show. Refused where the order is in doubt (see refuseAppearances). The question lists the categories in random
 * order; the options are the true order and three others, and the true one stands equally often at each of the four places.
 */
export const objectAppearanceOrder = streamTask("obj_appearance_order", ({ scene, stream, random }) => {
  const appearances = categoryAppearances(scene, stream);
  const places = balancedSequence([...Array(ORDERS).keys()], random("places"));
  const listing = random("listing");
  const wrongOrders = random("orders");
  return {
    count: combinationCount(appearances.length, STREAM_RULES.listed),
    ask(index) {
      const byTime = combinationOfRank(index, STREAM_RULES.listed)
        .map((member) => appearances[member]!)
        .sort((one, other) => one.time_s - other.time_s);
      const refusal = refuseAppearances(byTime);
      if (refusal) {
        return { draft: null, refusals: [refusal] };
      }
      const wrong = otherOrders(byTime, wrongOrders).map(orderText);
      const choices = placedAmong(orderText(byTime), wrong, places.next().value, wrongOrders);
      return { draft: draftOf(byTime, shuffled(byTime, listing), choices), refusals: [] };
    },
  };
});

/** Different orders of the same categories, none of them the true one. */
function otherOrders(byTime: readonly CategoryAppearance[], stream: RandomGenerator): CategoryAppearance[][] {
  const orders = permutations(byTime).slice(1);
  const drawn = drawWithoutRepetition(stream, orders.length);
  return Array.from({ length: ORDERS - 1 }, () => orders[drawn.next().value!]!);
}

/** Every order of `values`, the given one first. */
function permutations<Value>(values: readonly Value[]): Value[][] {
  return values.length === 0
    ? [[]]
    : values.flatMap((first, place) =>
        permutations([...values.slice(0, place), ...values.slice(place + 1)]).map((rest) => [first, ...rest]),
      );
}

function orderText(appearances: readonly CategoryAppearance[]): string {
  return appearances.map(({ label }) => label).join(", ");
}

function draftOf(
  byTime: readonly CategoryAppearance[],
  listed: readonly CategoryAppearance[],
  choices: readonly string[],
): Draft {
  const [a, b, c, d] = listed.map(({ label }) => label) as [string, string, string, string];
  const gaps_s = byTime.slice(1).map(({ time_s }, index) => time_s - byTime[index]!.time_s);
  return {
    words: { a, b, c, d },
    choices,
    ground_truth: orderText(byTime),
    evidence: {
      object_ids: listed.map(({ object_id }) => object_id),
      value: null,
      unit: "s",
      margin: Math.min(...gaps_s),
    },
    frames: byTime.map(({ frame }) => frame.name),
  };
}
