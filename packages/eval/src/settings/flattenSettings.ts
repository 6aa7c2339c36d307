/**
 * Settings as one list of names and JSON texts: {"image": {"pixels": 401408}} is "image.pixels" and "401408". Lists and empty objects are values; texts
 * stand without quotation marks. In the order of the names.
 */
export function flattenSettings(settings: Readonly<Record<string, unknown>>): Map<string, string> {
  const pairs = Object.entries(settings).flatMap(([name, value]) => pairsOf(name, value));
  return new Map(pairs.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function pairsOf(name: string, value: unknown): [string, string][] {
  const isBranch = typeof value === "object" && value !== null && !Array.isArray(value);
  const entries = isBranch ? Object.entries(value) : [];
  if (entries.length === 0) return [[name, typeof value === "string" ? value : JSON.stringify(value)]];
  return entries.flatMap(([key, inner]) => pairsOf(`${name}.${key}`, inner));
}
