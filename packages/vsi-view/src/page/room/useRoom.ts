import type { Manifest, SceneFacts } from "@vsi/dataset";
import { type ShownRoom, shownRoom } from "@vsi/questions/internal";
import { useEffect, useState } from "preact/hooks";
import { loadMesh } from "../load.ts";
import { type RoomMesh, readMesh } from "./mesh.ts";

const rooms = new WeakMap<SceneFacts, ShownRoom>();

/** Made once for each facts: everything that shows the scene shows the same room. */
export function roomOf(facts: SceneFacts, manifest: Manifest): ShownRoom {
  const known = rooms.get(facts);
  if (known) return known;
  const room = shownRoom(facts, manifest);
  rooms.set(facts, room);
  return room;
}

/** One: a mesh of a million vertices takes 40 MB. */
let kept: { index: number; mesh: Promise<RoomMesh> } | null = null;

function meshOf(index: number): Promise<RoomMesh> {
  if (kept?.index === index) return kept.mesh;
  const mesh = loadMesh(index).then(readMesh);
  kept = { index, mesh };
  mesh.catch(() => {
    if (kept?.mesh === mesh) kept = null;
  });
  return mesh;
}

/** A scene's mesh, and what is to be said while there is none. */
export function useMesh(index: number, hasMesh: boolean): { mesh: RoomMesh | null; note: string } {
  const [state, setState] = useState<{ index: number; mesh: RoomMesh | null; note: string }>({
    index,
    mesh: null,
    note: "",
  });
  useEffect(() => {
    if (!hasMesh) return;
    let isWanted = true;
    setState({ index, mesh: null, note: "Reading the mesh ..." });
    meshOf(index).then(
      (mesh) => isWanted && setState({ index, mesh, note: "" }),
      (error: Error) => isWanted && setState({ index, mesh: null, note: error.message }),
    );
    return () => {
      isWanted = false;
    };
  }, [index, hasMesh]);
  return state.index === index && hasMesh ? state : { mesh: null, note: "" };
}
