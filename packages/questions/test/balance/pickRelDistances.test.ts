import { describe, expect, test } from "@jest/globals";
import { shuffled } from "@vsi/dataset";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import type { PickInput } from "../../src/balance/folds.ts";
import { pickRelDistances } from "../../src/balance/pickRelDistances.ts";
import { validSets } from "../../src/types/validSets.ts";
import { pickInput, unguessed } from "../support/wordPools.ts";

const LABELS = ["pillow", "nightstand", "lamp", "desk", "tv", "sofa", "door", "sink"];

/**
 * 100 rooms with a bed as the target and eight things to choose from: the pillow is always the nearest, the nightstand
 * mostly the next, the others anywhere.
 */
const INPUT = pickInput(100, (stream) => {
  const choices = [...LABELS, "bed"];
  const fromBed_m = LABELS.map((label) =>
    label === "pillow" ? 0.5 : (label === "nightstand" ? 0.8 : 1) + 4 * uniformFloat64(stream),
  );
  const distances_m = choices.flatMap((_, one) =>
    choices.slice(one + 1).map((_, after) => (one + after + 1 === 8 ? fromBed_m[one]! : 3)),
  );
  const rules = { size: 4, smallest_m: 0, largest_m: 99, gap_m: 0.15, allGaps: true };
  const clear = validSets(fromBed_m, rules);
  const ranks = shuffled(stream, [...Array(clear.count).keys()]).slice(0, 32);
  const sets = ranks.flatMap((rank) => clear.setOfRank(rank));
  const targets = [{ id: 8, label: "bed", sets: ranks.length }];
  return { object_rel_distance: { choices, distances_m, centroids_m: distances_m, targets, sets } };
});

/** Of the listed ones, who is the nearest to the bed in the mean of the other folds' rooms; how often that is right. */
function blindShare(input: PickInput): number {
  const right = pickRelDistances(input).flatMap(([scanId, picks]) => {
    const place = INPUT.scans.findIndex((scan) => scan.scanId === scanId);
    return picks.map(({ choices }) => {
      const metres = (room: number, label: string) => {
        const { choices, distances_m } = INPUT.scans[room]!.pool.object_rel_distance!;
        const [one, last] = [choices.indexOf(label), choices.length - 1];
        // Pairs before those of `one`, then the last of its own, which is the bed.
        return distances_m[one * choices.length - (one * (one + 1)) / 2 + (last - one - 1)]!;
      };
      const others = INPUT.scans.flatMap((scan, room) => (scan.fold === INPUT.scans[place]!.fold ? [] : [room]));
      const means = choices.map((label) => others.reduce((sum, room) => sum + metres(room, label), 0) / others.length);
      const truths = choices.map((label) => metres(place, label));
      return means.indexOf(Math.min(...means)) === truths.indexOf(Math.min(...truths));
    });
  });
  return right.filter(Boolean).length / right.length;
}

function inFours(sets: ArrayLike<number>): number[][] {
  return Array.from({ length: sets.length / 4 }, (_, set) => Array.from(sets).slice(4 * set, 4 * set + 4));
}

describe("pickRelDistances", () => {
  test("the usual nearest is right as often as chance has it, and mostly where nothing is guessed", () => {
    expect(blindShare(unguessed(INPUT))).toBeGreaterThan(0.5);
    expect(Math.abs(blindShare(INPUT) - 0.25)).toBeLessThan(0.1);
  });

  test("every target is asked once, with one of its sets, and its nearest at each place as often", () => {
    const places = [0, 0, 0, 0];
    for (const [index, [scanId, picks]] of pickRelDistances(INPUT).entries()) {
      const { pool, scanId: expected } = INPUT.scans[index]!;
      expect(scanId).toBe(expected);
      const { choices, sets } = pool.object_rel_distance!;
      expect(picks.map(({ target }) => target)).toEqual([8]);
      const [pick] = picks;
      const set = inFours(sets).find(
        (places) =>
          places
            .map((place) => choices[place])
            .sort()
            .join() === [...pick!.choices].sort().join(),
      );
      expect(set).toBeDefined();
      places[pick!.choices.indexOf(choices[set![0]!]!)]! += 1;
    }
    // 100 even draws of four: 25 each, standard deviation 4.3.
    for (const count of places) expect(Math.abs(count - 25)).toBeLessThan(18);
  });

  test("with one set there is no choice", () => {
    const [scan] = INPUT.scans;
    const {
      targets: [target],
      ...distances
    } = scan!.pool.object_rel_distance!;
    const sets = Array.from(distances.sets).slice(0, 4);
    const pool = { object_rel_distance: { ...distances, targets: [{ ...target!, sets: 1 }], sets } };
    const [only] = pickRelDistances({ ...INPUT, scans: [{ ...scan!, pool }, ...INPUT.scans.slice(1)] });
    expect([...only![1][0]!.choices].sort()).toEqual(sets.map((place) => distances.choices[place]).sort());
  });

  test("each of several targets is asked with a set of its own", () => {
    const [scan] = INPUT.scans;
    const { choices, targets: _, sets, ...distances } = scan!.pool.object_rel_distance!;
    const [first, second] = inFours(sets);
    const targets = [
      { id: 8, label: "bed", sets: 1 },
      { id: 9, label: "desk", sets: 1 },
    ];
    const pool = { object_rel_distance: { ...distances, choices, targets, sets: [...first!, ...second!] } };
    const [only] = pickRelDistances({ ...INPUT, scans: [{ ...scan!, pool }, ...INPUT.scans.slice(1)] });
    expect(only![1].map((pick) => [pick.target, [...pick.choices].sort()])).toEqual([
      [8, first!.map((place) => choices[place]).sort()],
      [9, second!.map((place) => choices[place]).sort()],
    ]);
  });
});
