import { describe, expect, test } from "@jest/globals";
import { checkDevices, type WorkerDoctor } from "../../src/doctor/machine.ts";

const MACHINE: WorkerDoctor = {
  versions: {},
  optional: { vllm: "0.9.1", deepspeed: null },
  devices: [{ kind: "cpu", name: "x86_64", memory: null }],
  cores: 2,
  memory: 25e9,
};

describe("checkDevices", () => {
  test("a machine without a GPU can train the tiny model: a note, nothing missing", () => {
    const findings = checkDevices(MACHINE);
    expect(findings.map(({ what, state }) => [what, state])).toEqual([
      ["GPU", "note"],
      ["CPU", "fine"],
      ["packages for some settings only", "fine"],
    ]);
    expect(findings[1]!.found).toBe("2 cores, 25 GB");
    expect(findings[2]).toMatchObject({ found: "vllm 0.9.1", advice: "not installed: deepspeed" });
  });

  test("names every GPU with its memory", () => {
    const devices = [1, 2].map(() => ({ kind: "cuda", name: "H100", memory: 80e9 }));
    expect(checkDevices({ ...MACHINE, devices })[0]).toMatchObject({
      state: "fine",
      found: "H100 (80 GB), H100 (80 GB)",
    });
    expect(checkDevices({ ...MACHINE, cores: null, memory: null })[1]!.found).toBe("unknown cores, memory unknown");
  });
});
