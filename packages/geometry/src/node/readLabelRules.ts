import { GeometryError } from "../geometryError.ts";
import type { LabelRule, LabelRules } from "../labels/labelRules.ts";
import type { ExclusionReason } from "../sceneFacts.ts";
import { readManifest } from "./readManifest.ts";

const exclusions: ReadonlyMap<string, ExclusionReason | null> = new Map([
  ["", null],
  ["structure", "structure"],
  ["ambiguous", "ambiguous"],
]);

/** Whose names an object's category is: our own canonical ones, or VSI-Bench's ("trash bin" where ours is "trash can"). */
export type CategoryNames = "canonical" | "vsi-bench";

/**
 * Reads which labels mean the same and which questions may not name, from labels.csv of @vsi/scannet-manifests.
 * With the names of "vsi-bench" every label outside the benchmark's set is excluded; give `unlistedLabels:
 * "not-in-benchmark"` along with them, for the labels that the table does not list.
 *
 * @throws GeometryError "label-rules-bad-row", and those of `readTable`.
 */
export async function readLabelRules(names: CategoryNames = "canonical"): Promise<LabelRules> {
  const rows = await readManifest("labels.csv", ["raw_category", "category", "excluded", "vsi_bench"]);
  const rules = labelRulesFrom(rows);
  return names === "canonical" ? rules : benchmarkRules(rows, rules);
}

function benchmarkRules(rows: readonly (readonly string[])[], rules: LabelRules): LabelRules {
  return new Map(
    rows.map(([label, , , name]): [string, LabelRule] => {
      const rule = rules.get(label) as LabelRule;
      if (name === "") return [label, { ...rule, excluded: rule.excluded ?? "not-in-benchmark" }];
      return [label, { category: name, excluded: null }];
    }),
  );
}

/**
 * The rules of a table's rows [raw_category, category, excluded].
 *
 * @throws GeometryError "label-rules-bad-row".
 */
export function labelRulesFrom(rows: readonly (readonly string[])[]): LabelRules {
  const rules = new Map<string, LabelRule>();
  for (const [label, category, excludedCell] of rows) {
    const excluded = exclusions.get(excludedCell);
    if (excluded === undefined)
      throw badRow(label, `excluded ${JSON.stringify(excludedCell)}`, '"", structure or ambiguous');
    if (category === "") throw badRow(label, "no category", "a category");
    if (rules.has(label)) throw badRow(label, "a second row", "every label once");
    rules.set(label, { category, excluded });
  }
  return rules;
}

function badRow(label: string, got: string, expected: string): GeometryError {
  return new GeometryError("label-rules-bad-row", {
    file: "@vsi/scannet-manifests/labels.csv",
    place: `row of ${JSON.stringify(label)}`,
    got,
    expected,
    advice: "Correct the row.",
  });
}
