/** How often each cell of a table was taken; cells are named by their parts. */
export class CellCounts {
  readonly #counts = new Map<string, number>();

  of(cell: string): number {
    return this.#counts.get(cell) ?? 0;
  }

  add(cell: string): void {
    this.#counts.set(cell, this.of(cell) + 1);
  }
}
