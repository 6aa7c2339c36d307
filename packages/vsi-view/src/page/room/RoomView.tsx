import type { ShownRoom } from "@vsi/questions/internal";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Drawing, drawingOf } from "../drawing/drawing.ts";
import { isolated } from "../parts/format.ts";
import { useTheme } from "../theme.ts";
import type { RoomMesh } from "./mesh.ts";
import { PlanView } from "./PlanView.tsx";
import { type RoomOptions, RoomRenderer } from "./RoomRenderer.ts";

export interface RoomViewProps {
  room: ShownRoom;
  /** Null while it is read, and where there is none. */
  mesh: RoomMesh | null;
  /** Why there is no mesh, or that it is being read; empty where nothing is to be said. */
  meshNote: string;
  drawing?: Drawing;
  /** What the picture shows, for whoever can't see it. */
  description: string;
  view: RoomOptions["view"];
  onView: (view: RoomOptions["view"]) => void;
  /** The frame to look from, with a number that tells one request from the next; null for none. */
  lookFrom?: { name: string; request: number } | null;
  /** Cameras on show from the beginning. */
  showsCameras?: boolean;
  showsLabels?: boolean;
  picked?: number | null;
  onPick?: (id: number | null) => void;
}

const HINTS: Readonly<Record<RoomOptions["view"], string>> = {
  orbit: "Drag to turn, right-drag to move, scroll to zoom; click an object to pick it.",
  top: "North (+Y) is up. Drag to move, scroll to zoom; click an object to pick it.",
};

const TOUCH_HINTS: typeof HINTS = {
  orbit: "Drag to turn, two fingers move and zoom; tap an object to pick it.",
  top: "North (+Y) is up. Drag to move, two fingers zoom; tap an object to pick it.",
};

function hintOf(view: RoomOptions["view"]): string {
  return (matchMedia("(pointer: coarse)").matches ? TOUCH_HINTS : HINTS)[view];
}

const NOTHING = drawingOf({});

/** A room in 3D with what a question measures in it; from above where the browser has no WebGL. */
export function RoomView(props: RoomViewProps) {
  const { room, mesh, meshNote, drawing = NOTHING, description, view, onView, lookFrom = null, picked = null } = props;
  const host = useRef<HTMLDivElement>(null);
  const [renderer, setRenderer] = useState<RoomRenderer | "none" | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const [colors, setColors] = useState<RoomOptions["mesh"]>("scan");
  const [boxes, setBoxes] = useState(true);
  const [labels, setLabels] = useState(props.showsLabels ?? false);
  const [cameras, setCameras] = useState(props.showsCameras ?? false);
  const theme = useTheme();
  const onPick = useRef(props.onPick);
  onPick.current = props.onPick;
  const onViewed = useRef(onView);
  onViewed.current = onView;

  useEffect(() => {
    if (host.current === null) return;
    try {
      const made = new RoomRenderer(host.current, room, { view, mesh: colors, boxes, labels, cameras });
      made.onHover = setHovered;
      made.onPick = (id) => onPick.current?.(id);
      setRenderer(made);
      setHovered(null);
      return () => {
        made.dispose();
        setRenderer(null);
      };
    } catch {
      // three has written why to the console.
      setRenderer("none");
      return;
    }
  }, [room]);

  const three = renderer === "none" ? null : renderer;
  const isOurs = three !== null && three.room === room;
  useEffect(() => {
    if (isOurs) three.setMesh(mesh);
  }, [three, isOurs, mesh]);
  useEffect(() => {
    if (isOurs) three.setOptions({ view, mesh: colors, boxes, labels, cameras });
  }, [three, isOurs, view, colors, boxes, labels, cameras]);
  useEffect(() => {
    if (isOurs) three.setDrawing(drawing);
  }, [three, isOurs, drawing]);
  useEffect(() => {
    if (isOurs) three.setPicked(picked);
  }, [three, isOurs, picked]);
  // The theme changes what the style sheet says.
  useEffect(() => {
    if (isOurs) three.recolor();
  }, [three, isOurs, theme]);
  useEffect(() => {
    const frame = room.frames?.find(({ name }) => name === lookFrom?.name);
    if (isOurs && frame) {
      onViewed.current("orbit");
      three.setMarkedFrames(new Set([frame.name]));
      three.lookFrom(frame);
    }
  }, [three, isOurs, lookFrom, room]);

  const nameOf = useMemo(() => {
    const byId = new Map(room.facts.objects.map((object) => [object.id, object]));
    return (id: number | null) => {
      const object = id === null ? undefined : byId.get(id);
      return object ? `${isolated(room.nameOf(object))} (id ${object.id})` : "";
    };
  }, [room]);
  const flat = renderer === "none";

  return (
    <div
      class="room-view"
      data-picked={picked ?? ""}
      data-hovered={hovered ?? ""}
      data-ready={isOurs || flat ? "" : undefined}
    >
      <div class="toolbar">
        {!flat && (
          <fieldset class="segmented" aria-label="View">
            {(["orbit", "top"] as const).map((name) => (
              <button type="button" key={name} aria-pressed={view === name} onClick={() => onView(name)}>
                {name === "orbit" ? "Orbit" : "Top"}
              </button>
            ))}
          </fieldset>
        )}
        {!flat && mesh !== null && (
          <select
            aria-label="Mesh"
            value={colors}
            onChange={({ currentTarget }) => setColors(currentTarget.value as RoomOptions["mesh"])}
          >
            <option value="scan">Scan colours</option>
            <option value="instances">Instances</option>
            <option value="none">No mesh</option>
          </select>
        )}
        {!flat && mesh !== null && colors !== "none" && <Toggle label="Boxes" isOn={boxes} onChange={setBoxes} />}
        <Toggle label="Names" isOn={labels} onChange={setLabels} />
        {!flat && room.frames !== null && <Toggle label="Cameras" isOn={cameras} onChange={setCameras} />}
        {!flat && (
          <>
            <button type="button" onClick={() => three?.reset()} title="Show the whole room">
              Reset
            </button>
            <button
              type="button"
              title="Save this picture"
              aria-label="Save as PNG"
              onClick={() => three && void savePicture(three, room.facts.scene_name)}
            >
              PNG
            </button>
          </>
        )}
      </div>
      {flat && <p class="note">This browser has no WebGL: the room is drawn from above.</p>}
      {flat ? (
        <div class="canvas">
          <PlanView room={room} drawing={drawing} labels={labels} />
        </div>
      ) : (
        <div class="canvas" role="img" aria-label={description} ref={host} />
      )}
      <p class="status">
        <span>{nameOf(hovered) || nameOf(picked) || (flat ? "" : hintOf(view))}</span>
        <span>{meshNote}</span>
      </p>
    </div>
  );
}

function Toggle({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <button type="button" class="toggle" aria-pressed={isOn} onClick={() => onChange(!isOn)}>
      {label}
    </button>
  );
}

async function savePicture(renderer: RoomRenderer, name: string): Promise<void> {
  const picture = await renderer.screenshot();
  if (picture === null) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(picture);
  link.download = `${name}.png`;
  link.click();
  URL.revokeObjectURL(link.href);
}
