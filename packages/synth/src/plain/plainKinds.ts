/** A kind of block in a plain room. */
export interface PlainKind {
  /** ScanNet's raw label. */
  label: string;
  /** Red, green and blue, 0 to 255. */
  color: readonly [red: number, green: number, blue: number];
}

/** The kinds of plain rooms, each in a colour of its own: one of red, green and blue is strong, the other two are weak. */
export const plainKinds: readonly PlainKind[] = [
  { label: "cabinet", color: [225, 30, 30] },
  { label: "printer", color: [30, 200, 30] },
  { label: "suitcase", color: [30, 60, 225] },
];
