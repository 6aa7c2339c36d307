import { expect, test } from "@jest/globals";
import { PROTOCOL_NAMES, QUESTION_TYPES, type QuestionType, questionTypeRow } from "@vsi/dataset";
import { sectorWords } from "../../src/scene/directions.ts";
import { MOVEMENT_WORDS } from "../../src/types/cameraMovement.ts";
import { DIRECTION_SECTORS } from "../../src/types/objectRelDirection.ts";
import { QUESTION_TYPE_MODULES, templatesOf } from "../../src/types/registry.ts";

test.each(QUESTION_TYPES)("%s: module and row of the table agree", (type) => {
  const { type: name, templates, query } = QUESTION_TYPE_MODULES[type];
  expect(name).toBe(type);
  expect(Object.keys(templates).sort()).toEqual([...questionTypeRow(type).protocols].sort());
  // Where a camera was in its frames is not told by the text.
  expect(query !== null).toBe(questionTypeRow(type).benchmark === "VSI-Bench");
});

test("the words of directions are those of the table", () => {
  for (const [type, sectors] of Object.entries(DIRECTION_SECTORS)) {
    expect(questionTypeRow(type as QuestionType).words).toEqual(sectorWords(sectors));
  }
  expect(questionTypeRow("camera_movement_direction").words).toEqual(MOVEMENT_WORDS);
});

test("a protocol's wordings come in the table's order", () => {
  for (const protocol of PROTOCOL_NAMES) {
    const types = QUESTION_TYPES.filter((type) => questionTypeRow(type).protocols.includes(protocol));
    expect(Object.keys(templatesOf(protocol))).toEqual(types);
  }
});
