import { describe, expect, test } from "@jest/globals";
import { numberFeatures } from "../../../src/audit/blind/numberFeatures.ts";
import { numberQuestion } from "../../support/auditQuestion.ts";

const distance = (a: string, b: string, value = 1) => numberQuestion({ places: { a, b }, value });

describe("numberFeatures", () => {
  test("each label in its place, each label, and the pair: in either order the pair and the labels are shared", () => {
    const five = Array.from({ length: 5 });
    const { size, rows } = numberFeatures([
      ...five.map(() => distance("bed", "lamp")),
      ...five.map(() => distance("lamp", "bed")),
    ]);
    // The constant; bed, lamp and the pair; four places.
    expect(size).toBe(8);
    const shared = [...rows[0]!].filter((feature) => rows[5]!.includes(feature));
    expect(rows[0]).toHaveLength(6);
    expect(shared).toHaveLength(4);
    expect(shared).toContain(0);
  });

  test("what fewer than five questions share is left out, and answers change nothing", () => {
    const rare = [distance("bed", "lamp"), distance("sofa", "door")];
    expect(numberFeatures(rare)).toEqual({ size: 1, rows: [Uint16Array.of(0), Uint16Array.of(0)] });
    const questions = Array.from({ length: 20 }, (_, index) =>
      distance("bed", index % 2 === 0 ? "lamp" : "door", index),
    );
    const other = questions.map((question) => ({ ...question, value: 99, truth: "99" }));
    expect(numberFeatures(other)).toEqual(numberFeatures(questions));
  });

  test("a wording that is not known is read word by word", () => {
    const questions = ["big", "small"].flatMap((word) =>
      Array.from({ length: 5 }, () => numberQuestion({ text: `How ${word} is it?`, value: 1 })),
    );
    const { rows } = numberFeatures(questions);
    expect(rows[0]).not.toEqual(rows[5]);
    expect(rows[0]).toHaveLength(2);
  });
});
