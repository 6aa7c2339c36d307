import { describe, expect, test } from "@jest/globals";
import { workerCommand } from "../../src/worker/workerCommand.ts";

const python = "/env/bin/python";

describe("workerCommand", () => {
  test("plain Python for one process, torchrun of the same Python for more, a launcher as it is given", () => {
    const json = "/runs/a/worker.json";
    expect(workerCommand({ python, processes: 1, launcher: null }, json)).toEqual([python, "-m", "vsi_trainer", json]);
    expect(workerCommand({ python, processes: 8, launcher: null }, json).join(" ")).toBe(
      `${python} -m torch.distributed.run --shutdown-timeout=600 --standalone --nproc_per_node=8 -m vsi_trainer ${json}`,
    );
    expect(workerCommand({ python, processes: 8, launcher: ["srun", "torchrun", "--nnodes=2"] }, json)).toEqual([
      "srun",
      "torchrun",
      "--nnodes=2",
      "-m",
      "vsi_trainer",
      json,
    ]);
  });

  test.each([0, -1, 1.5, Number.NaN])("%p processes are refused", (processes) => {
    expect(() => workerCommand({ python, processes, launcher: null }, "x")).toThrow(/--processes.*at least 1/);
  });
});
