import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { type QuestionLine, questionsByScene } from "../../src/verify/records.ts";

async function* linesOf(scenes: readonly string[]): AsyncGenerator<QuestionLine> {
  for (const [index, scene_name] of scenes.entries()) yield { line: index + 1, question: { scene_name } as never };
}

async function groupsOf(scenes: readonly string[]): Promise<[string, number[]][]> {
  const groups: [string, number[]][] = [];
  for await (const { sceneName, questions } of questionsByScene(linesOf(scenes))) {
    groups.push([sceneName, questions.map(({ line }) => line)]);
  }
  return groups;
}

test("scenes in order are one group each", async () => {
  expect(await groupsOf(["a", "a", "b", "c"])).toEqual([
    ["a", [1, 2]],
    ["b", [3]],
    ["c", [4]],
  ]);
  expect(await groupsOf([])).toEqual([]);
});

test("in any order, each line comes once, with its scene, and a scene in at most two groups", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom("a", "b", "c", "d")), async (scenes) => {
      const groups = await groupsOf(scenes);
      for (const [scene, lines] of groups) for (const line of lines) expect(scenes[line - 1]).toBe(scene);
      expect(groups.flatMap(([, lines]) => lines).sort((a, b) => a - b)).toEqual(scenes.map((_, index) => index + 1));
      for (const name of "abcd") expect(groups.filter(([scene]) => scene === name).length).toBeLessThanOrEqual(2);
    }),
  );
});
