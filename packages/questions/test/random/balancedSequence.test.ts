import { expect, test } from "@jest/globals";
import { balancedSequence } from "../../src/random/balancedSequence.ts";
import { CHI_SQUARE_999, chiSquare } from "../support/chiSquare.ts";
import { testStream } from "../support/stream.ts";

test("each block of four holds each of four values once", () => {
  const sequence = balancedSequence(["a", "b", "c", "d"], testStream(0));
  for (let block = 0; block < 50; block++) {
    const values = Array.from({ length: 4 }, () => sequence.next().value);
    expect(values.sort()).toEqual(["a", "b", "c", "d"]);
  }
});

test("at each place of the sequence each value is equally likely", () => {
  const counts = Array.from({ length: 6 }, () => [0, 0]);
  for (let seed = 0; seed < 2000; seed++) {
    const sequence = balancedSequence([0, 1], testStream(seed));
    for (const places of counts) {
      places[sequence.next().value]! += 1;
    }
  }
  for (const places of counts) {
    expect(chiSquare(places)).toBeLessThan(CHI_SQUARE_999[1]!);
  }
});
