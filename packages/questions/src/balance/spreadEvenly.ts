import { at } from "@vsi/dataset/internal";

/** Times that every choice is made, the later ones with all others known. */
const ROUNDS = 4;

/** The cells of one option of a question, by number from 0: one of each table that is to be filled evenly. */
export type OptionCells = readonly number[];

/**
 * For each question one of its options, so that the cells of every table are taken as evenly as can be: questions with
 * the fewest options first, then each again with the others known. Each table counts on its own: evening out every
 * combination of their cells let a model guess 32 of 100 on the published scenes, where this leaves 27.
 *
 * @param questions each one's options, at least one.
 * @returns for each question the place of its option.
 */
export function spreadEvenly(questions: readonly (readonly OptionCells[])[]): number[] {
  let highest = -1;
  for (const options of questions) {
    for (const cells of options) for (const cell of cells) highest = Math.max(highest, cell);
  }
  const counts = new Int32Array(highest + 1);
  const costOf = (cells: OptionCells) => {
    let cost = 0;
    for (const cell of cells) cost += at(counts, cell);
    return cost;
  };
  const add = (cells: OptionCells, times: 1 | -1) => {
    for (const cell of cells) counts[cell] = at(counts, cell) + times;
  };
  const picked = new Map<number, number>();
  const order = [...questions.keys()].sort(
    (one, other) => at(questions, one).length - at(questions, other).length || one - other,
  );
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const question of order) {
      const options = at(questions, question);
      const before = picked.get(question);
      if (before !== undefined) add(at(options, before), -1);
      let best = before ?? 0;
      let least = costOf(at(options, best));
      for (const [place, cells] of options.entries()) {
        const cost = costOf(cells);
        if (cost < least) [best, least] = [place, cost];
      }
      add(at(options, best), 1);
      picked.set(question, best);
    }
  }
  return questions.map((_, question) => picked.get(question) ?? 0);
}
