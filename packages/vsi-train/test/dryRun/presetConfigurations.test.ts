import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { runProcess } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { forkingPython } from "@vsi/testing/forkingPython";
import { describeTrainer } from "@vsi/testing/trainerPython";
import { pythonEnvironment } from "../../src/environment/trainerPython.ts";
import { PRESET_NAMES, PRESETS } from "../../src/settings/presets.ts";
import { resolveSettings } from "../../src/settings/resolveSettings.ts";
import { METHODS, type RunSettings } from "../../src/settings/runSettings.ts";
import { makeQuestion } from "../support/question.ts";
import { makeRowsOf } from "../support/rows.ts";
import { makeTrainOptions } from "../support/trainOptions.ts";

const root = temporaryFolder();

const all = PRESET_NAMES.flatMap((preset) =>
  METHODS.filter((method) => PRESETS[preset].methods[method] !== undefined).map((method) => ({ preset, method })),
);

/** One process for all presets: importing torch and TRL takes ten seconds. */
const SCRIPT = `
import sys
from pathlib import Path
from vsi_trainer.dry_run import dry_run
from vsi_trainer.settings import read_settings
for path in sys.argv[1:]:
    dry_run(read_settings(Path(path)))
`;

describeTrainer("TRL's real configuration objects", () => {
  const told: RunSettings[] = [];
  let built: { config: Record<string, unknown>; reason: string | null }[] = [];

  beforeAll(async () => {
    for (const { preset, method } of all) {
      const run = join(root, `${preset}-${method}`);
      const { settings } = PRESETS[preset].methods[method]!;
      const model = PRESETS[preset].model ?? "./no-model-here";
      const settled = resolveSettings(makeTrainOptions({ ...settings, preset, method, model }), run, true);
      told.push({ ...settled, dry_run: true });
      await mkdir(join(run, "rows"), { recursive: true });
      const row = `${JSON.stringify(makeRowsOf(makeQuestion())[method])}\n`;
      for (const path of [settled.rows, settled.held_out_rows!]) await writeFile(path, row);
      await writeFile(join(run, "worker.json"), JSON.stringify(told.at(-1)));
    }
    const paths = told.map(({ run }) => join(run, "worker.json"));
    const env = { ...pythonEnvironment(), HF_HUB_OFFLINE: "1", HF_HOME: join(root, "hub") } as Record<string, string>;
    const ran = await runProcess([await forkingPython(), "-c", SCRIPT, ...paths], { env });
    expect({ exitCode: ran.exitCode, errors: ran.exitCode === 0 ? "" : ran.stderr }).toEqual({
      exitCode: 0,
      errors: "",
    });
    built = ran.stdout
      .split("\n")
      .filter((line) => line.startsWith('{"event"'))
      .map((line) => JSON.parse(line));
  });

  test.each(all.map((entry, index) => ({ ...entry, index })))(
    "$preset, $method: hold all that was asked for",
    ({ index }) => {
      expect(built[index]!.config).toMatchObject(told[index]!.trainer);
      expect(built[index]!.reason).toMatch(/token counts are unknown/);
    },
  );
});
