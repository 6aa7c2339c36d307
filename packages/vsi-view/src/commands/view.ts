import { hostname } from "node:os";
import { createLog, listenForSignals } from "@vsi/command";
import type { Values } from "@vsi/command/program";
import { countOf, printable } from "@vsi/dataset/internal";

import { canOpenBrowser, openBrowser } from "../server/browser.ts";
import { serveView } from "../server/serve.ts";
import type { VIEW } from "./flags.ts";

/** Serves until a signal comes. */
export async function run(flags: Values<typeof VIEW>): Promise<number> {
  const { folder, scannet, port, open, json, quiet, logLevel } = flags;
  const log = createLog(quiet ? "error" : logLevel, (line) => process.stderr.write(printable(`${line}\n`)));
  const interruption = listenForSignals();
  try {
    const served = await serveView(
      { folder, scannet, runs: flags.runs ?? [], train: flags.train ?? [] },
      { port: port ?? 0, onProblem: (message) => log("error", message) },
    );
    let removePage = () => {};
    try {
      // A signal while the dataset was read: nobody waits for a page.
      interruption.signal.throwIfAborted();
      const isOpened = open && !json && canOpenBrowser(process.platform, process.env);
      if (isOpened) removePage = openBrowser(served.url, process.platform);
      const { url } = served;
      if (json) process.stdout.write(`${JSON.stringify({ url, port: served.port })}\n`);
      else if (quiet) process.stdout.write(`${url}\n`);
      else process.stdout.write(printable(`${closingLines(served, isOpened)}\n`));
      await new Promise((_, reject) => {
        if (interruption.signal.aborted) reject(interruption.signal.reason);
        interruption.signal.addEventListener("abort", () => reject(interruption.signal.reason));
      });
    } finally {
      removePage();
      await served.close();
    }
    return 0;
  } finally {
    interruption.stopListening();
  }
}

function closingLines(
  { name, scenes, questions, url, port }: Awaited<ReturnType<typeof serveView>>,
  isOpened: boolean,
): string {
  return [
    `${name}: ${countOf(questions, "question")} about ${countOf(scenes, "scene")}`,
    "",
    `  ${url}`,
    "",
    ...(isOpened
      ? []
      : [
          "Is this a remote machine? Run this on your own, then open the address there:",
          `  ssh -L ${port}:127.0.0.1:${port} ${hostname()}`,
        ]),
    "Ctrl-C ends it.",
  ].join("\n");
}
