import { type Manifest, PROTOCOL_NAMES } from "@vsi/dataset";
import type { SceneFacts } from "@vsi/geometry";
import { DEFAULT_CHOICES, DISTANCE_KINDS, LABEL_KINDS, RULES_NAMES } from "./choices.ts";
import { distanceKindOf } from "./distances.ts";
import { PROTOCOLS } from "./protocols/protocols.ts";
import { protocolWith } from "./protocols/rules.ts";
import { sceneOf } from "./scene/scene.ts";
import { type Stream, streamOf } from "./scene/stream.ts";
import type { ShownScene } from "./types/questionType.ts";

/** A scene as it is shown, with what its sampled frames show. */
export interface ShownRoom extends ShownScene {
  facts: SceneFacts;
  /** Null without a stream. */
  stream: Stream | null;
  /** Height of the floor, metres. */
  floor_m: number;
  /** From where on an object its distance to a camera was measured. */
  cameraDistance: "box" | "mesh";
}

/**
 * A scene's facts as its dataset's questions name and measure things. Settings that say nothing, or nothing known, count
 * as those of before there were any: whoever looks at a dataset wants to see it even so.
 */
export function shownRoom(facts: SceneFacts, manifest: Pick<Manifest, "protocol" | "settings">): ShownRoom {
  const { settings } = manifest;
  const name = PROTOCOL_NAMES.find((known) => known === manifest.protocol) ?? DEFAULT_CHOICES.protocol;
  const rules = RULES_NAMES.find((known) => known === settings.rules) ?? "paper";
  const protocol = protocolWith(PROTOCOLS[name], rules);
  const labels = LABEL_KINDS.find((known) => known === settings.labels) ?? protocol.labels;
  const distanceKind =
    DISTANCE_KINDS.find((known) => known === settings.distance) ?? distanceKindOf(facts, protocol.distances);
  const { minVisiblePixels } = settings;
  const pixels = typeof minVisiblePixels === "number" ? minVisiblePixels : DEFAULT_CHOICES.minVisiblePixels;
  const stream = facts.camera && streamOf(facts.camera, pixels);
  const { objectsByLabel, floor_m } = sceneOf(facts, labels, stream, { ...protocol, doubtful: "kept" });
  const names = new Map<number, string>();
  for (const [label, objects] of objectsByLabel) for (const { id } of objects) names.set(id, label);
  return {
    facts,
    nameOf: ({ id, label }) => names.get(id) ?? label,
    objects: new Map(facts.objects.filter(({ excluded }) => excluded === null).map((object) => [object.id, object])),
    frames:
      stream?.frames.map(({ distances_m, ...frame }) =>
        protocol.cameraDistance === "mesh" ? { ...frame, distances_m } : frame,
      ) ?? null,
    distanceKind,
    stream,
    floor_m,
    cameraDistance: protocol.cameraDistance,
  };
}
