export * from "./geometryError.ts";
export * from "./sceneFacts.ts";
