import type { Table } from "@vsi/report";
import { flattenSettings } from "../settings/flattenSettings.ts";

/** A run's settings, a line each. */
export function settingsTable(settings: Readonly<Record<string, unknown>>): Table {
  return {
    columns: [{ head: "setting" }, { head: "value" }],
    rows: [...flattenSettings(settings)],
  };
}
