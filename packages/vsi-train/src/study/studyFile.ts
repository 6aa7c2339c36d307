import { UsageError } from "@vsi/command";
import {
  type ConfigDocument,
  configValue,
  configValues,
  type RawValue,
  rawValue,
  readDocument,
  unknownName,
} from "@vsi/command/internal/documents";
import { flagSchemas, typedName } from "@vsi/command/internal/program";
import type { Flag, Flags } from "@vsi/command/program";
import { isMap, isScalar, isSeq, type YAMLMap } from "yaml";
import { DPO, GRPO, SFT } from "../commands/trainingFlags.ts";
import { METHODS, type Method } from "../settings/runSettings.ts";
import { checkStudyName, shippedStudies, studyPath } from "./shippedStudies.ts";

/** How a cell's model is made: as it comes, or by one of the methods. */
const CELL_METHODS = ["base", ...METHODS] as const;

const MODES = ["vanilla", "think", "observe"] as const;

/** What a cell that names no other starts from: the study's --model. */
export const BASE = "base";

/** What somebody else published for a cell. Percent, by the rows of vsi-eval's table. */
export interface PublishedRow {
  /** Whose results these are: a hub name. */
  model: string;
  source: string;
  scores: Readonly<Record<string, number>>;
}

/** One row of a study's table: a model, how it is made, and how it is asked. */
export interface StudyCell {
  /** Names its folder: letters, digits, dots, dashes. */
  id: string;
  /** Its name in the table. */
  title: string;
  method: Method | "base";
  mode: (typeof MODES)[number];
  /** The cell whose model of the same seed it starts from, or BASE. */
  from: string;
  seeds: readonly number[];
  /** Flags of the method, by their long name, as they stand in the file: defaults first, the cell's own in their place. */
  train: Readonly<Record<string, RawValue>>;
  /** The same flags under their name in code, checked. */
  values: Readonly<Record<string, unknown>>;
  /** Flags of vsi-eval run, by their long name. */
  evaluate: Readonly<Record<string, RawValue>>;
  published: PublishedRow | null;
  /** File and line, for errors. */
  place: string;
}

/** A study file, read and checked. */
export interface Study {
  name: string;
  notes: string;
  cells: readonly StudyCell[];
  file: string;
}

/** The flags of each method that a study does not decide itself. */
const OWN_FLAGS = "data out mode seed resume overwrite adapter model dryRun evaluate evaluateFrames serve hosts";

/** The same of vsi-eval run, and what asks it for something else than an evaluation. */
const OWN_EVALUATION =
  "model base-url data frames-dir out mode resume overwrite dry-run json quiet log-level config help help-all version without-frames shuffled-frames frames-of-other-rooms";

const COMMANDS = { sft: SFT, dpo: DPO, grpo: GRPO } as const;

/** The flags that a study file may hold for a method. */
function trainFlags(method: Method): Flags {
  const own = new Set([...OWN_FLAGS.split(" "), "quiet", "json", "logLevel", "config"]);
  return Object.fromEntries(Object.entries(COMMANDS[method].flags).filter(([name]) => !own.has(name)));
}

/** Those that all methods have. */
function sharedFlags(): Flags {
  const others = METHODS.map(trainFlags);
  return Object.fromEntries(Object.entries(trainFlags("sft")).filter(([name]) => others.every((one) => name in one)));
}

/**
 * Reads a study.
 *
 * @param name of one that comes with the package, or a file's path.
 * @throws UsageError with file, line, what it got, what was expected and what to do.
 */
export function readStudy(name: string): Study {
  checkStudyName(name);
  const file = studyPath(name);
  const document = readDocument(file, {
    called: file,
    file: "",
    contents: `a study file, or one of ${shippedStudies().join(", ")}`,
    expected: 'a study, such as {"name": "mine", "cells": [{"id": "base", "method": "base"}]}',
    each: "each name",
  });
  const top = fieldsOf(document, document.map, ["$schema", "name", "notes", "defaults", "cells"], "a field of a study");
  const defaults = readDefaults(document, top.defaults);
  const list = top.cells;
  if (!isSeq(list) || list.items.length === 0) {
    const got = isSeq(list) ? "an empty list" : shownKind(list);
    throw new UsageError(`${document.place(list)}: cells: got ${got}, expected a list of cells.`);
  }
  const cells = list.items.map((item) => readCell(document, item, defaults));
  const ids = new Map<string, string>();
  for (const { id, place } of cells) {
    // Disks of macOS do not tell A from a.
    const before = ids.get(id.toLowerCase());
    if (before === id)
      throw new UsageError(`${place}: got the id ${id} a second time, expected each once. Rename one.`);
    if (before !== undefined) {
      throw new UsageError(
        `${place}: got the ids ${before} and ${id}, which are one folder on some disks, expected them to differ in more than case. Rename one.`,
      );
    }
    ids.set(id.toLowerCase(), id);
  }
  return {
    name: text(document, top.name, "name"),
    notes: optionalText(document, top.notes, "notes") ?? "",
    cells,
    file,
  };
}

/** The defaults of a study: flags for all methods, for one, and for evaluation. */
interface Defaults {
  train: Checked;
  methods: Readonly<Record<Method, Checked>>;
  evaluate: Readonly<Record<string, RawValue>>;
}

/** Flags as they stand in the file by their long name, and checked by their name in code. */
interface Checked {
  raw: Readonly<Record<string, RawValue>>;
  values: Readonly<Record<string, unknown>>;
}

const NONE: Checked = { raw: {}, values: {} };

function readDefaults(document: ConfigDocument, node: unknown): Defaults {
  if (node === undefined) return { train: NONE, methods: { grpo: NONE, sft: NONE, dpo: NONE }, evaluate: {} };
  const map = mapOf(document, node, "defaults");
  const found = fieldsOf(document, map, ["train", ...METHODS, "evaluate"], "train, a method, or evaluate");
  const all = "a flag of vsi-train that all methods have (others stand below sft, dpo or grpo)";
  const ofMethod = (method: Method): Checked =>
    readFlags(document, found[method], trainFlags(method), method, `a flag of vsi-train ${method} that a study takes`);
  return {
    train: readFlags(document, found.train, sharedFlags(), "train", all),
    methods: { grpo: ofMethod("grpo"), sft: ofMethod("sft"), dpo: ofMethod("dpo") },
    evaluate: readEvaluation(document, found.evaluate),
  };
}

const CELL_FIELDS = ["id", "title", "method", "mode", "from", "seeds", "train", "evaluate", "published"];

/** A cell's folder is called by its id. */
const ID = /^[A-Za-z0-9][\w.-]{0,63}$/;

function readCell(document: ConfigDocument, node: unknown, defaults: Defaults): StudyCell {
  const map = mapOf(document, node, "a cell");
  const place = document.place(map);
  const found = fieldsOf(document, map, CELL_FIELDS, "a field of a cell");
  const id = text(document, found.id, "id", place);
  if (!ID.test(id)) {
    throw new UsageError(
      `${document.place(found.id)}: id: got ${JSON.stringify(id)}, expected letters, digits, dots and dashes, at most 64: it names a folder.`,
    );
  }
  if (id === BASE && optionalText(document, found.method, "method") !== "base") {
    throw new UsageError(
      `${place}: id: got ${BASE} for a trained model; from: ${BASE} is the model as it comes. Rename it.`,
    );
  }
  const method = choice(document, found.method, "method", CELL_METHODS, null, place);
  const from = optionalText(document, found.from, "from") ?? BASE;
  if (method === "base") {
    for (const name of ["from", "train"] as const) {
      if (found[name] !== undefined) {
        throw new UsageError(
          `${document.place(found[name])}: ${name}: means nothing for method base, which trains nothing.`,
        );
      }
    }
  }
  const own =
    method === "base"
      ? NONE
      : readFlags(
          document,
          found.train,
          trainFlags(method),
          "train",
          `a flag of vsi-train ${method} that a study takes`,
        );
  const layers = method === "base" ? [] : [defaults.train, defaults.methods[method], own];
  return {
    id,
    title: optionalText(document, found.title, "title") ?? id,
    method,
    mode: choice(document, found.mode, "mode", MODES, "vanilla", place),
    from,
    seeds: readSeeds(document, found.seeds),
    train: Object.assign({}, ...layers.map(({ raw }) => raw)),
    values: Object.assign({}, ...layers.map(({ values }) => values)),
    evaluate: { ...defaults.evaluate, ...readEvaluation(document, found.evaluate) },
    published: readPublished(document, found.published),
    place,
  };
}

function readFlags(document: ConfigDocument, node: unknown, flags: Flags, name: string, expected: string): Checked {
  if (node === undefined) return NONE;
  const given = configValues(document, mapOf(document, node, name), flags, expected);
  const entries = [...given].map(([flag, value]) => [flag, value, flags[flag] as Flag] as const);
  return {
    raw: Object.fromEntries(entries.map(([flag, { value }]) => [typedName(flag), value])),
    values: Object.fromEntries(entries.map(([flag, value, row]) => [flag, configValue(row, value)])),
  };
}

/** vsi-eval knows its flags: its own --dry-run checks them before anything is trained. */
function readEvaluation(document: ConfigDocument, node: unknown): Record<string, RawValue> {
  if (node === undefined) return {};
  const own = OWN_EVALUATION.split(" ");
  const found: Record<string, RawValue> = {};
  for (const { key, value } of mapOf(document, node, "evaluate").items) {
    const name = isScalar(key) ? String(key.value) : "";
    const place = document.place(key);
    if (own.includes(name) || !/^[a-z][a-z-]*$/.test(name)) {
      throw new UsageError(
        `${place}: evaluate: got the name ${JSON.stringify(name)}, expected a flag of vsi-eval run that the study does not decide (not ${own.slice(0, 6).join(", ")} ...), without its dashes.`,
      );
    }
    found[name] = rawValue(value, `${place}: ${name}`);
  }
  return found;
}

function readSeeds(document: ConfigDocument, node: unknown): number[] {
  if (node === undefined) return [0];
  const place = `${document.place(node)}: seeds`;
  const items = isSeq(node) ? node.items : [node];
  const seeds = items.map((item) => (isScalar(item) ? item.value : null));
  const isFit = seeds.every((seed) => typeof seed === "number" && Number.isSafeInteger(seed) && seed >= 0);
  if (!isFit || seeds.length === 0 || new Set(seeds).size < seeds.length) {
    throw new UsageError(
      `${place}: got ${JSON.stringify(seeds)}, expected different whole numbers from 0, such as [0, 1, 2].`,
    );
  }
  return seeds as number[];
}

function readPublished(document: ConfigDocument, node: unknown): PublishedRow | null {
  if (node === undefined) return null;
  const map = mapOf(document, node, "published");
  const found = fieldsOf(document, map, ["model", "source", "scores"], "a field of published");
  const place = document.place(map);
  const scores: Record<string, number> = {};
  for (const { key, value } of mapOf(document, found.scores, "scores", place).items) {
    const row = isScalar(key) ? String(key.value) : "";
    const score = isScalar(value) ? value.value : null;
    if (typeof score !== "number" || !(score >= 0 && score <= 100)) {
      throw new UsageError(`${document.place(key)}: ${row}: got ${shownKind(value)}, expected percent, 0 to 100.`);
    }
    scores[row] = score;
  }
  const model = text(document, found.model, "model", place);
  const source = text(document, found.source, "source", place);
  if (Object.keys(scores).length === 0) {
    throw new UsageError(`${place}: scores: got none, expected one at least, such as {overall: 35.4}.`);
  }
  return { model, source, scores };
}

/** A map's values by name. @throws UsageError for a name that is not one of the known ones. */
function fieldsOf(
  document: ConfigDocument,
  map: YAMLMap,
  known: readonly string[],
  expected: string,
): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value) : "a map or list";
    if (!known.includes(name)) {
      throw unknownName(
        document.place(key),
        name,
        known,
        `${expected}: ${known.filter((one) => one !== "$schema").join(", ")}`,
      );
    }
    found[name] = value ?? undefined;
  }
  return found;
}

function mapOf(document: ConfigDocument, node: unknown, name: string, place = document.place(node)): YAMLMap {
  if (isMap(node)) return node;
  throw new UsageError(`${place}: ${name}: got ${shownKind(node)}, expected names with values.`);
}

function text(document: ConfigDocument, node: unknown, name: string, place = document.place(node)): string {
  const value = optionalText(document, node, name);
  if (value !== null && value.trim() !== "") return value;
  throw new UsageError(`${place}: ${name}: got ${value === null ? "nothing" : "an empty text"}, expected a text.`);
}

function optionalText(document: ConfigDocument, node: unknown, name: string): string | null {
  if (node === undefined) return null;
  const value = isScalar(node) ? node.value : null;
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  throw new UsageError(`${document.place(node)}: ${name}: got ${shownKind(node)}, expected a text.`);
}

function choice<const C extends string>(
  document: ConfigDocument,
  node: unknown,
  name: string,
  choices: readonly C[],
  otherwise: C | null,
  place: string,
): C {
  const value = optionalText(document, node, name);
  const found = value === null ? otherwise : choices.find((one) => one === value);
  if (found !== undefined && found !== null) return found;
  const where = value === null ? place : document.place(node);
  throw new UsageError(`${where}: ${name}: got ${value ?? "nothing"}, expected one of ${choices.join(", ")}.`);
}

function shownKind(node: unknown): string {
  if (node === undefined) return "nothing";
  if (isScalar(node)) return JSON.stringify(node.value) ?? "nothing";
  return isSeq(node) ? "a list" : isMap(node) ? "a map" : "nothing";
}

/** The JSON Schema (draft 2020-12) of study files, for editors that complete and check them. */
export function studySchema(): Record<string, unknown> {
  const flags = (of: Flags): unknown => ({
    type: "object",
    additionalProperties: false,
    properties: flagSchemas(of),
  });
  const evaluate = { type: "object", description: "Flags of vsi-eval run by their long name" };
  const word = { type: ["string", "number"], minLength: 1 };
  const shapeOf = (properties: Record<string, unknown>, required: string[] = []): Record<string, unknown> => {
    return { type: "object", additionalProperties: false, required, properties };
  };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A study of vsi-train",
    ...shapeOf(
      {
        $schema: { type: "string" },
        name: { ...word, description: "Heads the table" },
        notes: { type: "string", description: "What a reader of the table has to know" },
        defaults: shapeOf({
          train: flags(sharedFlags()),
          ...Object.fromEntries(METHODS.map((method) => [method, flags(trainFlags(method))])),
          evaluate,
        }),
        cells: {
          type: "array",
          minItems: 1,
          items: {
            ...shapeOf(
              {
                id: { ...word, description: "Names the cell and its folder" },
                title: { ...word, description: "Its name in the table" },
                method: { enum: [...CELL_METHODS] },
                mode: { enum: [...MODES], default: "vanilla" },
                from: { ...word, default: BASE, description: "The cell whose model it starts from" },
                seeds: {
                  anyOf: [
                    { type: "array", items: { type: "integer", minimum: 0 }, minItems: 1, uniqueItems: true },
                    { type: "integer", minimum: 0 },
                  ],
                  default: [0],
                },
                train: { type: "object", description: "Flags of the method by their long name" },
                evaluate,
                published: shapeOf(
                  {
                    model: { ...word, description: "The hub name of the model whose results these are" },
                    source: { ...word, description: "Where they were published" },
                    scores: {
                      type: "object",
                      minProperties: 1,
                      description: "Percent by row of vsi-eval's table: overall, object_counting, ...",
                      additionalProperties: { type: "number", minimum: 0, maximum: 100 },
                    },
                  },
                  ["model", "source", "scores"],
                ),
              },
              ["id", "method"],
            ),
            allOf: METHODS.map((method) => ({
              if: { properties: { method: { const: method } } },
              // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
              then: { properties: { train: flags(trainFlags(method)) } },
            })),
          },
        },
      },
      ["name", "cells"],
    ),
  };
}
