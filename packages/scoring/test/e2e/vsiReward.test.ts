import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { type RewardRequest, reward } from "../../src/rewards/reward.ts";

const BIN = fileURLToPath(new URL("../../bin/vsi-reward.js", import.meta.url));

/** The command as built, without the options that Jest needs. */
function start(words: readonly string[] = []): ChildProcessWithoutNullStreams {
  const { NODE_OPTIONS: _jestOnly, ...env } = process.env;
  return spawn(process.execPath, [BIN, ...words], { env });
}

async function run(input: string | Iterable<string>, words: readonly string[] = []) {
  const child = start(words);
  const [stdout, stderr, exit] = [text(child.stdout), text(child.stderr), once(child, "close")];
  for (const chunk of typeof input === "string" ? [input] : input) {
    if (!child.stdin.write(chunk)) await once(child.stdin, "drain");
  }
  child.stdin.end();
  const [status] = (await exit) as [number | null];
  return { status, lines: (await stdout).split("\n").slice(0, -1), complaint: await stderr };
}

function request(completion: string): RewardRequest {
  return { completion, ground_truth: "10", question_type: "object_counting", options: null, mode: "vanilla" };
}

describe("vsi-reward as built", () => {
  test("answers ten thousand requests in order, with what reward() gives", async () => {
    const requests = Array.from({ length: 10_000 }, (_, at) => request(`${at} stühle 椅`));
    const { status, lines, complaint } = await run(requests.map((one) => `${JSON.stringify(one)}\n`).join(""));
    expect([status, complaint]).toEqual([0, ""]);
    expect(lines).toEqual(requests.map((one) => JSON.stringify(reward(one))));
  });

  test("regression: a folder as standard input was no lines, with exit status 0", () => {
    const folder = openSync(".", "r");
    const { status, stderr } = spawnSync(process.execPath, [BIN], {
      stdio: [folder, "pipe", "pipe"],
      encoding: "utf8",
    });
    closeSync(folder);
    expect(status).toBe(2);
    expect(stderr).toContain("standard input: got a folder, expected lines of JSON");
  });

  test("a line that is no JSON gives an error with its number in its place, and exit status 1", async () => {
    const good = JSON.stringify(request("10"));
    const { status, lines } = await run(`${good}\r\n\nnonsense\n${good}`);
    expect(status).toBe(1);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { total: 1 },
      { line: 3, code: "request-unfit", error: expect.stringContaining("nonsense") },
      { total: 1 },
    ]);
  });

  test("a line of 64 Mi characters is refused, and the next one answered", async () => {
    const blanks = " ".repeat(2 ** 20);
    const { status, lines } = await run(
      (function* () {
        for (let at = 0; at < 64; at += 1) yield blanks;
        yield `\n${JSON.stringify(request("10"))}\n`;
      })(),
    );
    expect(status).toBe(1);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ line: 1, code: "line-too-long" }, { total: 1 }]);
  });

  test("answers a request while the input is still open, as a trainer needs it", async () => {
    const child = start();
    child.stdin.write(`${JSON.stringify(request("10"))}\n`);
    const [answer] = await once(child.stdout, "data");
    expect(JSON.parse(String(answer))).toMatchObject({ total: 1 });
    child.stdin.end();
    expect(await once(child, "close")).toEqual([0, null]);
  });

  test("regression: it had no --version, no --help-all and no did-you-mean", async () => {
    for (const word of ["--help", "-h", "--help-all"]) {
      const help = await run("", [word]);
      expect([help.status, help.complaint]).toEqual([0, ""]);
      for (const field of Object.keys(request(""))) expect(help.lines.join("\n")).toContain(`  ${field}`);
    }
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect(await run("", ["--version"])).toEqual({ status: 0, lines: [version], complaint: "" });
    const refused = { status: 2, lines: [] };
    const near = "vsi-reward: Unknown flag --verison. Did you mean --version?\nvsi-reward --help says what it takes.\n";
    expect(await run("", ["--verison"])).toEqual({ ...refused, complaint: near });
    const fast =
      "vsi-reward: Got fast, expected no arguments: vsi-reward reads standard input, as in vsi-reward < FILE.\nvsi-reward --help says what it takes.\n";
    expect(await run("", ["fast"])).toEqual({ ...refused, complaint: fast });
  });

  test("ends quietly when nobody reads any more", async () => {
    const child = start();
    const complaint = text(child.stderr);
    // Our own pipe breaks when the command is gone.
    child.stdin.on("error", () => {});
    child.stdout.destroy();
    const line = `${JSON.stringify(request("10"))}\n`.repeat(1000);
    const exit = once(child, "exit");
    const feeding = setInterval(() => child.stdin.write(line), 10);
    const [status] = await exit;
    clearInterval(feeding);
    expect([status, await complaint]).toEqual([1, ""]);
  });
});
