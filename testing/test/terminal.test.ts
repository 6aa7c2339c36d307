import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type CommandResult, FIXTURES, runCommand } from "./support/runCommand.ts";

/** An escape sequence, a bell, C1 controls, a backspace, and what turns the reading direction. */
const HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\x85\b\u202egnp\u2066\u200f";

/** All that a terminal obeys, but tabs and line feeds. */
const OBEYED = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

let folder: string;
let dataset: string;
const ids: string[] = [];

/** A dataset whose every label, question, answer and name is hostile, its ids and hashes left as they are. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vsi-terminal-"));
  dataset = join(folder, "dataset");
  cpSync(join(FIXTURES, "dataset"), dataset, { recursive: true });
  rewrite(join(dataset, "data", "train.jsonl"), (question) => {
    ids.push(question.id as string);
    const { options, ground_truth } = question as { options: string[] | null; ground_truth: string };
    return {
      ...question,
      question: `${HOSTILE}${question.question as string}`,
      options: options?.map((option) => option + HOSTILE) ?? null,
      ground_truth: options === null ? ground_truth : ground_truth + HOSTILE,
    };
  });
  for (const name of readdirSync(join(dataset, "scenes"))) {
    rewrite(join(dataset, "scenes", name), (scene) => ({
      ...scene,
      dataset: `vsi-synth${HOSTILE}`,
      objects: (scene.objects as { label: string; category: string }[]).map((object) => ({
        ...object,
        label: object.label + HOSTILE,
        category: object.category + HOSTILE,
      })),
    }));
  }
  rewrite(join(dataset, "manifest.json"), (manifest) => ({ ...manifest, name: `mine${HOSTILE}` }));
  writeFileSync(join(dataset, `extra${HOSTILE}.txt`), "not in SHA256SUMS");
});
afterAll(() => rmSync(folder, { recursive: true }));

type JsonObject = Record<string, unknown>;

function rewrite(path: string, change: (record: JsonObject) => JsonObject): void {
  const text = readFileSync(path, "utf8");
  const records = path.endsWith(".json") ? [text] : text.split("\n").filter((line) => line !== "");
  writeFileSync(path, records.map((json) => `${JSON.stringify(change(JSON.parse(json) as JsonObject))}\n`).join(""));
}

function expectHarmless({ stdout, stderr }: CommandResult): void {
  expect(stdout).not.toMatch(OBEYED);
  expect(stderr).not.toMatch(OBEYED);
  // A defect of ours comes with its stack.
  expect(stderr).not.toMatch(/^ {4}at /m);
}

describe("regression: nothing of a dataset reaches the terminal as a control character", () => {
  test.each([
    ["stats", []],
    ["stats --json", ["--json"]],
    ["audit", []],
    ["verify", []],
    ["verify --json", ["--json"]],
  ])("vsi-build %s", async (words, flags) => {
    const [command = ""] = words.split(" ");
    expectHarmless(await runCommand("vsi-build", [command, dataset, ...flags]));
  });

  test("vsi-build show: question, options, answer and labels, as text and as JSON", async () => {
    for (const id of [ids[0], ids.at(-1)] as string[]) {
      const shown = await runCommand("vsi-build", ["show", dataset, id]);
      expectHarmless(shown);
      expect(shown.stderr).toBe("");
      expect(shown.stdout).toContain("\\u001b]0;owned\\u0007");
      const { stdout, ...rest } = await runCommand("vsi-build", ["show", dataset, id, "--json"]);
      expectHarmless({ stdout, ...rest });
      expect((JSON.parse(stdout) as { question: { question: string } }).question.question).toContain(HOSTILE);
    }
  });

  test("vsi-eval score: predictions, ids and file names in its table and its errors", async () => {
    const data = join(FIXTURES, "eval-run", "questions.jsonl");
    const [first = ""] = readFileSync(data, "utf8").split("\n");
    const { id } = JSON.parse(first) as { id: string };
    const written = (name: string, record: object): string => {
      writeFileSync(join(folder, name), `${JSON.stringify(record)}\n`);
      return join(folder, name);
    };
    const answer = written(`answer${HOSTILE}.jsonl`, { id, prediction: `nothing ${HOSTILE}` });
    const scored = await runCommand("vsi-eval", ["score", answer, "--data", data]);
    expect(scored.exitCode).toBe(0);
    expectHarmless(scored);
    const unknown = written("unknown.jsonl", { id: HOSTILE, prediction: "3" });
    const refused = await runCommand("vsi-eval", ["score", unknown, "--data", data]);
    expect(refused.exitCode).toBe(2);
    expectHarmless(refused);
  });
});
