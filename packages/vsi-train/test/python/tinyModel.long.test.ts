import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { describeTrainer, newFolder } from "@vsi/testing/trainerPython";
import { expectDone, makeTinyModel, runPython, sharedTinyModel } from "../support/runTrainer.ts";

async function filesOf(folder: string): Promise<Map<string, Buffer>> {
  const names = (await readdir(folder)).sort();
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));
}

describeTrainer("tiny_model", () => {
  test("the same seed gives the same bytes in another process, another seed gives other weights alone", async () => {
    const own = join(await newFolder(), "own");
    // As users run it: what Python draws at its start, such as the seed of its hashes, forks of one process share.
    expectDone(await runPython(["-m", "vsi_trainer.tiny_model", own]));
    const first = await filesOf(await sharedTinyModel());
    const second = await filesOf(own);
    const other = await filesOf(await makeTinyModel(await newFolder(), 1));
    expect([...first.keys()]).toEqual(
      expect.arrayContaining(["config.json", "model.safetensors", "processor_config.json", "tokenizer.json"]),
    );
    expect(second).toEqual(first);
    const changed = [...first.keys()].filter((name) => !other.get(name)!.equals(first.get(name)!));
    expect(changed).toEqual(["model.safetensors"]);
    // The processor's configuration names the code beside it, so that other programs load the folder.
    const { auto_map } = JSON.parse(String(first.get("processor_config.json")));
    const [module, name] = auto_map.AutoProcessor.split(".");
    expect(String(first.get(`${module}.py`))).toContain(`class ${name}(`);
  });
});
