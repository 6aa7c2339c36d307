import { expect, test } from "@jest/globals";
import { servingLines } from "../../src/run/servingLines.ts";

test("an adapter is served with its base model, a rank that vLLM takes, and asked as it was trained", () => {
  const lines = servingLines({
    model: "runs/a b/model",
    base: "org/base",
    rank: 48,
    frames: 8,
    maxPixels: 50176,
    mode: "think",
  });
  expect(lines).toEqual([
    `Serve it: vllm serve org/base --enable-lora --max-lora-rank 64 --lora-modules trained='runs/a b/model' --limit-mm-per-prompt '{"image": 8}'`,
    "Evaluate it: vsi-eval run --model trained --base-url http://127.0.0.1:8000/v1 --data ./vsi-bench --prompts training --frames 8 --max-pixels 50176 --mode think",
  ]);
});

test("regression: the dataset that a model was trained on was not the one it was told to be asked about", () => {
  const [, evaluate] = servingLines({ model: "runs/a/model", data: "./my rooms" });
  expect(evaluate).toContain(" --data './my rooms' --prompts training");
});

test("a whole model stands alone", () => {
  expect(servingLines({ model: "./merged" })[0]).toBe(
    `Serve it: vllm serve ./merged --limit-mm-per-prompt '{"image": 16}'`,
  );
});

test("regression: vllm serve was advised for a model with code of its own, as tiny-model's, which only transformers serve is known to take", () => {
  const transformers = "/cache/python";
  const serve = expect.stringMatching(
    /^Serve it: \/cache\/python -m transformers\.cli\.transformers serve .*--trust-remote-code$/,
  );
  const evaluate = (model: string) =>
    `Evaluate it: vsi-eval run --model ${model} --base-url http://127.0.0.1:8000/v1 --data ./vsi-bench --prompts training`;
  expect(servingLines({ model: "runs/a/model", transformers })).toEqual([serve, evaluate("runs/a/model")]);
  expect(servingLines({ model: "runs/a/model", base: "./tiny", rank: 16, transformers })).toEqual([
    "Merge it: vsi-train merge runs/a --out runs/a/merged",
    serve,
    evaluate("runs/a/merged"),
  ]);
});
