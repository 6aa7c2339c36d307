import { mkdirSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { type ModelServers, modelServers, splitWords } from "../../src/study/servers.ts";

const root = temporaryFolder();
const server = fileURLToPath(new URL("../support/fakeModelServer.js", import.meta.url));
const log = join(root, "server.log");
const model = join(root, "model");
mkdirSync(model);
writeFileSync(join(model, "chain.txt"), "base");

const isUp = (baseUrl: string): Promise<boolean> =>
  fetch(new URL("/health", baseUrl)).then(
    ({ ok }) => ok,
    () => false,
  );

describe("servers for evaluation", () => {
  let stopping: AbortController;
  let servers: ModelServers | null = null;
  const made = async (serve: string): Promise<ModelServers> => {
    servers = modelServers({ serve, log, frames: 4, signal: stopping.signal });
    return servers;
  };
  beforeEach(() => {
    stopping = new AbortController();
  });
  afterEach(() => servers?.close());

  test("one is started for a model, answers, and is gone once it is released", async () => {
    const own = await made(`"${process.execPath}" ${server} {model} {port}`);
    const { baseUrl } = await own.serve(model);
    expect(await isUp(baseUrl)).toBe(true);
    expect(await readFile(log, "utf8")).toMatch(/^\$ .*fakeModelServer\.js .*\/model \d+\n/);
    await own.release();
    expect(await isUp(baseUrl)).toBe(false);
  });

  test("one that ends says so with the end of its output", async () => {
    const own = await made(`${process.execPath} ${server} {model} {port}`);
    await expect(own.serve(join(root, "no-model"))).rejects.toThrow(/ENOENT[\s\S]*no-model/);
  });

  test("a program that is not there is named", async () => {
    const own = await made("no-such-server {model} {port}");
    await expect(own.serve(model)).rejects.toThrow("no-such-server");
  });

  test("a signal ends the wait", async () => {
    const own = await made(`${process.execPath} -e "setInterval(() => {}, 1000)" {port}`);
    setTimeout(() => stopping.abort(new Error("stopped")), 300);
    await expect(own.serve(model)).rejects.toThrow("stopped");
  });

  test("a command without a port is refused", async () => {
    await expect(made("vllm serve {model}")).rejects.toThrow(
      '--serve: got "vllm serve {model}", expected a command with {port}',
    );
  });
});

test("a command is split as a shell splits it", () => {
  expect(splitWords(`vllm serve {model} --limit '{"image": 4}' --x="a b" 'c'd`)).toEqual([
    ...["vllm", "serve", "{model}", "--limit", '{"image": 4}', "--x=a b", "cd"],
  ]);
  expect(splitWords("")).toEqual([]);
});
