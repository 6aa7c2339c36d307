import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Overview, SceneData, SceneSummary } from "../../data/contract.ts";
import { useScene } from "../data.ts";
import { goTo, withParams } from "../navigation.ts";
import { countText } from "../parts/format.ts";
import { Failure, Loading } from "../parts/messages.tsx";
import { Numbers } from "../parts/Numbers.tsx";
import { ObjectTable } from "../parts/ObjectTable.tsx";
import { roomView, SplitView } from "../parts/SplitView.tsx";
import { type KnownParams, Stray } from "../parts/Stray.tsx";
import { Frames } from "../questions/Frames.tsx";
import { RoomView } from "../room/RoomView.tsx";
import { roomOf, useMesh } from "../room/useRoom.ts";
import { type Route, type ViewProps, writeRoute } from "../route.ts";

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
  const [view, onView] = roomView(route);
  return (
    <>
      <Stray route={route} known={KNOWN_PARAMS} />
      <SplitView
        route={route}
        things="Scenes"
        side={
          <>
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
                  <b>{countText(shown.length)}</b> {shown.length === 1 ? "scene" : "scenes"}
                </span>
              </p>
            </search>
            <SceneList route={route} scenes={shown} open={place} />
          </>
        }
        opened={
          summary ? (
            <SceneDetail overview={overview} index={index} summary={summary} view={view} onView={onView} />
          ) : null
        }
        empty={
          <p class="message empty">
            {route.path === "" ? (
              "Open a scene to look around in it."
            ) : (
              <>
                No scene is called <bdi>{route.path}</bdi>: the link may be to another version of the dataset.
              </>
            )}
          </p>
        }
        place={place}
        count={shown.length}
        onOpen={(at) => goTo({ ...route, path: shown[at]?.scene_name ?? "" }, false)}
        onClose={() => goTo({ ...route, path: "" })}
      />
    </>
  );
}

const KNOWN_PARAMS: KnownParams = { q: () => true, view: ["orbit", "top"] };

function SceneList({ route, scenes, open }: { route: Route; scenes: readonly SceneSummary[]; open: number }) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[open]?.scrollIntoView({ block: "nearest" });
  }, [open]);
  return (
    <ul class="list scenes" ref={list}>
      {scenes.map((scene, place) => (
        <li key={scene.scene_name} class="scene-item">
          <button
            type="button"
            class="list-row"
            aria-current={place === open ? "true" : undefined}
            onClick={() => goTo({ ...route, path: scene.scene_name })}
          >
            <span class="row-head">
              <b>
                <bdi>{scene.scene_name}</bdi>
              </b>
              <span class="row-scene">{scene.split}</span>
              {scene.problem === null && <span class="row-answer">{scene.area_m2.toFixed(1)} m²</span>}
            </span>
            <span class="row-text">{scene.problem === null ? contentText(scene) : "cannot be shown"}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function contentText({ questions, objects, frames, hasMesh }: SceneSummary): string {
  const parts = [counted(questions, "question"), counted(objects, "object")];
  if (frames > 0) parts.push(counted(frames, "frame"));
  if (hasMesh) parts.push("mesh");
  return parts.join(", ");
}

function counted(count: number, thing: string): string {
  return `${countText(count)} ${thing}${count === 1 ? "" : "s"}`;
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
  const frames = (facts.camera ?? facts.unposed_frames)?.frames.map(({ name }) => name) ?? [];
  const named = facts.objects.filter(({ excluded }) => excluded !== "structure");
  return (
    <article class="detail scene">
      <section class="detail-room" aria-label="Room">
        <RoomView
          room={room}
          mesh={mesh}
          meshNote={note || (summary.hasMesh ? "" : "boxes only: no mesh here")}
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
        <div class="crumbs">
          <span class="tag">{summary.split}</span>
          <h2>
            <bdi>{summary.scene_name}</bdi>
          </h2>
          <bdi>{summary.dataset}</bdi>
        </div>
        <Numbers
          of={[
            ["floor", `${summary.area_m2.toFixed(1)} m²`],
            ["objects", String(named.length)],
            ["frames", String(frames.length)],
            [
              "questions",
              <a href={writeRoute({ view: "questions", path: "", params: { scene: summary.scene_name } })}>
                {countText(summary.questions)}
              </a>,
            ],
          ]}
        />
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
              {...(facts.camera && {
                onLookFrom: (name: string) => setLook({ name, request: (look?.request ?? 0) + 1 }),
              })}
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
