import { once } from "node:events";
import { cp, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import { helpPage, helpText } from "@vsi/command/internal/program";
import { runVsiView, type StartedProcess, startVsiView } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { VSI_VIEW } from "../src/main.ts";
import { canOpenBrowser } from "../src/server/browser.ts";
import { sample } from "./support/sample.ts";

const { raw, dataset } = await sample();
const work = temporaryFolder();

/** Where nobody's browser opens. */
const NO_DISPLAY = { DISPLAY: "", WAYLAND_DISPLAY: "" };

/** What a started command prints until its last line. */
async function printed({ child }: StartedProcess, last: string): Promise<string> {
  let text = "";
  while (!text.includes(last)) {
    const [chunk] = await once(child.stdout!, "data");
    text += chunk;
  }
  return text;
}

describe("vsi-view FOLDER", () => {
  test("without a display prints the address, and how to reach it over ssh", async () => {
    const started = startVsiView([dataset, "--scannet", raw], NO_DISPLAY);
    const text = await printed(started, "Ctrl-C");
    const [, url = "", port] = /^ {2}(http:\/\/127\.0\.0\.1:(\d+)\/[0-9a-f]{32}\/)$/m.exec(text) ?? [];
    expect(text).toMatch(/^vsi-100k: \d+ questions about 3 scenes\n/);
    expect(text).toMatch(new RegExp(`^ {2}ssh -L ${port}:127\\.0\\.0\\.1:${port} \\S+$`, "m"));
    expect((await fetch(`${url}data/overview.json`)).status).toBe(200);
    started.child.kill("SIGTERM");
    await started.ended;
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "ends at once after %s, with a page open that keeps its connection, and has written nothing",
    async (signal, code) => {
      const before = await folderContent(dataset);
      const started = startVsiView([dataset, "--no-open", "--quiet"]);
      const url = (await printed(started, "\n")).trim();
      // fetch keeps the connection; the audit is still at work.
      await fetch(url);
      const audited = fetch(`${url}data/audit.json`).catch(() => null);
      const start = performance.now();
      started.child.kill(signal);
      const { exitCode, stderr } = await started.ended;
      expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: expect.stringContaining(`stopped by ${signal}`) });
      expect(performance.now() - start).toBeLessThan(5_000);
      await audited;
      expect(await folderContent(dataset)).toEqual(before);
    },
  );

  test("--json prints address and port alone", async () => {
    const started = startVsiView([dataset, "--json"], NO_DISPLAY);
    const { url, port } = JSON.parse(await printed(started, "\n"));
    expect(new URL(url).port).toBe(String(port));
    started.child.kill("SIGTERM");
    expect((await started.ended).exitCode).toBe(143);
  });

  test("a port that is taken is an error of usage", async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const { port } = holder.address() as { port: number };
    const { exitCode, stderr } = await runVsiView([dataset, "--port", String(port), "--no-open"]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `vsi-view: --port ${port}: another program listens there. Choose another, or leave --port out.\n`,
    });
    holder.close();
  });

  const run = join(work, "run");
  test.each([
    ["nothing", [join(work, "nowhere")], "got nothing, expected a dataset folder"],
    ["raw scans", [raw], "got raw scans, expected a dataset folder"],
    ["no scans", [dataset, "--scannet", dataset], "got a dataset of vsi-build"],
    ["no run", [dataset, "--runs", run], "expected a finished run's folder"],
    ["no training", [dataset, "--train", run], "the record of a run"],
    ["no folder", [], "FOLDER is missing"],
    ["a port that does not exist", [dataset, "--port", "99999"], "--port: got 99999, expected a port from 1 to 65535."],
    ["port 0", [dataset, "--port", "0"], "--port: got 0, expected a whole number of at least 1"],
  ])("%s where something was expected: exit code 2 and what to give", async (_, words, said) => {
    await mkdir(run, { recursive: true });
    await writeFile(join(run, "notes.txt"), "");
    const { exitCode, stderr } = await runVsiView(words);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(said) });
    expect(stderr).not.toMatch(/\n {4}at /);
  });
});

test.each([
  ["linux", { DISPLAY: ":0" }, true],
  ["linux", { WAYLAND_DISPLAY: "wayland-0" }, true],
  ["linux", { DISPLAY: "" }, false],
  ["linux", { DISPLAY: "localhost:10.0", SSH_CONNECTION: "10.0.0.1 1 10.0.0.2 22" }, false],
  ["darwin", {}, true],
  ["darwin", { SSH_TTY: "/dev/ttys001" }, false],
  ["win32", {}, true],
] as const)("on %s with %j a browser can be seen: %j", (platform, environment, isSeen) => {
  expect(canOpenBrowser(platform, environment)).toBe(isSeen);
});

test("the browser's command line, which everybody on the machine sees, does not hold the token", async () => {
  const bin = join(work, "bin");
  await mkdir(bin, { recursive: true });
  const told = join(work, "told");
  const script = `#!/bin/sh\n{ echo "$@"; cat "$1"; } > "${told}.part"\nmv "${told}.part" "${told}"\n`;
  await writeFile(join(bin, "xdg-open"), script, { mode: 0o755 });
  const started = startVsiView([dataset, "--quiet"], {
    DISPLAY: ":0",
    SSH_CONNECTION: "",
    SSH_TTY: "",
    PATH: `${bin}:${process.env.PATH}`,
  });
  const url = (await printed(started, "\n")).trim();
  let text: string | null = null;
  for (let tries = 0; text === null && tries < 1000; tries += 1) {
    await wait(20);
    text = await readFile(told, "utf8").catch(() => null);
  }
  const [page = "", ...content] = (text ?? "").split("\n");
  expect(page).toMatch(/\.html$/);
  expect(content.join("\n")).toContain(`url=${url}`);
  expect((await stat(page)).mode & 0o77).toBe(0);
  started.child.kill("SIGTERM");
  await started.ended;
  await expect(stat(page)).rejects.toThrow("ENOENT");
});

test("the audit of a dataset that was built again meanwhile is refused", async () => {
  const folder = join(work, "rebuilt");
  await cp(dataset, folder, { recursive: true, filter: (path) => !path.includes("frames") });
  const started = startVsiView([folder, "--json"], NO_DISPLAY);
  const { url } = JSON.parse(await printed(started, "\n"));
  const file = join(folder, "data/train.jsonl");
  await writeFile(file, (await readFile(file, "utf8")).split("\n").slice(1).join("\n"));
  const answer = await fetch(`${url}data/audit.json`);
  expect(answer.status).toBe(500);
  expect(await answer.text()).toContain("another file than at the start");
  started.child.kill("SIGTERM");
  await started.ended;
});

test("regression: the help of an export spoke of serving", () => {
  expect(helpText(helpPage(VSI_VIEW, "export"), true, 80)).not.toMatch(/serving/);
  expect(helpText(helpPage(VSI_VIEW, null), true, 200)).toContain("Ctrl-C ends serving");
});
