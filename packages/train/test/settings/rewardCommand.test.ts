import { expect, test } from "@jest/globals";
import { rewardCommand } from "../../src/settings/rewardCommand.ts";
import { runProcess } from "../support/runProcess.ts";

test("starts the real reward worker", async () => {
  const request = {
    completion: "3",
    ground_truth: "3",
    question_type: "object_counting",
    options: null,
    mode: "vanilla",
  };
  const { exitCode, stdout } = await runProcess(rewardCommand(), { input: `${JSON.stringify(request)}\n` });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ total: 1 });
});
