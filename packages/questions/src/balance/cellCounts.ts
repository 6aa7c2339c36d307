import { at } from "@vsi/dataset";

/** How often each cell of a table was taken; cells are named by their parts. */
export class CellCounts {
  readonly #counts = new Map<string, number>();

  of(cell: string): number {
    return this.#counts.get(cell) ?? 0;
  }

  add(cell: string, times: 1 | -1 = 1): void {
    this.#counts.set(cell, this.of(cell) + times);
  }
}

/** Times that every choice is made again with all others known: more moved hardly any. */
const ROUNDS = 4;

/** The cells of one option of a question, one of each table that is to be filled evenly. */
export type OptionCells = readonly string[];

/**
 * For each question one of its options, so that the cells of every table are taken as evenly as can be: questions with
 * the fewest options first, then each again with the others known. Each table counts on its own: to even out every
 * combination of their cells takes more questions than there are, and bends what is left the other way.
 *
 * @param questions each one's options, at least one.
 * @returns for each question the place of its option.
 */
export function spreadEvenly(questions: readonly (readonly OptionCells[])[]): number[] {
  const cells = new CellCounts();
  const costOf = (option: OptionCells) => option.reduce((sum, cell) => sum + cells.of(cell), 0);
  const add = (option: OptionCells, times: 1 | -1) => {
    for (const cell of option) cells.add(cell, times);
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
      const least = options.reduce(
        (best, option, place) => (costOf(option) < costOf(at(options, best)) ? place : best),
        before ?? 0,
      );
      add(at(options, least), 1);
      picked.set(question, least);
    }
  }
  return questions.map((_, question) => picked.get(question) ?? 0);
}
