import type { QueryFlaw } from "./questionType.ts";

/**
 * What is wrong with a query's optional field that holds one of a few words; null where it may stand. A query may come
 * from a file or from JavaScript without types.
 */
export function flawOfWord(place: string, got: unknown, words: readonly string[]): QueryFlaw | null {
  const isKnown = got === undefined || (typeof got === "string" && words.includes(got));
  return isKnown
    ? null
    : { place, got, expected: `${words.map((word) => JSON.stringify(word)).join(" or ")}, or nothing` };
}
