import { spawn } from "node:child_process";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { descendantsOf, listProcesses } from "../../src/process/processTree.ts";

describe("descendantsOf", () => {
  test("are those whose line of parents leads to the root, in whatever order they are listed", () => {
    // Process n > 1 has a parent below n: a tree under process 1.
    const trees = fc
      .array(fc.nat(), { maxLength: 30 })
      .map((draws) => draws.map((draw, at) => ({ pid: at + 2, parent: 1 + (draw % (at + 1)), group: 1 })));
    const shuffled = trees.chain((tree) => fc.shuffledSubarray(tree, { minLength: tree.length }));
    fc.assert(
      fc.property(shuffled, fc.integer({ min: 1, max: 10 }), (processes, root) => {
        const parentOf = new Map(processes.map(({ pid, parent }) => [pid, parent]));
        const leadsToRoot = (pid: number): boolean => {
          const parent = parentOf.get(pid);
          return parent !== undefined && (parent === root || leadsToRoot(parent));
        };
        const found = descendantsOf(root, processes).map(({ pid }) => pid);
        expect(found.toSorted((a, b) => a - b)).toEqual([...parentOf.keys()].filter(leadsToRoot).sort((a, b) => a - b));
        for (const [at, pid] of found.entries()) {
          expect([root, ...found.slice(0, at)]).toContain(parentOf.get(pid));
        }
      }),
    );
  });

  test("a process that is its own parent (pid 0 of some systems) is no endless loop", () => {
    expect(descendantsOf(0, [{ pid: 0, parent: 0, group: 0 }])).toEqual([]);
  });
});

describe("listProcesses", () => {
  test("knows this process, its parent, and a child that leads a group of its own, whatever its name", async () => {
    const child = spawn("sh", ["-c", "sleep 30"], { argv0: "odd) name (1 2", detached: true, stdio: "ignore" });
    try {
      const processes = await listProcesses();
      expect(processes.find(({ pid }) => pid === process.pid)).toMatchObject({ parent: process.ppid });
      expect(processes.find(({ pid }) => pid === child.pid)).toEqual({
        pid: child.pid,
        parent: process.pid,
        group: child.pid,
      });
    } finally {
      process.kill(-child.pid!, "SIGKILL");
    }
  });
});
