import type { MetaInfoFail } from "./metaInfoError.ts";

/** Ten thousand kilometres: Earth-centred coordinates fit, and no square or product of such numbers overflows. */
export const LARGEST_COORDINATE = 1e7;

/**
 * Reads a list of coordinates or direction components; -0 becomes 0, as it would in JSON.
 *
 * @param code of the error for a list that is not `count` finite numbers between -1e7 and 1e7.
 */
export function readMetaInfoNumbers(
  value: unknown,
  count: number,
  code: string,
  place: string,
  fail: MetaInfoFail,
): number[] {
  if (!Array.isArray(value) || value.length !== count) throw fail(code, place, value, `a list of ${count} numbers`);
  return Array.from(value, (component: unknown, index) => {
    if (typeof component === "number" && Math.abs(component) <= LARGEST_COORDINATE) return component + 0;
    const expected = `a number between -${LARGEST_COORDINATE} and ${LARGEST_COORDINATE}`;
    throw fail(code, `${place}[${index}]`, component, expected);
  });
}
