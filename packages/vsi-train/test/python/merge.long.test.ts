import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { runVsiTrain } from "@vsi/testing/commands";
import { forkingPython } from "@vsi/testing/forkingPython";
import { describeTrainer, newFolder } from "@vsi/testing/trainerPython";
import { eventsOf, expectDone, runForked, sharedTinyModel } from "../support/runTrainer.ts";

/** An adapter of the tiny model whose weights are not nothing, as an untrained one's are. */
const MAKE_ADAPTER = `
import sys, torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForImageTextToText
model = AutoModelForImageTextToText.from_pretrained(sys.argv[1])
torch.manual_seed(1)
adapted = get_peft_model(model, LoraConfig(r=4, target_modules=["q_proj", "down_proj"]))
for name, weight in adapted.named_parameters():
    if "lora_B" in name:
        torch.nn.init.normal_(weight, std=float(sys.argv[3]))
adapted.save_pretrained(sys.argv[2])
`;

/** Logits of the base model, of base and adapter, and of the merged model, each loaded from its folder. */
const COMPARE = `
import json, sys, torch
from peft import PeftModel
from transformers import AutoModelForImageTextToText
base, adapter, merged = sys.argv[1:]
load = AutoModelForImageTextToText.from_pretrained
tokens = torch.arange(20, 40).unsqueeze(0)
with torch.no_grad():
    alone = load(base)(input_ids=tokens).logits
    together = PeftModel.from_pretrained(load(base), adapter)(input_ids=tokens).logits
    one = load(merged)(input_ids=tokens).logits
print(json.dumps({"event": "compared", "moved": (alone - together).abs().max().item(), "off": (one - together).abs().max().item()}))
`;

const PYTHON = await forkingPython();

describeTrainer("vsi-train merge", () => {
  let folder: string;
  let tiny: string;
  const env = { VSI_TRAINER_PYTHON: PYTHON, HF_HUB_OFFLINE: "1", OMP_NUM_THREADS: "1" };
  const python = async (code: string, ...words: string[]) => {
    const run = await runForked(["-c", code, ...words]);
    expectDone(run);
    return run;
  };

  beforeAll(async () => {
    folder = await newFolder();
    tiny = await sharedTinyModel();
    await python(MAKE_ADAPTER, tiny, join(folder, "adapter"), "0.1");
  });

  test("writes a model that transformers loads and that answers as base and adapter do; --overwrite replaces it", async () => {
    const [adapter, out] = [join(folder, "adapter"), join(folder, "merged")];
    const { exitCode, stdout } = await runVsiTrain(["merge", adapter, "--out", out], env);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`vllm serve ${out}`);
    const [compared] = eventsOf(await python(COMPARE, tiny, adapter, out), "compared");
    const { moved, off } = compared!;
    expect(moved).toBeGreaterThan(0.01);
    expect(off).toBeLessThan(1e-4);
    expect((await runVsiTrain(["merge", adapter, "--out", out], env)).stderr).toContain("add --overwrite");
    expect((await runVsiTrain(["merge", adapter, "--out", out, "--overwrite"], env)).exitCode).toBe(0);
    expect(await readdir(out)).not.toContain(".vsi-merge");
  });

  test("an adapter that changes nothing is no result of training", async () => {
    const [adapter, out] = [join(folder, "untrained"), join(folder, "nothing")];
    await python(MAKE_ADAPTER, tiny, adapter, "0");
    const { exitCode, stderr } = await runVsiTrain(["merge", adapter, "--out", out], env);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining("changes nothing of") });
    expect(existsSync(out)).toBe(false);
  });
});

test("a folder of somebody else and a run without an end are refused before anything is written", async () => {
  const folder = await newFolder();
  const adapter = join(folder, "adapter");
  await mkdir(adapter);
  await writeFile(join(adapter, "adapter_config.json"), JSON.stringify({ base_model_name_or_path: "org/base" }));
  await writeFile(join(folder, "theirs.txt"), "mine");
  expect(await runVsiTrain(["merge", adapter, "--out", folder])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("holds no model of vsi-train merge"),
  });
  expect((await readdir(folder)).sort()).toEqual(["adapter", "theirs.txt"]);
  const refusal = async (config: string): Promise<string> => {
    await writeFile(join(adapter, "adapter_config.json"), config);
    const { exitCode, stderr } = await runVsiTrain(["merge", adapter, "--out", join(folder, "out")]);
    expect(exitCode).toBe(2);
    return stderr;
  };
  expect(await refusal("{}")).toContain("names no base model");
  expect(await refusal("{")).toContain("adapter_config.json is no JSON object");
  expect(await refusal('{"base_model_name_or_path": "./gone"}')).toContain(
    "got the base model ./gone, expected an exist",
  );
});

test("regression: of a whole model it was said that the record of a run is missing", async () => {
  const folder = await newFolder();
  await writeFile(join(folder, "config.json"), "{}");
  const { exitCode, stderr } = await runVsiTrain(["merge", folder, "--out", join(folder, "out")]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("got a whole model, expected a run of vsi-train")]);
});
