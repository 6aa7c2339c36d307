import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Overview, SceneData, SceneSummary } from "../../data/contract.ts";
import { useScene } from "../data.ts";
import { useKeys } from "../keys.ts";
import { goTo, withParams } from "../navigation.ts";
import { Failure, Loading } from "../parts/messages.tsx";
import { ObjectTable } from "../parts/ObjectTable.tsx";
import { Frames } from "../questions/Frames.tsx";
import { RoomView } from "../room/RoomView.tsx";
import { roomOf, useMesh } from "../room/useRoom.ts";
import type { Route, ViewProps } from "../route.ts";

/** The scans of the dataset, and one room in 3D with all that is known of it. */
export function ScenesView({ overview, route }: ViewProps) {
  const { scenes } = overview;
  const query = (route.params.q ?? "").toLowerCase();
  const shown = useMemo(
    () => scenes.filter(({ scene_name, split }) => `${scene_name} ${split}`.toLowerCase().includes(query)),
    [scenes, query],
  );
  const index = scenes.findIndex(({ scene_name }) => scene_name === route.path);
  const summary = scenes[index];
  const place = summary ? shown.indexOf(summary) : -1;
  const open = (scene: SceneSummary | undefined, isStep: boolean) =>
    scene && goTo({ ...route, path: scene.scene_name }, isStep);
  const step = (by: number) => open(shown[Math.max(0, Math.min(shown.length - 1, place < 0 ? 0 : place + by))], false);
  const view = route.params.view === "top" ? "top" : "orbit";
  const setView = (chosen: "orbit" | "top") => goTo(withParams(route, { view: chosen === "top" ? "top" : "" }), false);
  const close = () => goTo({ ...route, path: "" });
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    "/": () => document.getElementById("search")?.focus(),
    t: () => setView(view === "top" ? "orbit" : "top"),
    Escape: () => (summary ? close() : false),
  });
  return (
    <div class={summary ? "split opened" : "split"}>
      <div class="side">
        <search class="filters">
          <div class="filters-row">
            <input
              id="search"
              type="search"
              placeholder="Search scene, split"
              aria-label="Search scenes"
              value={route.params.q ?? ""}
              onInput={({ currentTarget }) => goTo(withParams(route, { q: currentTarget.value }), false)}
            />
          </div>
          <p class="filters-found" role="status">
            <span>
              <b>{shown.length.toLocaleString("en")}</b> {shown.length === 1 ? "scene" : "scenes"}
            </span>
          </p>
        </search>
        <SceneList route={route} scenes={shown} open={place} />
      </div>
      <section class="main-pane" aria-label="Details">
        {summary ? (
          <>
            <nav class="steps" aria-label="Scenes">
              <button type="button" class="back" onClick={close}>
                ← List
              </button>
              <button type="button" disabled={place <= 0} onClick={() => step(-1)}>
                Previous
              </button>
              <button type="button" disabled={place < 0 || place >= shown.length - 1} onClick={() => step(1)}>
                Next
              </button>
              <span class="count">{place < 0 ? "not in this list" : `${place + 1} of ${shown.length}`}</span>
            </nav>
            <SceneDetail overview={overview} index={index} summary={summary} view={view} onView={setView} />
          </>
        ) : (
          <p class="message empty">
            {route.path === ""
              ? "Open a scene to look around in it."
              : `No scene is called ${route.path}: the link may be to another version of the dataset.`}
          </p>
        )}
      </section>
    </div>
  );
}

function SceneList({ route, scenes, open }: { route: Route; scenes: readonly SceneSummary[]; open: number }) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[open]?.scrollIntoView({ block: "nearest" });
  }, [open]);
  return (
    <ul class="list scenes" ref={list}>
      {scenes.map((scene, place) => (
        <li key={scene.scene_name}>
          <button
            type="button"
            class="list-row"
            aria-current={place === open ? "true" : undefined}
            onClick={() => goTo({ ...route, path: scene.scene_name })}
          >
            <span class="row-head">
              <b>{scene.scene_name}</b>
              <span class="row-scene">{scene.split}</span>
              <span class="row-answer">{scene.area_m2.toFixed(1)} m²</span>
            </span>
            <span class="row-text">{`${counted(scene.questions, "question")}, ${counted(scene.objects, "object")}, ${counted(scene.frames, "frame")}${scene.hasMesh ? ", mesh" : ""}`}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function counted(count: number, thing: string): string {
  return `${count.toLocaleString("en")} ${thing}${count === 1 ? "" : "s"}`;
}

interface SceneDetailProps {
  overview: Overview;
  index: number;
  summary: SceneSummary;
  view: "orbit" | "top";
  onView: (view: "orbit" | "top") => void;
}

function SceneDetail(props: SceneDetailProps) {
  const scene = useScene(props.index);
  if (scene.error !== undefined) return <Failure what={props.summary.scene_name} why={scene.error} />;
  if (scene.value === undefined) return <Loading what={props.summary.scene_name} />;
  return <ShownScene {...props} scene={scene.value} />;
}

function ShownScene({ overview, index, summary, view, onView, scene }: SceneDetailProps & { scene: SceneData }) {
  const room = roomOf(scene.facts, overview.manifest);
  const { mesh, note } = useMesh(index, summary.hasMesh);
  const [picked, setPicked] = useState<number | null>(null);
  const [look, setLook] = useState<{ name: string; request: number } | null>(null);
  // What was picked belongs to one scene.
  useEffect(() => {
    setPicked(null);
    setLook(null);
  }, [index]);
  const { facts } = room;
  const frames = facts.camera?.frames.map(({ name }) => name) ?? [];
  const named = facts.objects.filter(({ excluded }) => excluded !== "structure");
  return (
    <article class="detail scene">
      <section class="detail-room" aria-label="Room">
        <RoomView
          room={room}
          mesh={mesh}
          meshNote={note || (summary.hasMesh ? "" : "boxes only: no raw scan is given")}
          description={`${summary.scene_name} in 3D: ${counted(named.length, "object")} on ${summary.area_m2.toFixed(1)} square metres`}
          view={view}
          onView={onView}
          lookFrom={look}
          showsCameras
          showsLabels
          picked={picked}
          onPick={setPicked}
        />
      </section>
      <section class="detail-text" aria-label="Scene">
        <p class="crumbs">
          <span class="tag">{summary.split}</span>
          <h2>{summary.scene_name}</h2>
          <span>{summary.dataset}</span>
        </p>
        <dl class="numbers">
          <div>
            <dt>floor</dt>
            <dd>{summary.area_m2.toFixed(1)} m²</dd>
          </div>
          <div>
            <dt>objects</dt>
            <dd>{named.length}</dd>
          </div>
          <div>
            <dt>frames</dt>
            <dd>{frames.length}</dd>
          </div>
          <div>
            <dt>questions</dt>
            <dd>
              <a href={`#/questions?scene=${encodeURIComponent(summary.scene_name)}`}>
                {summary.questions.toLocaleString("en")}
              </a>
            </dd>
          </div>
        </dl>
        {frames.length > 0 && (
          <>
            <h3>
              Frames <span class="count">{frames.length}</span>
            </h3>
            <Frames
              facts={facts}
              frames={frames}
              evidence={new Set()}
              hasImages={summary.hasFrames}
              onLookFrom={(name) => setLook({ name, request: (look?.request ?? 0) + 1 })}
            />
          </>
        )}
        <h3>
          Objects <span class="count">{named.length}</span>
        </h3>
        <ObjectTable ids={named.map(({ id }) => id)} room={room} picked={picked} onPick={setPicked} />
        {overview.terms.length > 0 && <p class="note">{overview.terms.join(" ")}</p>}
      </section>
    </article>
  );
}
