import type { FreeFloor } from "./freeFloor.ts";

/** Breadth-first search: how many steps each point of the floor is from `start`; -1 where no way leads. */
export function stepsFrom({ neighbours }: Pick<FreeFloor, "neighbours">, start: number): Int32Array {
  const steps = new Int32Array(neighbours.length).fill(-1);
  const queue = [start];
  steps[start] = 0;
  for (const point of queue) {
    for (const neighbour of neighbours[point]) {
      if (steps[neighbour] >= 0) continue;
      steps[neighbour] = steps[point] + 1;
      queue.push(neighbour);
    }
  }
  return steps;
}
