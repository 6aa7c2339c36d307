import { spawn } from "node:child_process";
import { describe, expect, test } from "@jest/globals";
import { listProcesses } from "../../src/process/listProcesses.ts";

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
