import type { Manifest, QuestionType } from "@vsi/dataset";
import {
  DISTANCE_KINDS,
  type DistanceKind,
  LABEL_KINDS,
  type LabelKind,
  PROTOCOLS,
  type Protocol,
  type ProtocolName,
  protocolTypes,
} from "@vsi/questions";

/** What of a manifest decides how answers are recomputed. */
export interface VerifySettings {
  protocol: Protocol;
  types: readonly QuestionType[];
  labels: LabelKind;
  /** Null for what the protocol says. */
  distance: DistanceKind | null;
  minVisiblePixels: number;
  countVisible: boolean;
  /** Whether the sampled frames stand in frames/. */
  pixels: boolean;
}

/** A setting that means nothing: its name, what stands there, and what could. */
export interface BadSetting {
  name: string;
  got: unknown;
  expected: string;
}

/** The settings that a manifest names, or the first that means nothing. */
export function verifySettings({ protocol: name, settings }: Manifest): VerifySettings | BadSetting {
  const { types, labels, distance, minVisiblePixels, countVisible, pixels = true } = settings;
  if (!Object.hasOwn(PROTOCOLS, name)) {
    return { name: "protocol", got: name, expected: Object.keys(PROTOCOLS).join(" or ") };
  }
  const protocol = PROTOCOLS[name as ProtocolName];
  const known: readonly unknown[] = protocolTypes(protocol);
  const bad = (
    [
      ["types", types, Array.isArray(types) && types.every((type) => known.includes(type)), known.join(", ")],
      ["labels", labels, (LABEL_KINDS as readonly unknown[]).includes(labels), LABEL_KINDS.join(" or ")],
      [
        "distance",
        distance,
        distance === null || (DISTANCE_KINDS as readonly unknown[]).includes(distance),
        `null or ${DISTANCE_KINDS.join(", ")}`,
      ],
      ["minVisiblePixels", minVisiblePixels, Number.isSafeInteger(minVisiblePixels), "a whole number"],
      ["countVisible", countVisible, typeof countVisible === "boolean", "true or false"],
      ["pixels", pixels, typeof pixels === "boolean", "true or false"],
    ] as const
  ).find(([, , fits]) => !fits);
  if (bad) return { name: `settings.${bad[0]}`, got: bad[1], expected: bad[3] };
  return { protocol, types, labels, distance, minVisiblePixels, countVisible, pixels } as VerifySettings;
}
