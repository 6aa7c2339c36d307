import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, jest, test } from "@jest/globals";
import { pythonTest } from "@vsi/testing/checksPython";
import { temporaryFolder } from "@vsi/testing/folders";
import { UsageError } from "../../src/errors.ts";
import { defineCommand, lazily } from "../../src/program/define.ts";
import { type Program, runWords } from "../../src/program/program.ts";

/** A program with a command beside what it does itself. */
const PROGRAM: Program = {
  name: "vsi-test",
  about: "Tests",
  version: async () => "1",
  exitCodes: "",
  afterInterruption: "",
  errors: async () => ({ explained: [], usage: [] }),
  main: lazily(
    defineCommand({
      about: "Tests",
      flags: { out: { type: "path", describe: "A folder" }, resume: { type: "boolean", describe: "Go on" } },
    }),
    async () => ({ run: async () => 0 }),
  ),
  commands: { stats: lazily(defineCommand({ about: "Counts", flags: {} }), async () => ({ run: async () => 7 })) },
};

const built = new URL("../../dist/program/index.js", import.meta.url);

/** Starts a program of one command whose body is the given JavaScript. */
function commandOf(body: string, words: readonly string[] = []): [string, ...string[]] {
  const script = `
    import { runProgram, UsageError, defineCommand, lazily } from ${JSON.stringify(built.href)};
    import { listenForSignals } from ${JSON.stringify(new URL("../index.js", built).href)};
    class KnownError extends Error {}
    const command = defineCommand({ about: "Tests", flags: {} });
    await runProgram({
      name: "vsi-test", about: "Tests", version: async () => "1.2.3", exitCodes: "The end.",
      afterInterruption: "Continue with --resume.", errors: async () => ({ explained: [KnownError], usage: [], usageCodes: ["unfit"] }),
      main: lazily(command, async () => ({ run: async (flags) => { ${body} } })),
      commands: {},
    }, ${JSON.stringify(words)});`;
  return [process.execPath, "--input-type=module", "-e", script];
}

/** Runs such a program in a process of its own, as commands are. */
function run(body: string, ...words: string[]): { status: number | null; output: string; errors: string } {
  const [node, ...script] = commandOf(body, words);
  const { status, stdout, stderr } = spawnSync(node, script, {
    encoding: "utf8",
    cwd: fileURLToPath(new URL(".", import.meta.url)),
  });
  return { status, output: stdout, errors: stderr };
}

describe("runProgram", () => {
  const folder = temporaryFolder();

  test("the handler's exit code is the process's", () => {
    expect(run("return 1").status).toBe(1);
    expect(run("return 0").status).toBe(0);
  });

  test("help and version are printed, with what every command takes", () => {
    const { status, output } = run("", "--help");
    expect(status).toBe(0);
    for (const word of ["vsi-test", "--config", "--log-level", "--quiet", "--json", "The end."]) {
      expect(output).toContain(word);
    }
    expect(run("", "--version").output).toBe("1.2.3\n");
  });

  test("an unknown flag is wrong usage", () => {
    expect(run("", "--outt", "x")).toMatchObject({
      status: 2,
      errors: expect.stringContaining("vsi-test --help-all lists every flag"),
    });
  });

  test.each([
    [["--out", "raw", "stats", "d"], "Got stats after --out, expected the command first: vsi-test stats ..."],
    [["--resume", "stats", "d"], "Got stats after --resume"],
    [["--limit", "3", "stats"], "Got stats after --limit"],
    [["stast"], "Unknown command stast. Did you mean vsi-test stats?"],
  ])("regression, that the command goes first was not said: %j", async (words, message) => {
    await expect(runWords(PROGRAM, words)).rejects.toThrow(UsageError);
    await expect(runWords(PROGRAM, words)).rejects.toThrow(message);
    const { main: _, ...withoutMain } = PROGRAM;
    await expect(runWords(withoutMain, words)).rejects.toThrow(/Got stats after|Unknown command/);
  });

  test("regression: a misspelt command was taken for the main command's path", async () => {
    const folder = defineCommand({ about: "Shows", arguments: { folder: { describe: "A folder" } }, flags: {} });
    const main = lazily(folder, async () => ({ run: async () => 5 }));
    const program = { ...PROGRAM, main };
    await expect(runWords(program, ["stast", "d"])).rejects.toThrow(
      "Unknown command stast. Did you mean vsi-test stats?",
    );
    expect(await runWords(program, ["stast"])).toBe(5);
  });

  test("regression: a word before the main command's path was taken for the path, and the path refused", async () => {
    const folder = defineCommand({
      about: "Shows",
      arguments: { folder: { describe: "A folder" } },
      flags: { runs: { type: "paths", describe: "Runs" }, resume: { type: "boolean", describe: "Go on" } },
    });
    const program = { ...PROGRAM, main: lazily(folder, async () => ({ run: async () => 5 })) };
    const said = "Unknown command serve. Without a command it is vsi-test FOLDER. Commands: stats.";
    await expect(runWords(program, ["serve", "d"])).rejects.toThrow(said);
    await expect(runWords(program, ["serve", "--resume", "d"])).rejects.toThrow(said);
    const { main: _, ...withoutMain } = PROGRAM;
    await expect(runWords(withoutMain, ["serve", "d"])).rejects.toThrow("Unknown command serve. Commands: stats.");
    await expect(runWords(PROGRAM, ["serve", "d"])).rejects.toThrow("Unknown command serve. Commands: stats.");
    expect(await runWords(program, ["data", "--runs", "a", "b"])).toBe(5);
    await expect(runWords(program, ["./serve", "d"])).rejects.toThrow("Got d after ./serve, expected nothing more.");
  });

  test("regression: a path in the place of a command was called an unknown command", async () => {
    const { main: _, ...withoutMain } = PROGRAM;
    const path = "./raw";
    await expect(runWords(PROGRAM, [path])).rejects.toThrow("Got ./raw, expected flags or a command. Commands: stats.");
    await expect(runWords(withoutMain, [path])).rejects.toThrow("Got ./raw, expected a command. Commands: stats.");
  });

  test("help is --help: before a command, alone and with a word that is none", async () => {
    const { main: _, ...withoutMain } = PROGRAM;
    const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
    try {
      expect(await runWords(PROGRAM, ["help", "stats"])).toBe(0);
      expect(write.mock.calls.join("")).toContain("Usage: vsi-test stats");
      write.mockClear();
      expect(await runWords(withoutMain, ["help"])).toBe(0);
      expect(write.mock.calls.join("")).toContain("Usage: vsi-test COMMAND");
    } finally {
      write.mockRestore();
    }
    await expect(runWords(PROGRAM, ["help", "stast"])).rejects.toThrow("Did you mean vsi-test stats?");
  });

  test("regression: help was a word where a file was called so, behind --quiet, and before help", async () => {
    const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
    const printed = async (program: Program, ...words: string[]): Promise<string> => {
      write.mockClear();
      expect(await runWords(program, words)).toBe(0);
      return write.mock.calls.join("");
    };
    const cwd = process.cwd();
    process.chdir(folder);
    try {
      writeFileSync("help", "");
      const { main: _, ...withoutMain } = PROGRAM;
      expect(await printed(withoutMain, "help")).toContain("Usage: vsi-test COMMAND");
      expect(await printed(PROGRAM, "help", "stats")).toContain("Usage: vsi-test stats");
      expect(await printed(PROGRAM, "--quiet", "help", "stats")).toContain("Usage: vsi-test stats");
      expect(await printed(PROGRAM, "help", "help")).toContain("Usage: vsi-test [flags]");
      // Where a path is taken, it may be called so.
      const show = defineCommand({ about: "Shows", arguments: { folder: { describe: "A folder" } }, flags: {} });
      const shows = { ...PROGRAM, main: lazily(show, async () => ({ run: async () => 5 })) };
      expect(await runWords(shows, ["help"])).toBe(5);
      expect(await printed(shows, "help", "stats")).toContain("Usage: vsi-test stats");
      const help = lazily(defineCommand({ about: "Helps", flags: {} }), async () => ({ run: async () => 9 }));
      expect(await runWords({ ...PROGRAM, commands: { help } }, ["help"])).toBe(9);
    } finally {
      process.chdir(cwd);
      write.mockRestore();
    }
  });

  test("regression: dashes from a word processor, - for standard input and the program's own verb were called something else", async () => {
    const refused = (...words: string[]) => expect(runWords(PROGRAM, words)).rejects;
    await refused("–out", "x").toThrow("Unknown command –out. Type --out, with two hyphens in place of the dash.");
    await refused("--resume", "——out").toThrow("Got ——out, expected flags only. Type --out, with two hyphens");
    await refused("--config", "-").toThrow(
      "--config: got -, expected a path. Standard input and output have no such name",
    );
    await refused("--out", "-").toThrow("--out: got -, expected a path.");
    await refused("test").toThrow("Unknown command test. Without a command it is vsi-test [flags]. Commands: stats.");
    await refused("tests").not.toThrow("Without a command");
    expect(await runWords(PROGRAM, ["--out", "./-"])).toBe(0);
  });

  test("regression: another program's settings were unknown flags without a word of where they go, and --gpu was --cpu", async () => {
    const set = { type: "texts", describe: "Any other", takesOthers: "A setting goes behind --set." } as const;
    const flags = { cpu: { type: "boolean", describe: "Without a GPU" }, set } as const;
    const trains = lazily(defineCommand({ about: "Trains", flags }), async () => ({ run: async () => 0 }));
    const program = { ...PROGRAM, commands: { sft: trains } };
    await expect(runWords(program, ["sft", "--report_to", "x"])).rejects.toThrow(
      "Unknown flag --report_to. A setting goes behind --set.\n",
    );
    await expect(runWords(program, ["sft", "--gpu"])).rejects.toThrow(
      "Unknown flag --gpu. A setting goes behind --set.\n",
    );
    await expect(runWords(program, ["sft", "--cpuu"])).rejects.toThrow("Unknown flag --cpuu. Did you mean --cpu?\n");
  });

  test.each([
    [["-v"], "Got -v, expected the command first. Did you mean --version? Commands: stats."],
    [["--hlep"], "Got --hlep, expected the command first. Did you mean --help?"],
    [["version"], "Unknown command version. Did you mean vsi-test --version?"],
    [["stats", "--force"], "Unknown flag --force."],
    [["stats", "-q"], "Unknown flag -q. Did you mean --quiet?"],
    [["stats", "--verbose"], "Unknown flag --verbose. Did you mean --log-level?"],
    [[], "Say what to do. Commands: stats."],
  ])(
    "regression: what other programs call it was refused without a word of what it is here: %j",
    async (words, said) => {
      const { main: _, ...withoutMain } = PROGRAM;
      await expect(runWords(withoutMain, words)).rejects.toThrow(said);
    },
  );

  test.each([["--help"], ["-h"], ["--help-all"]])(
    "regression: a misspelt command with %s printed the page of all commands as if nothing were wrong",
    async (flag) => {
      const folder = defineCommand({ about: "Shows", arguments: { folder: { describe: "A folder" } }, flags: {} });
      const main = lazily(folder, async () => ({ run: async () => 5 }));
      const { main: _, ...withoutMain } = PROGRAM;
      for (const program of [PROGRAM, withoutMain, { ...PROGRAM, main }]) {
        const said = "Unknown command stast. Did you mean vsi-test stats?";
        await expect(runWords(program, ["stast", flag])).rejects.toThrow(said);
      }
    },
  );

  test("a flag's value may be called like a command", async () => {
    expect(await runWords(PROGRAM, ["--out", "stats"])).toBe(0);
    expect(await runWords(PROGRAM, ["--out=stats"])).toBe(0);
    expect(await runWords(PROGRAM, ["stats"])).toBe(7);
  });

  test("regression: a flag with a dot was taken for an object, and that for a text", () => {
    expect(run("", "--log-level.a", "1")).toMatchObject({ status: 2, errors: expect.stringContaining("log-level.a") });
  });

  test("a known error is one line, any other comes with its stack", () => {
    expect(run(`throw new KnownError("the file is cut")`)).toEqual({
      status: 1,
      output: "",
      errors: "vsi-test: the file is cut\n",
    });
    expect(run(`throw new UsageError("no such folder")`)).toMatchObject({
      status: 2,
      errors: "vsi-test: no such folder\n",
    });
    expect(run(`throw new TypeError("a defect")`).errors).toMatch(/TypeError: a defect\n\s+at /);
  });

  test("a known error is wrong usage by its code alone; a stranger's of the same code is not", () => {
    expect(run(`throw Object.assign(new KnownError("no run"), { code: "unfit" })`).status).toBe(2);
    expect(run(`throw Object.assign(new KnownError("full"), { code: "no-space" })`).status).toBe(1);
    expect(run(`throw Object.assign(new Error("no run"), { code: "unfit" })`).status).toBe(1);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ])("%s ends in exit code %d, saying how to go on", (signal, code) => {
    const body = `
      const { signal } = listenForSignals();
      const work = setInterval(() => {}, 1000);
      setTimeout(() => process.kill(process.pid, "${signal}"), 10);
      await new Promise((resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)))
        .finally(() => clearInterval(work));`;
    expect(run(body)).toMatchObject({
      status: code,
      errors: `vsi-test: stopped by ${signal}. Continue with --resume.\n`,
    });
  });

  test("a reader that closes the pipe is no failure", () => {
    const { status, errors } = run(`process.stdout.destroy(Object.assign(new Error("gone"), { code: "EPIPE" }))`);
    expect({ status, errors }).toEqual({ status: 0, errors: "" });
  });

  test("regression: a full disk below standard output ended a command by a stack", () => {
    const full = `process.stdout.destroy(Object.assign(new Error("no space"), { code: "ENOSPC" }))`;
    expect(run(full)).toMatchObject({
      status: 1,
      errors:
        "vsi-test: standard output: got a full disk, expected a place to print to. What was printed is lost; what goes to files is complete.\n",
    });
  });

  test("regression: progress that could not be written ended a command in the middle of its work", () => {
    const lost = `process.stderr.destroy(Object.assign(new Error("no space"), { code: "ENOSPC" }));`;
    const work = `await new Promise((done) => setTimeout(done, 10)); process.stdout.write("done\\n"); return 0`;
    expect(run(`${lost} ${work}`)).toMatchObject({ status: 0, output: "done\n" });
    expect(run(`${lost} throw new UsageError("no such folder")`).status).toBe(2);
  });

  test("regression: nohup did not keep a command from ending with its terminal", () => {
    const raised = `process.kill(process.pid, "SIGHUP"); await new Promise((done) => setTimeout(done, 50)); return 3`;
    expect(run(raised)).toMatchObject({ status: 3, errors: "" });
  });

  pythonTest(
    "pty",
    "regression: Node 20 aborted at the end when the terminal was closed meanwhile",
    async (runScript) => {
      const terminal = fileURLToPath(new URL("../support/closedTerminal.py", import.meta.url));
      const later = `process.stderr.write("begun\\n"); await new Promise((done) => setTimeout(done, 500));`;
      const node = (body: string): unknown => runScript(terminal, ...commandOf(body));
      expect(node(`${later} process.stderr.write("lost\\n"); return 0`)).toBe(0);
      expect(node(`${later} return 2`)).toBe(2);
      // Without nohup, its terminal's end is the command's.
      expect(runScript(terminal, "hang-up", ...commandOf(`${later} return 0`))).toBe(-1);
      // The result is lost.
      expect(node(`${later} process.stdout.write("12\\n"); return 0`)).toBe(1);
    },
  );
});
