import type { QuestionType } from "@vsi/dataset";
import type { Stream } from "../scene/stream.ts";
import { STREAM_RULES } from "./streamRules.ts";
import type { Candidates, Task, TaskInput } from "./task.ts";

/** What a task about a stream is made from. */
export interface StreamTaskInput extends TaskInput {
  stream: Stream;
}

/** A task whose candidates are drawn from what a stream shows; it has none without, and gives up after many refusals. */
export function streamTask(type: QuestionType, candidates: (input: StreamTaskInput) => Candidates): Task {
  return {
    type,
    order: "sample",
    needsStream: true,
    candidates(input) {
      const { stream } = input.scene;
      return stream ? { ...candidates({ ...input, stream }), mostRefused: STREAM_RULES.mostRefused } : NO_CANDIDATES;
    },
  };
}

const NO_CANDIDATES: Candidates = { count: 0, ask: () => ({ draft: null, refusals: [] }) };
