import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { runVsiBuild, startProcess, VSI_BUILD } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { makeRawFolder } from "../support/makeRawFolder.ts";

/** From the signal to the end of the process. */
const LONGEST_END_MS = 2000;

describe("a signal at any moment ends the command within two seconds", () => {
  const folder = temporaryFolder();
  const raw = join(folder, "raw");
  const build = (out: string): string[] => [
    "--scannet",
    raw,
    "--out",
    join(folder, out),
    "--protocol",
    "vsi-bench",
    "--workers",
    "1",
    "--quiet",
  ];
  let whole: Record<string, string> = {};

  beforeAll(async () => {
    await makeRawFolder(raw, 6);
    expect(await runVsiBuild(build("whole"))).toMatchObject({ exitCode: 0 });
    whole = await folderContent(join(folder, "whole"));
  });

  /** @returns the code as a shell counts it; 0 where the command was done before. */
  async function signalAt(words: readonly string[], moment: number, signal: "SIGTERM" | "SIGINT"): Promise<number> {
    const { child, ended } = startProcess([process.execPath, VSI_BUILD, ...words]);
    await sleep(moment);
    child.kill(signal);
    const sent = performance.now();
    const { exitCode } = await ended;
    expect(performance.now() - sent).toBeLessThan(LONGEST_END_MS);
    // While modules are still loaded nothing of ours is there to turn the signal into a code.
    return exitCode ?? { SIGTERM: 143, SIGINT: 130 }[child.signalCode as "SIGTERM" | "SIGINT"];
  }

  test("a build; what is finished is kept, and --resume comes to the same bytes", async () => {
    const resumed = [...build("out"), "--resume"];
    for (const [place, moment] of [200, 500, 900, 1400, 2000].entries()) {
      const [signal, code] = place % 2 === 0 ? (["SIGTERM", 143] as const) : (["SIGINT", 130] as const);
      expect([0, code]).toContain(await signalAt(resumed, moment, signal));
      const left = await readdir(join(folder, "out")).catch(() => []);
      expect(left.filter((name) => name.startsWith(".vsi-lock"))).toEqual([]);
    }
    expect(await runVsiBuild(resumed)).toMatchObject({ exitCode: 0 });
    expect(await folderContent(join(folder, "out"))).toEqual(whole);
  });

  test.each([
    ["audit", (out: string) => ["audit", out, "--quiet"]],
    [
      "debias",
      (out: string) => ["audit", out, "--debias", "--out", join(folder, "debiased"), "--overwrite", "--quiet"],
    ],
    ["verify --regenerate", (out: string) => ["verify", out, "--regenerate", "--quiet"]],
    ["samples", () => ["samples", join(folder, "samples"), "--rooms", "4", "--frames", "30"]],
  ])("%s", async (_, words) => {
    for (const moment of [300, 700, 1200]) {
      expect([0, 143]).toContain(await signalAt(words(join(folder, "whole")), moment, "SIGTERM"));
    }
  });
});
