import { randomStream } from "@vsi/dataset";

/** A stream for tests; other numbers give unrelated streams. */
export function testStream(number: number) {
  return randomStream(["test", number]);
}
