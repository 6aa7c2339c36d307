export * from "./errors/factsError.ts";
export * from "./errors/optionsError.ts";
export * from "./errors/questionsError.ts";
export * from "./generateOptions.ts";
export * from "./generateQuestions.ts";
export * from "./protocols/protocol.ts";
export * from "./protocols/vsi100k.ts";
export * from "./text/questionId.ts";
