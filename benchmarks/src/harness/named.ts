/**
 * The value of a name that is known to be there.
 * @throws RangeError for another name, which is a mistake of the program.
 */
export function named<Value>(values: ReadonlyMap<string, Value>, name: string): Value {
  const value = values.get(name);
  if (value === undefined) throw new RangeError(`${name} is none of ${[...values.keys()].join(", ")}`);
  return value;
}
