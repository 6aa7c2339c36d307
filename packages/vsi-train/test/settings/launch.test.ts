import { join, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { UsageError } from "@vsi/command";
import {
  launcherCommand,
  resolveLaunch,
  runFolder,
  withoutLauncher,
  workerCommand,
  worldSize,
} from "../../src/settings/launch.ts";

const ALONE = { processes: 8, hosts: null };

describe("where the processes are", () => {
  test("one host where nothing says otherwise", () => {
    const launch = resolveLaunch(ALONE, {}, "laptop");
    expect(launch).toEqual({ processes: 8, hosts: 1, host: 0, rendezvous: null });
    expect(launcherCommand(launch, "python")).toBeNull();
    expect(resolveLaunch({ processes: 2, hosts: ["laptop"] }, {}, "laptop")).toMatchObject({
      hosts: 1,
      rendezvous: null,
    });
  });

  test("--hosts: the first is where they meet, and each finds its number, by short or full name", () => {
    const asked = { processes: 4, hosts: ["gpu1", "gpu2.cluster"] };
    expect(resolveLaunch(asked, { MASTER_PORT: "3000" }, "gpu2")).toEqual({
      processes: 4,
      hosts: 2,
      host: 1,
      rendezvous: { address: "gpu1", port: 3000 },
    });
    expect(() => resolveLaunch(asked, {}, "gpu3")).toThrow(UsageError);
  });

  test.each([
    ["gpu[03-06,9],login", "gpu03"],
    ["node7", "node7"],
    ["a1,a2", "a1"],
    ["rack[2]-n[1-4]", "rack2-n1"],
  ])("Slurm's list %s begins with %s", (list, address) => {
    const environment = { SLURM_NNODES: "4", SLURM_NODEID: "2", SLURM_JOB_NODELIST: list };
    expect(resolveLaunch(ALONE, environment, "gpu05")).toEqual({
      processes: 8,
      hosts: 4,
      host: 2,
      rendezvous: { address, port: 29_500 },
    });
  });

  test("Kubernetes: Kubeflow's PET_* come first, with the processes of a pod; PyTorchJob's WORLD_SIZE and RANK count pods", () => {
    const job = { WORLD_SIZE: "2", RANK: "1", MASTER_ADDR: "job-master-0", MASTER_PORT: "23456" };
    const asked = { processes: null, hosts: null };
    expect(resolveLaunch(asked, job, "pod")).toEqual({
      processes: 1,
      hosts: 2,
      host: 1,
      rendezvous: { address: "job-master-0", port: 23_456 },
    });
    const pet = {
      PET_NNODES: "3",
      PET_NODE_RANK: "2",
      PET_NPROC_PER_NODE: "8",
      PET_MASTER_ADDR: "a",
      PET_MASTER_PORT: "29400",
    };
    expect(resolveLaunch(asked, { ...job, ...pet }, "pod")).toEqual({
      processes: 8,
      hosts: 3,
      host: 2,
      rendezvous: { address: "a", port: 29_400 },
    });
    expect(resolveLaunch({ ...asked, processes: 4 }, { PET_NPROC_PER_NODE: "auto" }, "pod").processes).toBe(4);
    expect(() => resolveLaunch(asked, { PET_NPROC_PER_NODE: "auto" }, "pod")).toThrow(/--processes/);
    expect(() => resolveLaunch(asked, { PET_NNODES: "1:3" }, "pod")).toThrow(/PET_NNODES: got 1:3/);
    // Left over, without a place to meet: one host.
    expect(resolveLaunch(asked, { WORLD_SIZE: "8", RANK: "0" }, "pod")).toMatchObject({ hosts: 1, processes: 1 });
  });

  test.each([
    [{ LOCAL_RANK: "0", RANK: "0", WORLD_SIZE: "8" }, "LOCAL_RANK=0"],
    [{ SLURM_NNODES: "1", SLURM_LOCALID: "3" }, "SLURM_LOCALID=3"],
    [{ OMPI_COMM_WORLD_LOCAL_SIZE: "8" }, "OMPI_COMM_WORLD_LOCAL_SIZE=8"],
  ])("one vsi-train per process is refused: %j", (environment, named) => {
    expect(() => resolveLaunch(ALONE, environment, "x")).toThrow(named);
  });

  test("the worker hears no other launcher, and keeps everything else", () => {
    const foreign = {
      RANK: "3",
      WORLD_SIZE: "8",
      MASTER_ADDR: "a",
      PET_NNODES: "2",
      TORCHELASTIC_RUN_ID: "x",
      PMI_RANK: "1",
    };
    const kept = { PATH: "/bin", SLURM_JOB_ID: "7", CUDA_VISIBLE_DEVICES: "0", HF_HOME: "/hub", NCCL_DEBUG: "INFO" };
    expect(withoutLauncher({ ...foreign, ...kept })).toEqual(kept);
  });

  test("torchrun's users' variables; MASTER_ADDR goes before Slurm's list", () => {
    const environment = { NNODES: "2", NODE_RANK: "0", MASTER_ADDR: "10.0.0.1", SLURM_JOB_NODELIST: "x" };
    expect(resolveLaunch(ALONE, environment, "x").rendezvous).toEqual({ address: "10.0.0.1", port: 29_500 });
  });

  test.each([
    [{ NNODES: "2" }],
    [{ NNODES: "2", NODE_RANK: "2", MASTER_ADDR: "a" }],
    [{ SLURM_NNODES: "2", SLURM_NODEID: "0" }],
    [{ SLURM_NNODES: "two" }],
    [{ MASTER_PORT: "0" }],
  ])("a scheduler that says too little or nonsense is refused: %j", (environment) => {
    expect(() => resolveLaunch(ALONE, environment, "x")).toThrow(UsageError);
  });
});

test("torchrun's command for one of several hosts, and the size of the world", () => {
  const launch = { processes: 8, hosts: 2, host: 1, rendezvous: { address: "gpu1", port: 29_500 } };
  expect(launcherCommand(launch, "/venv/bin/python")).toEqual([
    "/venv/bin/python",
    "-m",
    "torch.distributed.run",
    "--shutdown-timeout=600",
    "--nnodes=2",
    "--node_rank=1",
    "--nproc_per_node=8",
    "--master_addr=gpu1",
    "--master_port=29500",
  ]);
  expect(worldSize(launch)).toBe(16);
});

test("the first host's is the run's own, every further one's another folder below it", () => {
  const of = (host: number) => runFolder({ out: "runs/a", launch: { processes: 8, hosts: 3, host, rendezvous: null } });
  expect(of(0)).toBe(resolve("runs/a"));
  expect([of(1), of(2)]).toEqual([join(of(0), "hosts", "1"), join(of(0), "hosts", "2")]);
});

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
