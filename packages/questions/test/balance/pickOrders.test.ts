import { describe, expect, test } from "@jest/globals";
import { drawWithoutRepetition } from "@vsi/dataset";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import type { PickInput } from "../../src/balance/folds.ts";
import { pickOrders } from "../../src/balance/pickOrders.ts";
import { combinationCount, combinationOfRank } from "../../src/combinations.ts";
import { pickInput, unguessed } from "../support/wordPools.ts";

const LABELS = ["door", "rug", "sofa", "table", "lamp", "tv", "window", "plant", "bed", "sink"];
const LIMIT = 6;

/** 100 rooms, in which labels mostly come into view in the same order: each some places earlier or later. */
const INPUT = pickInput(
  100,
  (stream) => {
    const time = new Map(LABELS.map((label, place) => [label, place + 8 * uniformFloat64(stream)]));
    const labels = LABELS.toSorted((one, other) => time.get(one)! - time.get(other)!);
    const ranks = drawWithoutRepetition(stream, combinationCount(labels.length, 4));
    const sets = Array.from({ length: 24 }, () => combinationOfRank(Number(ranks.next().value), 4)).flat();
    return { obj_appearance_order: { labels, sets } };
  },
  LIMIT,
);

/**
 * Of the listed orders, the one that agrees with the most pairs of labels as most rooms of the other folds have them;
 * how often that is the right one.
 */
function blindShare(input: PickInput): number {
  const right = pickOrders(input).flatMap(([, picks], room) => {
    const others = INPUT.scans.filter(({ fold }) => fold !== INPUT.scans[room]!.fold);
    const isUsual = (earlier: string, later: string) => {
      const before = others.filter(({ pool: { obj_appearance_order } }) => {
        const { labels } = obj_appearance_order!;
        return labels.indexOf(earlier) < labels.indexOf(later);
      }).length;
      return before > others.length / 2;
    };
    return picks.map(({ labels, orders }) => {
      const usual = orders.map((order) =>
        order.reduce(
          (sum, first, place) =>
            sum + order.slice(place + 1).filter((later) => isUsual(labels[first]!, labels[later]!)).length,
          0,
        ),
      );
      const best = usual.flatMap((count, place) => (count === Math.max(...usual) ? [place] : []));
      return orders[best[0]!]!.join() === "0,1,2,3" ? 1 : 0;
    });
  });
  return right.reduce<number>((sum, value) => sum + value, 0) / right.length;
}

describe("pickOrders", () => {
  test("the usual order is right hardly more often than by chance, and mostly where nothing is guessed", () => {
    const before = blindShare(unguessed(INPUT)) - 0.25;
    expect(before).toBeGreaterThan(0.3);
    expect(Math.abs(blindShare(INPUT) - 0.25)).toBeLessThan(before / 4);
  });

  test("of each of a scan's first sets one question: four different orders, the right one as often at each place", () => {
    for (const [room, [scanId, picks]] of pickOrders(INPUT).entries()) {
      const { scanId: expected, pool } = INPUT.scans[room]!;
      const { labels, sets } = pool.obj_appearance_order!;
      expect(scanId).toBe(expected);
      expect(picks.map((pick) => pick.labels)).toEqual(
        Array.from({ length: LIMIT }, (_, set) =>
          Array.from(sets)
            .slice(4 * set, 4 * set + 4)
            .map((place) => labels[place]),
        ),
      );
      const places = [0, 0, 0, 0];
      for (const { orders } of picks) {
        expect(new Set(orders.map(String)).size).toBe(4);
        for (const order of orders) expect([...order].sort()).toEqual([0, 1, 2, 3]);
        places[orders.findIndex((order) => String(order) === "0,1,2,3")]! += 1;
      }
      expect(Math.max(...places) - Math.min(...places)).toBeLessThanOrEqual(1);
    }
  });

  test("wrong orders are no tell: each of the 23 is listed at times", () => {
    const listed = new Set(pickOrders(INPUT).flatMap(([, picks]) => picks.flatMap(({ orders }) => orders.map(String))));
    expect(listed.size).toBe(24);
  });

  test("a scan of which no stream was looked at has none", () => {
    const [scan] = INPUT.scans;
    expect(pickOrders({ ...INPUT, scans: [{ ...scan!, pool: {} }] })).toEqual([[scan!.scanId, []]]);
  });
});
