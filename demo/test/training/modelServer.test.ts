import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { serveModels } from "../../src/training/modelServer.ts";

const ROOT = temporaryFolder();

test("a server that ends at once is reported with its last words", async () => {
  // Node does not know -m.
  const start = serveModels(process.execPath, join(ROOT, "ended.log"), AbortSignal.timeout(60_000));
  await expect(start).rejects.toThrow(/transformers serve does not answer.*ended\.log.*bad option: -m/s);
});

test("a signal while it starts ends it and is passed on", async () => {
  const reason = new Error("stopped by the user");
  const start = serveModels(process.execPath, join(ROOT, "stopped.log"), AbortSignal.abort(reason));
  await expect(start).rejects.toBe(reason);
});

test("a port that is taken is named: whoever has it would be taken for the model", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as { port: number };
  const start = serveModels(process.execPath, join(ROOT, "taken.log"), AbortSignal.timeout(60_000), port);
  await expect(start).rejects.toThrow(`Port ${port} is taken: give another one by --port.`);
  other.close();
});
