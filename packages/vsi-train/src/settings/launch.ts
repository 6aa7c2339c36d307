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
 * Finds out where the run's processes are: from --hosts, else from the variables of a scheduler, else one host. In this
 * order: torchrun's own settings, which Kubeflow's trainer sets (PET_NNODES, PET_NODE_RANK, PET_MASTER_ADDR,
 * PET_MASTER_PORT, PET_NPROC_PER_NODE); Slurm's (SLURM_NNODES, SLURM_NODEID, SLURM_JOB_NODELIST); NNODES and NODE_RANK
 * with MASTER_ADDR and MASTER_PORT; and those of Kubeflow's PyTorchJob, one process per pod (WORLD_SIZE, RANK,
 * MASTER_ADDR).
 *
 * @param asked names of all hosts, the first of which is the meeting place, and the processes on each; null when not given.
 * @param hostname this host's.
 * @throws UsageError when this host is not among the hosts, the scheduler's variables are incomplete, or it was the
 * scheduler that started one vsi-train per process.
 */
export function resolveLaunch(
  asked: { processes: number | null; hosts: readonly string[] | null },
  environment: NodeJS.ProcessEnv,
  hostname: string,
): Launch {
  checkStartedOnce(environment);
  const processes = asked.processes ?? processesPerHost(environment.PET_NPROC_PER_NODE);
  const [portName, portText] = firstOf(environment, ["PET_MASTER_PORT", "MASTER_PORT"]);
  const port = Number(portText ?? DEFAULT_PORT);
  if (!(Number.isSafeInteger(port) && port > 0 && port < 2 ** 16)) {
    throw new UsageError(`${portName}: got ${portText}, expected a port's number, 1 to 65535.`);
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
  const [countName, countText, rankName] = hostVariables(environment);
  const hosts = Number(countText ?? 1);
  if (!(Number.isSafeInteger(hosts) && hosts >= 1)) {
    throw new UsageError(
      `${countName}: got ${countText}, expected a fixed number of hosts: a run's batch depends on it. Set it, or give --hosts.`,
    );
  }
  if (hosts === 1) return { processes, hosts, host: 0, rendezvous: null };
  const host = Number(environment[rankName] || Number.NaN);
  const [, given] = firstOf(environment, ["PET_MASTER_ADDR", "MASTER_ADDR"]);
  const address = given ?? firstHost(environment.SLURM_JOB_NODELIST ?? "");
  if (!(Number.isSafeInteger(host) && host >= 0 && host < hosts) || address === null) {
    throw new UsageError(
      `${countName} says ${hosts} hosts, but not which one this is (${rankName}) or where they meet (MASTER_ADDR). Start one vsi-train per host (srun --ntasks-per-node=1), or set MASTER_ADDR and NODE_RANK, or give --hosts.`,
    );
  }
  return { processes, hosts, host, rendezvous: { address, port } };
}

/** The first of two variables that has a value, with its name. */
function firstOf(environment: NodeJS.ProcessEnv, [first, second]: [string, string]): [string, string | null] {
  return environment[first] ? [first, environment[first]] : [second, environment[second] || null];
}

/** The variable that counts the hosts, its value, and the variable with this host's number. */
function hostVariables(environment: NodeJS.ProcessEnv): [string, string | null, string] {
  const pairs: [string, string][] = [
    ["PET_NNODES", "PET_NODE_RANK"],
    ["SLURM_NNODES", "SLURM_NODEID"],
    ["NNODES", "NODE_RANK"],
  ];
  // Alone they are left over from something else; a PyTorchJob sets all three.
  if (environment.RANK && environment.MASTER_ADDR) pairs.push(["WORLD_SIZE", "RANK"]);
  const [count, rank] = pairs.find(([name]) => environment[name]) ?? ["NNODES", "NODE_RANK"];
  return [count, environment[count] || null, rank];
}

/** PET_NPROC_PER_NODE may also say "auto" or "gpu", which only torch can resolve. */
function processesPerHost(text: string | undefined): number {
  if (text === undefined || text === "") return 1;
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= 1) return count;
  throw new UsageError(`PET_NPROC_PER_NODE: got ${text}, expected a number. Give --processes, one per GPU of a host.`);
}

/**
 * vsi-train starts its processes itself. One per process, from torchrun or `srun --ntasks-per-node=8`, would each start
 * all of them and write to one folder.
 */
function checkStartedOnce(environment: NodeJS.ProcessEnv): void {
  const found = [
    environment.LOCAL_RANK ? "LOCAL_RANK" : null,
    Number(environment.SLURM_LOCALID) > 0 ? "SLURM_LOCALID" : null,
    Number(environment.OMPI_COMM_WORLD_LOCAL_SIZE) > 1 ? "OMPI_COMM_WORLD_LOCAL_SIZE" : null,
  ].find((name) => name !== null);
  if (found === undefined) return;
  throw new UsageError(
    `${found}=${environment[found]}: a launcher starts vsi-train once per process, expected once per host: it starts its own processes. Leave torchrun out (srun --ntasks-per-node=1, mpirun --map-by ppr:1:node) and give --processes.`,
  );
}

/**
 * Variables by which another launcher speaks to torch and accelerate. The worker must not hear them: a left-over
 * WORLD_SIZE makes a lone process wait for others, and PET_* override torchrun's arguments.
 */
const FOREIGN =
  /^(RANK|WORLD_SIZE|LOCAL_RANK|LOCAL_WORLD_SIZE|NODE_RANK|NNODES|GROUP_RANK|GROUP_WORLD_SIZE|ROLE_\w+|MASTER_ADDR|MASTER_PORT|PET_\w+|TORCHELASTIC_\w+|ACCELERATE_USE_\w+|(PMI|OMPI_COMM_WORLD|MV2_COMM_WORLD)_\w+|MPI_LOCAL\w+)$/;

/** The environment without other launchers' variables. */
export function withoutLauncher(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !FOREIGN.test(name)));
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
