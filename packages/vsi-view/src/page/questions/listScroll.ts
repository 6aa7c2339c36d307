/** How a list of any length scrolls in an element that has to end somewhere. Lengths are pixels. */
export interface ListScroll {
  /** Height of the element that scrolls past. */
  space: number;
  /** The part of the list at the upper edge, where the element is scrolled to `scrollTop`. */
  listTop(scrollTop: number): number;
  /** Where the element is to be scrolled to, so that `listTop` is at the upper edge. */
  scrollTop(listTop: number): number;
}

/**
 * Browsers cut an element off, without a word: Firefox at 17,895,697 pixels, Chromium at 33,554,428. Rows behind that,
 * of a list of 500,000, could not be seen.
 */
const TALLEST = 15_000_000;

/**
 * A list that is taller than a browser allows is scrolled faster than the scroll bar moves; up to 220,000 rows, the two
 * move alike.
 *
 * @param list height of all rows.
 * @param view height of what is seen of them.
 */
export function listScroll(list: number, view: number): ListScroll {
  const space = Math.min(list, TALLEST);
  const ratio = space > view ? (list - view) / (space - view) : 1;
  return {
    space,
    listTop: (scrollTop) => scrollTop * ratio,
    scrollTop: (listTop) => listTop / ratio,
  };
}
