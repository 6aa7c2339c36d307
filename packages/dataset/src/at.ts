/**
 * A value that is known to be there.
 *
 * @throws RangeError for an index outside the values, which is a mistake of the program and never of its input.
 */
export function at<Value>(values: ArrayLike<Value>, index: number): Value {
  const value = values[index];
  if (value === undefined) {
    throw new RangeError(`index ${index} of ${values.length} values`);
  }
  return value;
}
