import { at } from "@vsi/dataset/internal";

/** Times that every choice is made, the later ones with all others known. */
const ROUNDS = 4;

/** The cells of one option of a question by name, one of each table that is to be filled evenly. */
export type OptionCells = readonly string[];

/**
 * For each question one of its options, so that the cells of every table are taken as evenly as can be: questions with
 * the fewest options first, then each again with the others known. Each table counts on its own: evening out every
 * combination of their cells let a model guess 32 of 100 on the published scenes, where this leaves 27.
 *
 * @param questions each one's options, at least one.
 * @returns for each question the place of its option.
 */
export function spreadEvenly(questions: readonly (readonly OptionCells[])[]): number[] {
  const numbers = new Map<string, number>();
  const numberOf = (cell: string) => {
    const number = numbers.get(cell) ?? numbers.size;
    numbers.set(cell, number);
    return number;
  };
  const numbered = questions.map((options) => options.map((cells) => cells.map(numberOf)));
  const counts = new Int32Array(numbers.size);
  const costOf = (cells: readonly number[]) => cells.reduce((sum, cell) => sum + at(counts, cell), 0);
  const add = (cells: readonly number[], times: 1 | -1) => {
    for (const cell of cells) counts[cell] = at(counts, cell) + times;
  };
  const picked = new Map<number, number>();
  const order = [...numbered.keys()].sort(
    (one, other) => at(numbered, one).length - at(numbered, other).length || one - other,
  );
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const question of order) {
      const options = at(numbered, question);
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
