import { type Question, questionTypeRow, type Reject } from "@vsi/dataset";
import { describeEvidence } from "@vsi/questions";
import type { ShownRoom } from "@vsi/questions/internal";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Overview, QuestionTable, RunData, SceneSummary } from "../../data/contract.ts";
import { useScene } from "../data.ts";
import { drawQuestion, drawReject } from "../drawing/drawQuestion.ts";
import { isolated } from "../parts/format.ts";
import { Failure, Loading } from "../parts/messages.tsx";
import { Numbers } from "../parts/Numbers.tsx";
import { ObjectTable } from "../parts/ObjectTable.tsx";
import { closestVertex } from "../room/mesh.ts";
import type { RoomOptions } from "../room/RoomRenderer.ts";
import { RoomView } from "../room/RoomView.tsx";
import { roomOf, useMesh } from "../room/useRoom.ts";
import { verdictOf } from "./columns.ts";
import { evidenceFrames, Frames } from "./Frames.tsx";
import { VerdictMark } from "./QuestionList.tsx";

export interface QuestionDetailProps {
  overview: Overview;
  table: QuestionTable;
  row: number;
  run: RunData | null;
  /** The run that it is compared with. */
  base: RunData | null;
  view: RoomOptions["view"];
  onView: (view: RoomOptions["view"]) => void;
}

/** One question with everything that its answer rests on, or a refused candidate with its reason. */
export function QuestionDetail(props: QuestionDetailProps) {
  const { overview, table, row } = props;
  const index = table.scene[row] ?? -1;
  const summary = overview.scenes[index];
  const scene = useScene(summary ? index : null);
  if (!summary) return <LeftOut table={table} row={row} />;
  if (scene.error !== undefined) return <Failure what={summary.scene_name} why={scene.error} />;
  if (scene.value === undefined) return <Loading what={summary.scene_name} />;
  const { rows, questions, rejectRows, rejects, facts } = scene.value;
  const question = questions[rows.indexOf(row)];
  const reject = rejects[rejectRows.indexOf(row)];
  const room = roomOf(facts, overview.manifest);
  if (!question && !reject)
    return <Failure what={`row ${row}`} why={`${summary.scene_name} has no such question. Reload the page.`} />;
  return <Shown {...props} summary={summary} sceneIndex={index} room={room} question={question} reject={reject} />;
}

interface ShownProps extends QuestionDetailProps {
  summary: SceneSummary;
  sceneIndex: number;
  room: ShownRoom;
  question: Question | undefined;
  reject: Reject | undefined;
}

function Shown({ row, run, base, view, onView, summary, sceneIndex, room, question, reject }: ShownProps) {
  const { mesh, note } = useMesh(sceneIndex, summary.hasMesh);
  const [picked, setPicked] = useState<number | null>(null);
  const [look, setLook] = useState<{ name: string; request: number } | null>(null);
  // What was picked belongs to one question.
  useEffect(() => setPicked(null), [row]);
  const drawing = useMemo(() => {
    if (question) return drawQuestion(question, room, mesh ? (id, from) => closestVertex(mesh, id, from) : undefined);
    return reject ? drawReject(reject, room) : undefined;
  }, [question, reject, room, mesh]);
  const says = question ? saidOf(question, room) : (reject?.message ?? "");
  const frames = question ? question.frames : [];
  const look3D = room.frames ? (name: string) => setLook({ name, request: (look?.request ?? 0) + 1 }) : undefined;
  const ids = question?.evidence.object_ids ?? reject?.object_ids ?? [];
  return (
    <article class="detail">
      <section class="detail-text" aria-label="Question">
        <div class="question-block">
          <p class="crumbs">
            <span class="tag">{questionTitle(question?.question_type ?? reject?.question_type)}</span>
            <a href={`#/scenes/${encodeURIComponent(summary.scene_name)}`}>
              <bdi>{summary.scene_name}</bdi>
            </a>
            <span>{question ? summary.split : "refused"}</span>
            {question && <CopyLink id={question.id} />}
          </p>
          {question ? <Asked question={question} /> : <Refused reject={reject as Reject} />}
        </div>
        <div class="question-rest">
          {question && run !== null && <RunAnswerText run={run} row={row} />}
          {question && base !== null && <RunAnswerText run={base} row={row} />}
          {question && (
            <>
              <h3>Evidence</h3>
              <p class="says">{says}</p>
              <Measured question={question} />
            </>
          )}
          {ids.length > 0 && <ObjectTable ids={ids} room={room} picked={picked} onPick={setPicked} />}
          {frames.length > 0 && (
            <>
              <h3>
                Frames <span class="count">{frames.length}</span>
              </h3>
              <Frames
                facts={room.facts}
                frames={frames}
                evidence={question ? evidenceFrames(question) : new Set()}
                hasImages={summary.hasFrames}
                {...(look3D ? { onLookFrom: look3D } : {})}
              />
            </>
          )}
        </div>
      </section>
      <section class="detail-room" aria-label="Room">
        <RoomView
          room={room}
          mesh={mesh}
          meshNote={note}
          {...(drawing ? { drawing } : {})}
          description={`${summary.scene_name} in 3D: ${says}`}
          view={view}
          onView={onView}
          lookFrom={look}
          picked={picked}
          onPick={setPicked}
        />
      </section>
    </article>
  );
}

/** What an answer rests on; names in it do not turn the words around them. */
function saidOf(question: Question, room: ShownRoom): string {
  const { ground_truth, evidence } = question;
  return describeEvidence(
    {
      ...question,
      ground_truth: isolated(ground_truth),
      evidence: { ...evidence, frames: evidence.frames?.map(isolated) ?? null },
    },
    { ...room, nameOf: (object) => isolated(room.nameOf(object)) },
  );
}

function questionTitle(type: Question["question_type"] | null | undefined): string {
  return type ? questionTypeRow(type).title : "Scan";
}

function Asked({ question: { question, question_type, options, mc_answer, ground_truth } }: { question: Question }) {
  const unit = UNITS[questionTypeRow(question_type).unit ?? "count"];
  return (
    <>
      <h2 class="asked-text">{question}</h2>
      {options ? (
        <ol class="options">
          {options.map((option) => {
            const isRight = mc_answer === null ? option === ground_truth : option.startsWith(`${mc_answer}.`);
            return (
              <li key={option} class={isRight ? "right" : ""}>
                <bdi>{option}</bdi>
                {isRight && <span class="right-mark"> ✓ right answer</span>}
              </li>
            );
          })}
        </ol>
      ) : (
        <p class="answer-line">
          Answer{" "}
          <b>
            <bdi>{ground_truth}</bdi>
          </b>
          {unit !== "" && ` ${unit}`}
        </p>
      )}
    </>
  );
}

const UNITS = { m: "m", cm: "cm", m2: "m²", degree: "°", s: "s", count: "" } as const;

/** Hundredths; the sentence of the evidence has more. */
const DIGITS = 2;

function withUnit(value: number | null, unit: Question["evidence"]["unit"]): string {
  if (value === null) return "none";
  const sign = unit === null ? "" : UNITS[unit];
  return `${Number(value.toFixed(DIGITS))}${sign === "" || sign === "°" ? "" : " "}${sign}`;
}

function Measured({ question: { evidence } }: { question: Question }) {
  const { value, margin, unit } = evidence;
  if (value === null && margin === null) return null;
  return (
    <Numbers
      of={[
        ...(value === null ? [] : [["measured", withUnit(value, unit)] as const]),
        ...(margin === null ? [] : [["to another answer", withUnit(margin, unit)] as const]),
      ]}
    />
  );
}

function Refused({ reject: { code, message, value, limit, unit } }: { reject: Reject }) {
  return (
    <>
      <h2 class="asked-text">{message}</h2>
      <Numbers
        of={[
          ["reason", <code>{code}</code>],
          ...(value === null ? [] : [["measured", withUnit(value, unit)] as const]),
          ...(limit === null ? [] : [["limit", withUnit(limit, unit)] as const]),
        ]}
      />
    </>
  );
}

/** A scan that is in no scene of the dataset: there is nothing to draw. */
function LeftOut({ table, row }: { table: QuestionTable; row: number }) {
  return (
    <article class="detail">
      <section class="detail-text">
        <p class="crumbs">
          <span class="tag">Scan left out</span>
          <code>{table.answer[row]}</code>
        </p>
        <h2 class="asked-text">{table.text[row]}</h2>
      </section>
    </article>
  );
}

function RunAnswerText({ run, row }: { run: RunData; row: number }) {
  const answer = run.answers[row];
  const verdict = verdictOf(answer);
  if (!answer || verdict === null) {
    return (
      <p class="note">
        <bdi>{run.name}</bdi> was not asked this question.
      </p>
    );
  }
  const { text, read, why, robust, official } = answer;
  return (
    <>
      <h3>
        <bdi>{run.name}</bdi> <VerdictMark verdict={verdict} />
      </h3>
      <p class="note">
        {read === null ? (
          "Nothing could be read"
        ) : (
          <>
            Read as “<bdi>{read}</bdi>”
          </>
        )}
        {why === null ? "" : ` (${why})`}; earned {robust.toFixed(2)}, by the official metric {official.toFixed(2)}.
      </p>
      <pre class="model-text">{text ?? "no answer"}</pre>
    </>
  );
}

/** Milliseconds for which "copied" stands there. */
const COPIED_MS = 2000;

function CopyLink({ id }: { id: string }) {
  const [said, setSaid] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      setSaid("link copied");
    } catch {
      setSaid("copy the address from above");
    }
    setTimeout(() => setSaid(""), COPIED_MS);
  };
  return (
    <span class="copy">
      <code>{id}</code>
      <button type="button" class="link" onClick={() => void copy()}>
        Copy link
      </button>
      <span role="status">{said}</span>
    </span>
  );
}
