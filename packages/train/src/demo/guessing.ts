import { readFile } from "node:fs/promises";

/** Counts a JSONL file's questions and how many of them the most frequent answer is right for: all that guessing can earn. */
export async function guessing(path: string): Promise<{ questions: number; share: number }> {
  const lines = (await readFile(path, "utf8")).trim().split("\n");
  const counts = new Map<string, number>();
  for (const line of lines) {
    const { ground_truth } = JSON.parse(line) as { ground_truth: string };
    counts.set(ground_truth, (counts.get(ground_truth) ?? 0) + 1);
  }
  return { questions: lines.length, share: Math.max(...counts.values()) / lines.length };
}
