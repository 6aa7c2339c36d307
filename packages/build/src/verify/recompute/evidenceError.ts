/** Evidence that no answer can rest on: an object that is not there, a frame that does not show it. */
export class EvidenceError extends Error {
  override readonly name = "EvidenceError";
  readonly got: string;
  readonly expected: string;

  constructor(got: string, expected: string) {
    super(`got ${got}, expected ${expected}`);
    this.got = got;
    this.expected = expected;
  }
}
