/** What URL calls this machine itself. */
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** A warning when a key would cross a network that others may read; null when it would not. The key is not in it. */
export function plainKeyWarning(baseUrl: string, key: string | null): string | null {
  const { protocol, hostname } = new URL(baseUrl);
  if (key === null || protocol === "https:" || LOOPBACK.test(hostname)) return null;
  return `The API key goes to ${hostname} unencrypted. Use https, or unset the variable when that server needs no key.`;
}
