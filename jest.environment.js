import { spawn } from "node:child_process";
import vm from "node:vm";
import { TestEnvironment } from "jest-environment-node";

/**
 * Jest's Node environment with a plain global object. Its own is a Proxy, so every `Math` and `Number` of a hot loop is a
 * call through it: the planned routes of 200 rooms took ten times as long as outside of Jest.
 */
export default class PlainGlobalEnvironment extends TestEnvironment {
  constructor(...parameters) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...parameters);
    } finally {
      vm.createContext = createContext;
    }
    this.global.keptProcess = keptProcess;
  }
}

/** What `keptProcess` has started, by its command. */
const KEPT = new Map();

/**
 * A process that serves one suite after the other: loading what it is made of costs as much as ten suites ask of it. The
 * first call starts it; it gets an IPC channel, and its standard input ends when this worker of Jest does.
 */
function keptProcess(command, env = process.env) {
  const key = command.join("\0");
  const kept = KEPT.get(key);
  if (kept !== undefined && !kept.killed && kept.exitCode === null && kept.signalCode === null) return kept;
  const [program, ...words] = command;
  const child = spawn(program, words, { stdio: ["pipe", "pipe", "pipe", "ipc"], env });
  // What no suite asked for, such as Node's own warnings. Pipes: nothing may take the developer's terminal for its own.
  for (const stream of [child.stdout, child.stderr]) stream.pipe(process.stderr, { end: false });
  // Whoever waits for an answer holds this worker open meanwhile.
  for (const handle of [child, child.channel, ...child.stdio.slice(0, 3)]) handle.unref();
  KEPT.set(key, child);
  return child;
}
