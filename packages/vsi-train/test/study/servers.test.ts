import { mkdirSync, writeFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { type ModelServers, modelServers, splitWords } from "../../src/study/servers.ts";
import { until } from "../support/until.ts";

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

/** A trainer's Python whose `transformers serve` dies when it is asked to. */
async function writeMock(): Promise<string> {
  const file = join(root, "python.mjs");
  const source = `#!${process.execPath}
import { createServer } from "node:http";
const port = Number(process.argv[process.argv.indexOf("--port") + 1]);
createServer((request, response) => (request.url === "/die" ? process.exit(1) : response.end("{}"))).listen(port, "127.0.0.1");
`;
  await writeFile(file, source, { mode: 0o755 });
  return file;
}

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

  test("a scheduler's variables are not a server's", async () => {
    process.env.WORLD_SIZE = "8";
    try {
      const own = await made(`"${process.execPath}" -p "'of ' + process.env.WORLD_SIZE" {port}`);
      await expect(own.serve(model)).rejects.toThrow("of undefined");
    } finally {
      delete process.env.WORLD_SIZE;
    }
  });

  test("a program that is not there is named", async () => {
    await expect(made("no-such-server {model} {port}")).rejects.toThrow("the program no-such-server, which is not on");
    await expect(made("./no-such-server {model} {port}")).rejects.toThrow("./no-such-server, which is not there");
  });

  test("a quote that is not closed is refused", async () => {
    await expect(made(`${process.execPath} "a b {port}`)).rejects.toThrow("where a quote is not closed");
  });

  test("the error has the output of that server alone, not of those before it", async () => {
    await writeFile(log, "$ one before\nwhat it said\n");
    const own = await made(`${process.execPath} ${server} {model} {port}`);
    const error: unknown = await own.serve(join(root, "no-model")).catch((reason) => reason);
    expect(String(error)).toContain("ENOENT");
    expect(String(error)).not.toContain("what it said");
  });

  test("a signal ends the wait", async () => {
    const own = await made(`${process.execPath} -e "setInterval(() => {}, 1000)" {port}`);
    setTimeout(() => stopping.abort(new Error("stopped")), 300);
    await expect(own.serve(model)).rejects.toThrow("stopped");
  });

  test("a signal ends the wait for one that takes questions and never answers", async () => {
    const silent = "require('node:http').createServer(() => {}).listen(Number(process.argv[1]), '127.0.0.1')";
    const own = await made(`"${process.execPath}" -e "${silent}" {port}`);
    setTimeout(() => stopping.abort(new Error("stopped")), 2000);
    const begun = performance.now();
    await expect(own.serve(model)).rejects.toThrow("stopped");
    expect(performance.now() - begun).toBeLessThan(30_000);
  });

  test("one for all models that died is started again", async () => {
    const mock = await writeMock();
    process.env.VSI_TRAINER_PYTHON = mock;
    try {
      servers = modelServers({ serve: null, log, frames: 4, signal: stopping.signal });
      const { baseUrl } = await servers.serve(model);
      await servers.release();
      expect((await servers.serve(model)).baseUrl).toBe(baseUrl);
      await fetch(new URL("/die", baseUrl)).catch(() => {});
      await until(async () => !(await isUp(baseUrl)));
      const again = await servers.serve(model);
      expect(await isUp(again.baseUrl)).toBe(true);
    } finally {
      delete process.env.VSI_TRAINER_PYTHON;
    }
  });

  test("regression: vLLM, where there is one, was taken for a model with code of its own, as tiny-model's", async () => {
    const { PATH = "" } = process.env;
    const [programs, own] = [join(root, "programs"), join(root, "own-code")];
    for (const folder of [programs, own]) mkdirSync(folder, { recursive: true });
    await writeFile(join(programs, "vllm"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    await writeFile(join(own, "processor_config.json"), JSON.stringify({ auto_map: { AutoProcessor: "own.Own" } }));
    process.env.VSI_TRAINER_PYTHON = await writeMock();
    process.env.PATH = `${programs}:${PATH}`;
    try {
      servers = modelServers({ serve: null, log, frames: 4, signal: stopping.signal });
      await expect(servers.serve(model)).rejects.toThrow("vllm");
      expect(await isUp((await servers.serve(own)).baseUrl)).toBe(true);
    } finally {
      delete process.env.VSI_TRAINER_PYTHON;
      process.env.PATH = PATH;
    }
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
  expect(splitWords(`a 'b "c`)).toBeNull();
});
