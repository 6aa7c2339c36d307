import { resolve } from "node:path";
import { UsageError } from "@vsi/command";
import { at } from "@vsi/dataset/internal";
import { TrainError } from "../errors.ts";

/** Where a run's processes are. */
export interface Launch {
  /** Training processes on each host. */
  processes: number;
  hosts: number;
  /** This host's number, from 0; the first prepares the run and reports. */
  host: number;
  /** Where the processes of several hosts meet; null on one host. */
  rendezvous: { address: string; port: number } | null;
}

/** torchrun's own default. */
const DEFAULT_PORT = 29_500;

/**
 * Finds out where the run's processes are: from --hosts, else from the variables of Slurm or torchrun (SLURM_NNODES,
 * SLURM_NODEID, SLURM_JOB_NODELIST; NNODES, NODE_RANK; MASTER_ADDR, MASTER_PORT), else one host.
 *
 * @param asked names of all hosts, the first of which is the meeting place; null when not given.
 * @param hostname this host's.
 * @throws UsageError when this host is not among the hosts, or the scheduler's variables are incomplete.
 */
export function resolveLaunch(
  asked: { processes: number; hosts: readonly string[] | null },
  environment: NodeJS.ProcessEnv,
  hostname: string,
): Launch {
  const { processes } = asked;
  const port = Number(environment.MASTER_PORT ?? DEFAULT_PORT);
  if (!(Number.isSafeInteger(port) && port > 0 && port < 2 ** 16)) {
    throw new UsageError(`MASTER_PORT: got ${environment.MASTER_PORT}, expected a port's number, 1 to 65535.`);
  }
  if (asked.hosts !== null) {
    const host = asked.hosts.findIndex((name) => name === hostname || name.split(".")[0] === hostname.split(".")[0]);
    if (host < 0) {
      throw new UsageError(
        `--hosts: got ${asked.hosts.join(",")}, but this host is ${hostname}. List all hosts as hostname prints them, the same on each host.`,
      );
    }
    if (asked.hosts.length === 1) return { processes, hosts: 1, host: 0, rendezvous: null };
    return { processes, hosts: asked.hosts.length, host, rendezvous: { address: at(asked.hosts, 0), port } };
  }
  const hosts = Number(environment.SLURM_NNODES ?? environment.NNODES ?? 1);
  if (!(Number.isSafeInteger(hosts) && hosts >= 1)) {
    throw new UsageError(`SLURM_NNODES or NNODES: got ${hosts}, expected a number of hosts.`);
  }
  if (hosts === 1) return { processes, hosts, host: 0, rendezvous: null };
  const host = Number(environment.SLURM_NODEID ?? environment.NODE_RANK ?? Number.NaN);
  const address = environment.MASTER_ADDR ?? firstHost(environment.SLURM_JOB_NODELIST ?? "");
  if (!(Number.isSafeInteger(host) && host >= 0 && host < hosts) || address === null) {
    throw new UsageError(
      `The environment says ${hosts} hosts, but not which one this is or where they meet. Start one vsi-train per host (srun --ntasks-per-node=1), or set MASTER_ADDR and NODE_RANK, or give --hosts.`,
    );
  }
  return { processes, hosts, host, rendezvous: { address, port } };
}

/** The first name of Slurm's short form, "gpu[03-06,9],login" to "gpu03"; null when it is empty. */
function firstHost(list: string): string | null {
  const first = /^(?:[^,[]|\[[^\]]*\])+/.exec(list)?.[0];
  return first === undefined ? null : first.replaceAll(/\[(\d+)[^\]]*\]/g, "$1");
}

/** How many processes train together. */
export function worldSize({ processes, hosts }: Launch): number {
  return processes * hosts;
}

/**
 * The folder that this host's worker runs in: the run's own, but on a further host a folder below it, hosts/<number>,
 * so that no two hosts write to the same file.
 */
export function runFolder({ out, launch }: { out: string; launch: Launch }): string {
  return launch.host === 0 ? resolve(out) : resolve(out, "hosts", String(launch.host));
}

/** torchrun for several hosts, as a module of the trainer's Python; null on one host, where none is needed. */
export function launcherCommand(launch: Launch, python: string): string[] | null {
  if (launch.rendezvous === null) return null;
  return [
    python,
    ...TORCHRUN,
    `--nnodes=${launch.hosts}`,
    `--node_rank=${launch.host}`,
    `--nproc_per_node=${launch.processes}`,
    `--master_addr=${launch.rendezvous.address}`,
    `--master_port=${launch.rendezvous.port}`,
  ];
}

/** How the worker is started. */
export interface WorkerLaunch {
  /** The trainer's Python. */
  python: string;
  /** Training processes on this machine. */
  processes: number;
  /**
   * A launcher for several hosts, with all its arguments, such as torchrun with its rendezvous or `accelerate launch`;
   * what it starts is the Python module vsi_trainer. null: plain Python, or torchrun on this machine alone.
   */
  launcher: readonly string[] | null;
}

/**
 * torchrun's arguments for every launch. A scheduler's signal also reaches torchrun, which kills its ranks 30 seconds
 * later; a step and a checkpoint of a large model take minutes, hence ten minutes.
 */
const TORCHRUN = ["-m", "torch.distributed.run", "--shutdown-timeout=600"] as const;

/**
 * The command that runs worker.json.
 * @throws TrainError "processes-unfit" when the number of processes is not a whole number of at least 1.
 */
export function workerCommand({ python, processes, launcher }: WorkerLaunch, workerJson: string): string[] {
  if (!Number.isSafeInteger(processes) || processes < 1) {
    throw new TrainError("processes-unfit", {
      file: "--processes",
      place: "value",
      got: String(processes),
      expected: "a whole number of at least 1",
      advice: "Give the number of GPUs to train on.",
    });
  }
  const worker = ["-m", "vsi_trainer", workerJson];
  if (launcher !== null) return [...launcher, ...worker];
  if (processes === 1) return [python, ...worker];
  // torchrun as a module of the same Python, which need not be on the PATH; --standalone picks a free port.
  return [python, ...TORCHRUN, "--standalone", `--nproc_per_node=${processes}`, ...worker];
}
