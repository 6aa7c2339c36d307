type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

export interface Mutation {
  /** What was done, for the failing test's text. */
  change: string;
  value: unknown;
}

/**
 * Every record that differs from a good one in one place: a field left out, a field too many in an object, and a value
 * of a type no field allows there.
 *
 * @param openPaths objects whose fields are free, such as counts by name: "/settings".
 */
export function mutations(good: unknown, openPaths: readonly string[] = []): Mutation[] {
  return mutationsOf(structuredClone(good) as Json, "", new Set(openPaths));
}

function mutationsOf(value: Json, path: string, open: ReadonlySet<string>): Mutation[] {
  const changes: Mutation[] = [{ change: `${path || "the record"} is true`, value: true }];
  if (Array.isArray(value)) {
    const [first, ...others] = value;
    if (first !== undefined) {
      changes.push(...wrapped(mutationsOf(first, `${path}/0`, open), (inner) => [inner, ...others]));
    }
  } else if (value !== null && typeof value === "object") {
    if (open.has(path)) {
      return changes;
    }
    changes.push({ change: `${path} has a field too many`, value: { ...value, unknown: 1 } });
    for (const [name, field] of Object.entries(value)) {
      const { [name]: _, ...rest } = value;
      changes.push({ change: `${path}/${name} is missing`, value: rest });
      changes.push(...wrapped(mutationsOf(field, `${path}/${name}`, open), (inner) => ({ ...value, [name]: inner })));
    }
  }
  return changes;
}

function wrapped(changes: Mutation[], wrap: (inner: unknown) => unknown): Mutation[] {
  return changes.map(({ change, value }) => ({ change, value: wrap(value) }));
}
