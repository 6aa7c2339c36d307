/** Shorter keys are stand-ins ("EMPTY", "none") that local servers ask for, and may be words of an honest answer. */
const SHORTEST_SECRET = 8;

/** A server's text without the key, should it have sent it back: as it is, or as it stands in a JSON text. */
export function redactKey(text: string, key: string | null): string {
  if (key === null || key.length < SHORTEST_SECRET) return text;
  const inJson = JSON.stringify(key).slice(1, -1);
  return text.replaceAll(key, "[API key]").replaceAll(inJson, "[API key]");
}
