import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Manifest, Question, Reject, SceneFacts } from "@vsi/dataset";
import { type GeneratedQuestions, type GenerateOptions, generateQuestions, type RulesName } from "@vsi/questions";
import { readLines } from "@vsi/testing/jsonFiles";

/** What version 0.1 wrote about two of its sample rooms. */
const DATASET = join(import.meta.dirname, "../../../../testing/fixtures/0.1/dataset");

const readJson = async <Content>(path: string) => JSON.parse(await readFile(join(DATASET, path), "utf8")) as Content;

describe("rooms that 0.1 asked about", () => {
  let former: Question[] = [];
  let formerRejects: Reject[] = [];
  const facts: SceneFacts[] = [];
  let manifest: Manifest;

  beforeAll(async () => {
    former = await readLines(join(DATASET, "data/train.jsonl"));
    formerRejects = await readLines(join(DATASET, "rejects.jsonl"));
    manifest = await readJson("manifest.json");
    for (const scene of ["scene9000_00", "scene9001_00"]) facts.push(await readJson(`scenes/${scene}.json`));
  });

  function ask(rules: RulesName): Pick<GeneratedQuestions, "questions" | "rejects"> {
    const { maxPerScene } = manifest.settings as Pick<GenerateOptions, "maxPerScene">;
    const options = { protocol: "vsi-bench", labels: "canonical", seed: manifest.seed, maxPerScene, rules } as const;
    const made = facts.map((scene) => generateQuestions(scene, options));
    return {
      questions: made.flatMap(({ questions }) => questions),
      rejects: made.flatMap(({ rejects }) => rejects),
    };
  }

  /** What a question asks, in whatever words: 0.2 writes VSI-Bench's own. */
  const essence = ({ scene_name, question_type, ground_truth, evidence, options, mc_answer }: Question) => ({
    ...{ scene_name, question_type, ground_truth, object_ids: evidence.object_ids },
    ...{ value: evidence.value, options, mc_answer },
  });

  test("paper rules give its questions: scene, type, objects, options and answer", () => {
    expect(former).toHaveLength(17);
    expect(ask("paper").questions.map(essence)).toEqual(former.map(essence));
  });

  test("and refuse what it refused", () => {
    const essenceOf = ({ scene_name, question_type, code, object_ids }: Reject) => ({
      ...{ scene_name, question_type, code, object_ids },
    });
    expect(formerRejects).not.toHaveLength(0);
    expect(ask("paper").rejects.map(essenceOf)).toEqual(formerRejects.map(essenceOf));
  });

  test("careful rules choose others", () => {
    expect(ask("careful").questions.map(essence)).not.toEqual(former.map(essence));
  });
});
