import { expect, test } from "@jest/globals";
import { debiasText } from "../../../src/audit/show/debiasText.ts";

test("says what each type lost, what is left, and where it could not be helped", () => {
  const interval = { mean: 0.2, low: 0.1, high: 0.3 };
  const text = debiasText({
    dataset: "rooms",
    out: "./less",
    limit: 0.05,
    seed: 0,
    splits: {
      train: [
        {
          type: "object_rel_distance",
          questions: 1500,
          dropped: 400,
          excessBefore: interval,
          excessAfter: { mean: 0.04, low: 0, high: 0.08 },
          reached: true,
        },
        {
          type: "room_size_estimation",
          questions: 7,
          dropped: 0,
          excessBefore: interval,
          excessAfter: interval,
          reached: false,
        },
      ],
    },
  });
  expect(text).toMatch(
    /object_rel_distance +│ +1,500 │ +400 │ +1,100 │ 20.0 \(10.0 to 30.0\) │ +4.0 \(0.0 to 8.0\) │ yes/,
  );
  expect(text).toMatch(/room_size_estimation.*no: left as it was/);
  expect(text).toContain("./less");
});
