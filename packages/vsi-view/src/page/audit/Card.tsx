import { questionTypeRow } from "@vsi/dataset";
import { useMemo } from "preact/hooks";
import type { Overview, QuestionTable } from "../../data/contract.ts";
import { countText } from "../parts/format.ts";
import { GridTable } from "../parts/GridTable.tsx";
import { Numbers } from "../parts/Numbers.tsx";
import { writeRoute } from "../route.ts";
import { questionsByType } from "./findings.ts";

/** What the dataset's card says: how much there is of what, how it was made, and what its sources' terms ask. */
export function Card({ overview, table }: { overview: Overview; table: QuestionTable }) {
  const { manifest, scenes, splits, types, terms } = overview;
  const counts = useMemo(() => questionsByType(table, splits.length, types.length), [table]);
  const sources = [...new Set(scenes.map(({ dataset }) => dataset))];
  return (
    <section class="part" aria-label="The dataset">
      <Numbers
        of={[
          ["questions", countText(table.questions)],
          ["refused", countText(table.rows - table.questions)],
          ["scenes", countText(scenes.length)],
          ["scans of", sources.join(", ")],
          ["wording", manifest.protocol],
          ["rules", String(manifest.settings.rules ?? "paper")],
          ["seed", String(manifest.seed)],
        ]}
      />
      <details>
        <summary>Questions by type and split</summary>
        <GridTable
          label="Questions by type and split"
          columns={[{ name: "Type" }, ...splits.map((split) => ({ name: split, isNumber: true }))]}
          rows={types.map((type, index) => ({
            key: type,
            cells: [
              questionTypeRow(type).title,
              ...splits.map((split, at) => (
                <a href={writeRoute({ view: "questions", path: "", params: { type, split } })}>
                  {countText(counts[at]?.[index] ?? 0)}
                </a>
              )),
            ],
          }))}
        />
      </details>
      {terms.length > 0 && (
        <details>
          <summary>Terms of the sources</summary>
          {terms.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </details>
      )}
    </section>
  );
}
