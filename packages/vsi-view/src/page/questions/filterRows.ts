/** A column of small numbers by which rows are filtered, such as the question's type. */
export interface Facet {
  /** By row: which of the values it has; -1 for none. */
  values: Int32Array;
  /** How many values there are. */
  size: number;
  /** The value that rows must have; null for any. */
  wanted: number | null;
}

/** What is left of a table. */
export interface FilteredRows {
  /** The rows that pass everything, in their order. */
  rows: Int32Array;
  /** By facet, how many rows each of its values would show if it were wanted: all other filters hold. */
  counts: Int32Array[];
}

/**
 * Rows that have every facet's wanted value, with what each other choice would show. One pass: a row that fails a single
 * facet counts for that facet's own choices. 100,000 rows take a millisecond or two, so that a key press filters at once.
 *
 * @param from the first row looked at; those from `to` on are not.
 * @param passes by row, 0 for what is left out whatever the facets say; null where nothing is.
 */
export function filterRows(
  facets: readonly Facet[],
  from: number,
  to: number,
  passes: Uint8Array | null,
): FilteredRows {
  const counts = facets.map(({ size }) => new Int32Array(size));
  const rows = new Int32Array(to - from);
  let found = 0;
  for (let row = from; row < to; row += 1) {
    if (passes !== null && passes[row] === 0) continue;
    let failed = -1;
    let failures = 0;
    for (let index = 0; index < facets.length && failures < 2; index += 1) {
      const { wanted, values } = facets[index] as Facet;
      if (wanted !== null && values[row] !== wanted) {
        failed = index;
        failures += 1;
      }
    }
    if (failures > 1) continue;
    if (failures === 0) {
      rows[found] = row;
      found += 1;
    }
    for (let index = failures === 0 ? 0 : failed; index < (failures === 0 ? facets.length : failed + 1); index += 1) {
      const value = (facets[index] as Facet).values[row] as number;
      if (value >= 0) (counts[index] as Int32Array)[value] = ((counts[index] as Int32Array)[value] as number) + 1;
    }
  }
  return { rows: rows.slice(0, found), counts };
}

/** Finds the rows whose text has every word of a search, in small or capital letters. */
export class TextSearch {
  readonly #lower: readonly string[];
  #words: readonly string[] = [];
  #passes: Uint8Array | null = null;

  /** @param texts by row: all that is searched. */
  constructor(texts: readonly string[]) {
    this.#lower = texts.map((text) => text.toLowerCase());
  }

  /**
   * By row, 1 where every word is found; null for an empty search. What narrows the last search, as the next typed letter
   * does, looks at the rows that were left.
   */
  find(query: string): Uint8Array | null {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const known = this.#passes;
    if (words.length === 0) this.#passes = null;
    else if (known === null || words.join("\n") !== this.#words.join("\n")) {
      const narrows =
        known !== null &&
        this.#words.every((word, index) =>
          index === this.#words.length - 1 ? words[index]?.startsWith(word) : words[index] === word,
        );
      this.#passes = this.#search(words, narrows ? known : null);
    }
    this.#words = words;
    return this.#passes;
  }

  #search(words: readonly string[], among: Uint8Array | null): Uint8Array {
    const lower = this.#lower;
    const passes = new Uint8Array(lower.length);
    for (let row = 0; row < lower.length; row += 1) {
      if (among !== null && among[row] === 0) continue;
      const text = lower[row] as string;
      let found = 1;
      for (let index = 0; index < words.length && found === 1; index += 1) {
        if (!text.includes(words[index] as string)) found = 0;
      }
      passes[row] = found;
    }
    return passes;
  }
}
