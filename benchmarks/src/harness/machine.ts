import { arch, cpus, platform, totalmem } from "node:os";
/** What a result depends on, without anything that tells whose machine it is: no host name, no path. */
export function describeMachine(): string {
  const cores = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const model = cores[0]?.model.trim() || "unknown processor";
  return `${model}, ${cores.length} cores, ${memory} GiB memory, ${platform()}-${arch()}, Node ${process.versions.node}`;
}

/** "linux-x64-node20": the part of a result file's name that tells machines apart. */
export function machineName(): string {
  return `${platform()}-${arch()}-node${process.versions.node.split(".")[0]}`;
}
