import { join } from "node:path";
import type { Manifest, QuestionType } from "@vsi/dataset";
import { shownJson } from "@vsi/dataset/internal";
import { readRegularFile } from "@vsi/dataset/internal/node";
import { validateManifest } from "@vsi/dataset/validate";
import {
  DISTANCE_KINDS,
  type DistanceKind,
  LABEL_KINDS,
  type LabelKind,
  PROTOCOLS,
  type Protocol,
  type ProtocolName,
  protocolTypes,
  RULES_NAMES,
  type RulesName,
  TARGET_NAMES,
  type TargetName,
} from "@vsi/questions";
import { protocolWith } from "@vsi/questions/internal";
import { MANIFEST_FILE } from "./datasetFolder.ts";
import { problemOf, type ReportProblem, TAKE_AGAIN } from "./problem.ts";

const PLACE = { file: MANIFEST_FILE, line: null, id: null };

/** Reads manifest.json and its settings; null for what can't be used, which is reported. */
export async function openManifest(
  folder: string,
  report: ReportProblem,
): Promise<{ manifest: Manifest | null; settings: VerifySettings | null }> {
  try {
    const text = await readRegularFile(join(folder, MANIFEST_FILE), MANIFEST_FILE, "the manifest of a dataset");
    const manifest: unknown = JSON.parse(text);
    validateManifest(manifest, { file: MANIFEST_FILE });
    const settings = verifySettings(manifest);
    if (!("got" in settings)) return { manifest, settings };
    const { name, got, expected } = settings;
    report({ code: "setting", ...PLACE, got: `${name} ${shownJson(got)}`, expected, advice: TAKE_AGAIN });
    return { manifest, settings: null };
  } catch (error) {
    report(
      error instanceof SyntaxError
        ? { code: "manifest-syntax", ...PLACE, got: error.message, expected: "JSON", advice: TAKE_AGAIN }
        : problemOf(error, PLACE, TAKE_AGAIN),
    );
    return { manifest: null, settings: null };
  }
}

/** The settings that decide how answers are recomputed. */
export interface VerifySettings {
  protocol: Protocol;
  /** The rules that `protocol` follows. */
  rules: RulesName;
  /** Whether questions are picked over all scenes, so that none can be guessed. */
  balance: boolean;
  thinSizes: boolean;
  types: readonly QuestionType[];
  labels: LabelKind;
  /** Null for the protocol's own. */
  distance: DistanceKind | null;
  minVisiblePixels: number;
  countVisible: boolean;
  /** Whether frames/ holds the sampled frames. */
  pixels: boolean;
  /** How objects' boxes were fitted. */
  box: "gravity" | "pca";
  /** Maximum number of questions per type and scene, where it is not the protocol's. */
  maxPerScene: Readonly<Partial<Record<QuestionType, number>>>;
  /** The published dataset whose totals are not passed; null for none. */
  target: TargetName | null;
}

/** An invalid setting. */
interface BadSetting {
  name: string;
  got: unknown;
  expected: string;
}

/** A manifest's settings, or the first invalid one. */
function verifySettings({ protocol: name, settings }: Manifest): VerifySettings | BadSetting {
  const { types, labels, distance, minVisiblePixels, countVisible, pixels = true } = settings;
  const { box = "gravity", maxPerScene = {}, target = null } = settings;
  if (!Object.hasOwn(PROTOCOLS, name)) {
    return { name: "protocol", got: name, expected: Object.keys(PROTOCOLS).join(" or ") };
  }
  const { rules = "paper", balance = false, thinSizes = false } = settings;
  const known: readonly unknown[] = protocolTypes(PROTOCOLS[name as ProtocolName]);
  const bad = (
    [
      ["types", types, Array.isArray(types) && types.every((type) => known.includes(type)), known.join(", ")],
      ["rules", rules, (RULES_NAMES as readonly unknown[]).includes(rules), RULES_NAMES.join(", ")],
      ["balance", balance, typeof balance === "boolean", "true or false"],
      ["thinSizes", thinSizes, typeof thinSizes === "boolean", "true or false"],
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
      ["box", box, box === "gravity" || box === "pca", "gravity or pca"],
      ["maxPerScene", maxPerScene, isLimits(maxPerScene, known), "a whole number by question type"],
      [
        "target",
        target,
        target === null || (TARGET_NAMES as readonly unknown[]).includes(target),
        `null or ${TARGET_NAMES.join(", ")}`,
      ],
    ] as const
  ).find(([, , fits]) => !fits);
  if (bad) return { name: `settings.${bad[0]}`, got: bad[1], expected: bad[3] };
  return {
    ...{
      protocol: protocolWith(PROTOCOLS[name as ProtocolName], rules as RulesName),
      rules,
      balance,
      thinSizes,
      types,
      labels,
      distance,
      minVisiblePixels,
      countVisible,
      pixels,
    },
    ...{ box, maxPerScene, target },
  } as VerifySettings;
}

function isLimits(value: unknown, types: readonly unknown[]): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(([type, most]) => types.includes(type) && Number.isSafeInteger(most) && most >= 0)
  );
}

/** What a dataset folder holds. */
export interface FoundCounts {
  /** Files in scenes/. */
  scenes: number;
  /** Those of them that say which physical room they show, or its split. */
  scenesOnTables: number;
  /** By split that has a file, then by type. */
  questions: Record<string, Record<string, number>>;
  /** Lines of rejects.jsonl by code. */
  rejects: Record<string, number>;
  /** Those of them that are about a whole scan. */
  scansSkipped: Record<string, number>;
}

/** Adds one to the count of `key`. */
export function countFound(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** Compares the manifest's counts of candidates that were not drawn with those made again. */
export function checkNotDrawn(
  { counts }: Manifest,
  expected: Manifest["counts"]["not_drawn"],
  report: ReportProblem,
): void {
  const { compareAll } = countComparison(report);
  compareAll("counts.not_drawn", counts.not_drawn, expected);
}

/** Compares the rooms that the manifest says were learnt from with those that the scenes are of. */
export function checkRoomsLearntFrom(
  { inputs }: Manifest,
  { balance, thinSizes }: VerifySettings,
  rooms: number,
  report: ReportProblem,
): void {
  const { compare } = countComparison(report);
  compare("inputs.rooms_learnt_from", inputs.rooms_learnt_from, balance || thinSizes ? rooms : undefined);
}

/** Compares the manifest's counts with what is in the files. */
export function checkCounts({ counts, inputs }: Manifest, found: FoundCounts, report: ReportProblem): void {
  const { compare, compareAll } = countComparison(report);
  compare("inputs.scans_read", inputs.scans_read, found.scenes);
  compareAll("inputs.scans_skipped", inputs.scans_skipped, found.scansSkipped);
  compareAll("counts.rejects", counts.rejects, found.rejects);
  for (const split of new Set([...Object.keys(counts.questions), ...Object.keys(found.questions)])) {
    const [got, expected] = [counts.questions[split], found.questions[split]];
    if (got === undefined || expected === undefined) {
      compare(`counts.questions.${split}`, got && "a split", expected && "a file of it");
    } else {
      compareAll(`counts.questions.${split}`, got, expected);
    }
  }
}

/** Compares the number of scenes whose facts say something of their room: where it is left out, nobody reads what they say. */
export function checkScenesOnTables(
  { inputs }: Manifest,
  { scenesOnTables }: Pick<FoundCounts, "scenesOnTables">,
  report: ReportProblem,
): void {
  const { compare } = countComparison(report);
  const expected = scenesOnTables === 0 ? undefined : scenesOnTables;
  compare("inputs.scenes_on_room_tables", inputs.scenes_on_room_tables, expected);
}

function countComparison(report: ReportProblem) {
  const compare = (name: string, got: unknown, expected: unknown) => {
    if (got === expected) return;
    const advice = "The files or the manifest were changed: download the dataset again, or rebuild it.";
    report({
      code: "count",
      ...PLACE,
      got: `${name} ${got ?? "left out"}`,
      expected: `${expected ?? "none"}, as the files hold`,
      advice,
    });
  };
  const compareAll = (
    name: string,
    got: Readonly<Record<string, number>>,
    expected: Readonly<Record<string, number>>,
  ) => {
    for (const key of new Set([...Object.keys(got), ...Object.keys(expected)])) {
      compare(`${name}.${key}`, got[key] ?? 0, expected[key] ?? 0);
    }
  };
  return { compare, compareAll };
}
