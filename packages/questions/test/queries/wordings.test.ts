import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { isQuestionType, PROTOCOL_NAMES, type ProtocolName, type QuestionType } from "@vsi/dataset";
import { PROTOCOLS, protocolTemplates } from "../../src/protocols/protocols.ts";
import { parseQuestion } from "../../src/queries/parseQuestion.ts";
import { placesOf, WORDED_TEMPLATES, WORDING_NAMES } from "../../src/queries/wordings.ts";
import { fillTemplate } from "../../src/wording.ts";

const FOLDER = join(import.meta.dirname, "../../../../question-templates");

interface TemplateFile {
  question_type: string;
  protocol?: string;
  wording?: string;
  template: string;
  means?: Record<string, string>;
  variants?: string[];
  former?: string[];
  source: string;
}

describe.each(WORDING_NAMES)("question-templates/%s", (wording) => {
  const files = readdirSync(join(FOLDER, wording)).map(
    (name) => JSON.parse(readFileSync(join(FOLDER, wording, name), "utf8")) as TemplateFile,
  );
  const isProtocol = (PROTOCOL_NAMES as readonly string[]).includes(wording);

  test("every file says whose it is, of which type, and where it comes from", () => {
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(isProtocol ? file.protocol : file.wording).toBe(wording);
      expect(isQuestionType(file.question_type)).toBe(true);
      expect(file.source).toMatch(/arXiv/);
    }
  });

  test("every file is used, and nothing else", () => {
    const used = WORDED_TEMPLATES.filter((worded) => worded.wording === wording);
    const withFour = used.filter(({ template }) => files.some((file) => file.template === template));
    expect(withFour.map(({ type, template, meaning, variants }) => [type, template, meaning, variants]).sort()).toEqual(
      files
        .map(({ question_type, template, means = {}, variants = [] }) => [question_type, template, means, variants])
        .sort(),
    );
    // The others list fewer names to choose from.
    const fewer = used.filter((worded) => !withFour.includes(worded));
    expect(fewer.every(({ template }) => /\{a\}, (\{b\}, \{c\}|\{b\})[)?]/.test(template))).toBe(true);
  });

  test("no two of its templates ask the same in the same places: a query has one text", () => {
    const asked = WORDED_TEMPLATES.filter((worded) => worded.wording === wording).map(({ type, template, meaning }) =>
      JSON.stringify([type, meaning, placesOf(template)]),
    );
    expect(new Set(asked).size).toBe(asked.length);
  });

  test("variants have their template's places", () => {
    for (const { template, variants = [] } of files) {
      for (const variant of variants) {
        expect(placesOf(variant)).toEqual(placesOf(template));
        expect(variant).not.toBe(template);
      }
    }
  });
});

test("what earlier versions wrote is told of its protocol, and read as what is written today", () => {
  const names: Record<string, string> = { a: "bed", b: "tv", c: "sink", d: "door", category: "lamp" };
  const files = PROTOCOL_NAMES.flatMap((protocol) =>
    readdirSync(join(FOLDER, protocol)).map(
      (name) => JSON.parse(readFileSync(join(FOLDER, protocol, name), "utf8")) as TemplateFile,
    ),
  );
  expect(files.filter(({ former }) => former)).toHaveLength(3);
  for (const { protocol, question_type, template, former = [] } of files) {
    const told = protocolTemplates(PROTOCOLS[protocol as ProtocolName], question_type as QuestionType);
    expect(told).toEqual([template, ...former]);
    for (const text of former) {
      expect(text).not.toBe(template);
      expect(parseQuestion(fillTemplate(text, names))).toEqual(parseQuestion(fillTemplate(template, names)));
    }
  }
  expect(protocolTemplates(PROTOCOLS["vsi-100k"], "route_planning")).toEqual([]);
});

test("question-templates has no folder of a wording that is not read", () => {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual([...WORDING_NAMES, "prompts"].sort());
});

test("places come once and in order", () => {
  expect(placesOf("the {b}, the {a} and the {b}")).toEqual(["a", "b"]);
  expect(placesOf("no place")).toEqual([]);
});
