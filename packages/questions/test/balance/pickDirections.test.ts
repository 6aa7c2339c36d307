import { describe, expect, test } from "@jest/globals";
import { shuffled } from "@vsi/dataset";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { PickInput } from "../../src/balance/folds.ts";
import { pickDirections } from "../../src/balance/pickDirections.ts";
import type { DirectionPick, DirectionPool } from "../../src/types/objectRelDirection.ts";
import { pickInput, unguessed } from "../support/wordPools.ts";

const TYPE = "object_rel_direction_hard";
const LABELS = ["bed", "tv", "sofa", "desk", "door", "sink"];
const LIMIT = 6;

/**
 * 60 rooms of six objects with all 60 triples and their mirror images: in three of four the answer follows from the
 * labels, in the others it is drawn. By one half of the objects others are in front, by the other half behind, and who
 * faces what is first in the alphabet has the other to the left. Mirror images have mirrored answers: front-left and
 * front-right, 0 and 1, and back-left and back-right, 2 and 3.
 */
const INPUT = pickInput(
  60,
  (stream) => {
    const labels: DirectionPool["labels"] = Object.fromEntries(LABELS.entries());
    const triples: { ids: number[]; word: number }[] = [];
    for (const a of LABELS.keys()) {
      for (const b of LABELS.keys()) {
        for (const c of LABELS.keys()) {
          if (a === b || a === c || b >= c) continue;
          const word = uniformFloat64(stream) < 0.75 ? 2 * (a % 2) : uniformInt(stream, 0, 3);
          triples.push({ ids: [a, b, c], word }, { ids: [a, c, b], word: word ^ 1 });
        }
      }
    }
    const inOrder = shuffled(stream, triples);
    return { [TYPE]: { labels, ids: inOrder.flatMap(({ ids }) => ids), answers: inOrder.map(({ word }) => word) } };
  },
  LIMIT,
);

function wordOf(room: number, { ids: asked }: Pick<DirectionPick, "ids">): number {
  const { ids, answers } = INPUT.scans[room]!.pool[TYPE]!;
  const triple = [...Array(answers.length).keys()].find((place) =>
    asked.every((id, role) => ids[3 * place + role] === id),
  );
  return answers[triple!]!;
}

/** How often the word that a triple's labels have in most rooms of the other folds is right. */
function blindShare(input: PickInput): number {
  const picked = pickDirections(TYPE, input);
  const right = picked.flatMap(([, picks], room) =>
    picks.map((pick) => {
      const counts = [0, 0, 0, 0];
      for (const [other, scan] of INPUT.scans.entries()) {
        if (scan.fold !== INPUT.scans[room]!.fold) counts[wordOf(other, pick)]! += 1;
      }
      return counts.indexOf(Math.max(...counts)) === wordOf(room, pick);
    }),
  );
  return right.filter(Boolean).length / right.length;
}

describe("pickDirections", () => {
  test("what the labels say is right hardly more often than by chance, and mostly where nothing is guessed", () => {
    // Three of four, and a quarter of the rest.
    const before = blindShare(unguessed(INPUT)) - 0.25;
    expect(before).toBeGreaterThan(0.4);
    expect(Math.abs(blindShare(INPUT) - 0.25)).toBeLessThan(before / 4);
  });

  test("over all scans no answer is ahead, and none where a quarter of the scans has a limit of one", () => {
    const single = {
      ...INPUT,
      scans: INPUT.scans.map((scan, room) => ({ ...scan, limitOf: () => (room % 4 ? 6 : 1) })),
    };
    for (const input of [INPUT, unguessed(INPUT), single]) {
      const words = pickDirections(TYPE, input).flatMap(([, picks], room) => picks.map((pick) => wordOf(room, pick)));
      const counts = [0, 1, 2, 3].map((word) => words.filter((other) => other === word).length);
      // By each of what two models may guess, four ways, an answer may be four ahead.
      for (const count of counts) expect(count - words.length / 4).toBeLessThanOrEqual(16);
      expect(words.length).toBeGreaterThan(100);
    }
  });

  test("the right answer stands at each place about as often: in a scan, never two places apart by more than one", () => {
    for (const [, picks] of pickDirections(TYPE, INPUT)) {
      const times = [0, 1, 2, 3].map((place) => picks.filter((pick) => pick.place === place).length);
      expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1);
    }
  });

  test("each scan has at most its limit, of its own triples, and never a triple with its mirror image", () => {
    for (const [room, [scanId, picks]] of pickDirections(TYPE, INPUT).entries()) {
      expect(scanId).toBe(INPUT.scans[room]!.scanId);
      expect(picks.length).toBeLessThanOrEqual(LIMIT);
      const pairs = picks.map(({ ids: [a, b, c] }) => [a, Math.min(b, c), Math.max(b, c)].join());
      expect(new Set(pairs).size).toBe(pairs.length);
      for (const pick of picks) expect([0, 1, 2, 3]).toContain(wordOf(room, pick));
    }
  });
});
