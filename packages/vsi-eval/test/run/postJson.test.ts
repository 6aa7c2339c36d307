import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import { postJson } from "../../src/run/postJson.ts";

let server: Server;
const patient = new AbortController().signal;

async function serve(listener: RequestListener): Promise<URL> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
}

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

test("letters of several bytes go and come whole, also when they are torn between packets", async () => {
  const text = "Zimmer: 47,9 m² — 部屋 🛋";
  const url = await serve((request, response) => {
    request.on("data", (chunk: Buffer) => {
      for (const byte of chunk) response.write(Buffer.of(byte));
    });
    request.on("end", () => response.end());
  });
  expect(await postJson(url, text, null, patient)).toMatchObject({ status: 200, body: text, retryAfter: null });
});

test("no compression is asked for: some proxies compress for whoever does not say no", async () => {
  const url = await serve((request, response) => response.end(request.headers["accept-encoding"]));
  expect(await postJson(url, "{}", null, patient)).toMatchObject({ body: "identity" });
});

test("a body without end is given up, not gathered", async () => {
  const url = await serve((_, response) => {
    const chunk = Buffer.alloc(1024 * 1024, "x");
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
      response.once("drain", more);
    };
    more();
  });
  await expect(postJson(url, "{}", null, patient)).rejects.toThrow("over 16777216 bytes");
});

test("a signal ends a request that is waiting for its answer", async () => {
  const controller = new AbortController();
  const url = await serve(() => controller.abort());
  await expect(postJson(url, "{}", null, controller.signal)).rejects.toMatchObject({ name: "AbortError" });
});
