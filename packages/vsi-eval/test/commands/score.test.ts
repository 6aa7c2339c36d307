import { expect, test } from "@jest/globals";
import { READERS } from "@vsi/scoring";
import { READER_NAMES } from "@vsi/scoring/choices";

test("--reader offers every reader by its name", () => {
  expect(READER_NAMES).toEqual(READERS.map(({ name }) => name));
});
