import type { Task } from "./task.ts";

/** How many objects of a label: each raw label with at least two instances (VSI-Bench's generators ask for two). */
export const objectCounting: Task = {
  type: "object_counting",
  order: "every",
  candidates({ scene }) {
    const groups = [...scene.objectsByLabel].filter(([, objects]) => objects.length >= 2);
    return {
      count: groups.length,
      ask(index) {
        const [label, objects] = groups[index]!;
        const draft = {
          words: { category: label },
          ground_truth: String(objects.length),
          evidence: {
            object_ids: objects.map((object) => object.id),
            value: objects.length,
            unit: "count" as const,
            margin: null,
          },
        };
        return { draft, refusals: [] };
      },
    };
  },
};
