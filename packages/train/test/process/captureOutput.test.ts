import { describe, expect, test } from "@jest/globals";
import { captureOutput } from "../../src/process/captureOutput.ts";

describe("captureOutput", () => {
  test("gives both streams and the exit code", async () => {
    const script = "process.stdout.write('ä'.repeat(200000)); console.error('why'); process.exitCode = 3";
    expect(await captureOutput([process.execPath, "-e", script])).toEqual({
      exitCode: 3,
      stdout: "ä".repeat(200_000),
      stderr: "why\n",
      failure: null,
    });
  });

  test("says why there is no exit code: not there, or killed", async () => {
    const missing = await captureOutput(["/nowhere/python"]);
    expect(missing).toMatchObject({ exitCode: null, failure: expect.stringContaining("ENOENT") });
    const killed = await captureOutput([process.execPath, "-e", "process.kill(process.pid, 'SIGKILL')"]);
    expect(killed).toMatchObject({ exitCode: null, failure: "ended by SIGKILL" });
  });
});
