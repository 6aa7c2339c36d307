// What reads JSON and YAML files with the lines of their parts; an entry of its own, as it loads the reader of YAML.

export {
  type ConfigDocument,
  type ConfigValue,
  configValues,
  type DocumentWords,
  rawValue,
  readDocument,
  unknownName,
} from "./config.ts";
export type { RawValue } from "./define.ts";
export { configValue } from "./readValues.ts";
