import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readChecksums, readJsonl } from "@vsi/dataset/node";
import { validateManifest, validateQuestion, validateReject } from "@vsi/dataset/validate";
import { verifyDataset } from "@vsi/inspect";
import { parseQuestion } from "@vsi/questions";
import { answerReaders } from "./answerReaders.ts";
import { keptReaders } from "./keptReaders.ts";
import { jsonText, mutateBytes, mutateJson, mutateText } from "./mutate.ts";
import type { Inputs, Reader } from "./reader.ts";
import { folderReaders, runReaders } from "./runReaders.ts";
import { factsReaders, rawScanReaders } from "./scanReaders.ts";

/** Made once; a case only changes copies. */
export async function makeReaders(inputs: Inputs): Promise<Reader[]> {
  return [
    ...rawScanReaders(inputs),
    ...factsReaders(inputs),
    ...datasetReaders(inputs),
    ...answerReaders(),
    ...(await keptReaders(inputs)),
    ...(await runReaders(inputs)),
    ...(await folderReaders(inputs)),
  ];
}

/** Readers of what a dataset folder holds. */
function datasetReaders({ dataset, work }: Inputs): Reader[] {
  const data = join(dataset, "data");
  const questionFile =
    readdirSync(data)
      .map((name) => readFileSync(join(data, name), "utf8"))
      .find((text) => text !== "") ?? "";
  const lines = questionFile
    .split("\n")
    .filter((line) => line !== "")
    .slice(0, 40);
  const questions = lines.map((line) => JSON.parse(line) as { question: string });
  const [reject = "{}"] = readFileSync(join(dataset, "rejects.jsonl"), "utf8").split("\n");
  const rejected: unknown = JSON.parse(reject || "{}");
  const manifest: unknown = JSON.parse(readFileSync(join(dataset, "manifest.json"), "utf8"));
  const checksums = readFileSync(join(dataset, "SHA256SUMS"));
  const copy = join(work, "dataset");
  cpSync(dataset, copy, { recursive: true });
  const checked = readdirSync(dataset, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".jpg"))
    .map((entry) => join(entry.parentPath, entry.name).slice(dataset.length + 1));
  return [
    {
      name: "question text",
      share: 8,
      run: (random) => {
        const { question } = random.pick(questions);
        const text = mutateText(question, random);
        parseQuestion(text, random.chance(0.5) ? { categories: ["table", "chair and the lamp"] } : {});
      },
    },
    {
      name: "question record",
      share: 10,
      run: (random) => validateQuestion(mutateJson(random.pick(questions), random), { file: "q.jsonl" }),
    },
    { name: "reject record", share: 2, run: (random) => validateReject(mutateJson(rejected, random), { file: "r" }) },
    { name: "manifest", share: 6, run: (random) => validateManifest(mutateJson(manifest, random), { file: "m" }) },
    {
      name: "JSONL",
      share: 1,
      run: async (random) => {
        const path = join(work, "questions.jsonl");
        writeFileSync(path, mutateBytes(Buffer.from(lines.slice(0, 8).join("\n")), random));
        for await (const { record } of readJsonl(path)) validateQuestion(record, { file: path });
      },
    },
    {
      name: "checksums",
      share: 1,
      run: (random) => {
        writeFileSync(join(work, "SHA256SUMS"), mutateBytes(checksums, random));
        return readChecksums(work);
      },
    },
    {
      name: "whole dataset",
      share: 0.05,
      run: async (random) => {
        const file = random.pick(checked);
        const good = readFileSync(join(dataset, file));
        const isJson = file.endsWith(".json") && random.chance(0.7);
        const bad = isJson
          ? jsonText(mutateJson(JSON.parse(good.toString("utf8")), random), random)
          : mutateBytes(good, random);
        try {
          writeFileSync(join(copy, file), bad);
          await verifyDataset(copy, { regenerate: random.chance(0.5) });
        } finally {
          writeFileSync(join(copy, file), good);
        }
      },
    },
  ];
}
