/**
 * Whether an SPDX expression leaves a choice that `allowed` covers: of "A OR B" one suffices, of "A AND B" all are
 * needed. Brackets are only read around the whole.
 */
export function isLicenceAllowed(expression: string, allowed: ReadonlySet<string>): boolean {
  return expression
    .replace(/^\((.*)\)$/, "$1")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((licence) => allowed.has(licence)));
}
