import { once } from "node:events";
import { parseArgs } from "node:util";
import { findTrainerPython } from "vsi-train";
import { runUntilSignal } from "./commands.ts";
import { serveModels } from "./training/modelServer.ts";

/** What docs and README ask at. */
const DEFAULT_PORT = "8000";

/** What the server prints goes here, below the current folder. */
const LOG = "demo-output/server.log";

/**
 * `npm run serve`: answers vsi-eval's questions by the models that vsi-train made here, on the processor, until Ctrl-C.
 * A question names its model's folder, below the one that this was started in.
 */
export async function serve(): Promise<void> {
  await runUntilSignal("serve", async (signal) => {
    const { values } = parseArgs({ options: { port: { type: "string", default: DEFAULT_PORT } } });
    const found = await findTrainerPython();
    if ("missing" in found) throw new Error(found.missing);
    const server = await serveModels(found.python, LOG, signal, Number(values.port));
    process.stdout.write(`Serving on ${server.baseUrl} until Ctrl-C; ${server.command} prints to ${LOG}\n`);
    if (!signal.aborted) await once(signal, "abort");
    await server.stop();
    return 0;
  });
}
