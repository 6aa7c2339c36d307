import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { findTags } from "../../src/reader/findTags.ts";

const PIECES = ["<think>", "</think>", "<answer>", "</ANSWER>", "< observe >", "<", ">", "/", "answer", " ", "\t", "x"];

describe("findTags", () => {
  test("finds the same as one expression tried at every character", () => {
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, (completion) => {
        const expected = [...completion.matchAll(/<[ \t]{0,3}(\/?)[ \t]{0,3}(think|observe|answer)[ \t]{0,3}>/gi)].map(
          (match) => [match.index, match.index + match[0].length, match[1] === "/", match[2]!.toLowerCase()],
        );
        const found = findTags(completion);
        expect(found.map(({ start, end, closing, name }) => [start, end, closing, name])).toEqual(expected);
        for (const { start, end, exact, closing, name } of found) {
          expect(exact).toBe(completion.slice(start, end) === `<${closing ? "/" : ""}${name}>`);
        }
      }),
    );
  });

  test("takes no other tag, no attributes and no wide gap", () => {
    expect(findTags('<b><answer id="1"><       answer><answers>&lt;answer&gt;＜answer＞<answer')).toEqual([]);
    expect(findTags("")).toEqual([]);
  });
});
