import { access } from "node:fs/promises";
import { packageVersion } from "@vsi/command";
import type { RunSettings } from "../settings/runSettings.ts";
import type { ReadyEvent } from "../worker/workerEvent.ts";
import { datasetHash } from "./datasetHash.ts";
import { gitState } from "./gitState.ts";
import { runFile } from "./runFiles.ts";
import { RUN_SCHEMA, type RunRecord, type RunSession, readRunRecord, writeRunRecord } from "./runRecord.ts";

/**
 * Keeps run.json while the trainer runs. It is written from `ready` on: of several hosts only the one with the first
 * process gets that event, so there is one writer.
 */
export interface SessionKeeper {
  ready(event: ReadyEvent): Promise<void>;
  end(exitCode: number): Promise<void>;
}

/**
 * Gathers what run.json says of a trainer that is about to start.
 * @throws DatasetError or TrainError when the dataset or an earlier record cannot be read.
 */
export async function startSession(settings: RunSettings, dataset: string): Promise<SessionKeeper> {
  const { run } = settings;
  const session: RunSession = {
    started: new Date().toISOString(),
    ended: null,
    exit_code: null,
    resumed_from_step: null,
  };
  const earlier = settings.resume === null ? [] : await earlierSessions(run);
  const record: RunRecord = {
    schema: RUN_SCHEMA,
    settings,
    versions: {
      "vsi-train": await packageVersion(new URL("../../package.json", import.meta.url)),
      node: process.versions.node,
    },
    git: await gitState(process.cwd()),
    dataset: await datasetHash(dataset),
    trainer: null,
    sessions: [...earlier, session],
  };
  return {
    async ready({ event: _event, versions, resumed_from_step, ...trainer }) {
      Object.assign(record.versions, versions);
      record.trainer = trainer;
      session.resumed_from_step = resumed_from_step;
      await writeRunRecord(run, record);
    },
    async end(exitCode) {
      if (record.trainer === null) return;
      session.ended = new Date().toISOString();
      session.exit_code = exitCode;
      await writeRunRecord(run, record);
    },
  };
}

async function earlierSessions(run: string): Promise<RunSession[]> {
  const isThere = await access(runFile(run, "record")).then(
    () => true,
    () => false,
  );
  return isThere ? (await readRunRecord(run)).sessions : [];
}
