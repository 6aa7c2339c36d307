/** A field of parsed JSON; undefined when absent: inherited members such as "constructor" are not values of a file. */
export function ownValue(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
