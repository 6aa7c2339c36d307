import { questionTypeRow } from "@vsi/dataset";
import type { Overview } from "../../data/contract.ts";
import { countText } from "../parts/format.ts";
import { Numbers } from "../parts/Numbers.tsx";

export interface SummaryProps {
  overview: Overview;
  /** By type, rows that the other filters leave. */
  counts: Int32Array | undefined;
  isRefused: boolean;
  onType: (type: string) => void;
}

/** What the dataset holds, while no question is open. */
export function Summary({ overview, counts, isRefused, onType }: SummaryProps) {
  const { manifest, scenes, types } = overview;
  const most = Math.max(1, ...(counts ?? []));
  const area_m2 = scenes.reduce((sum, scene) => sum + scene.area_m2, 0);
  return (
    <div class="summary">
      <h2>{overview.name}</h2>
      <Numbers
        of={[
          ["scenes", countText(scenes.length)],
          ["floor", `${countText(Math.round(area_m2))} m²`],
          ["wording", manifest.protocol],
          ["rules", String(manifest.settings.rules ?? "paper")],
          ["seed", String(manifest.seed)],
        ]}
      />
      <table class="bars">
        <caption>{isRefused ? "Refused candidates by type" : "Questions by type"}, as filtered</caption>
        <tbody>
          {types.map((type, index) => (
            <tr key={type}>
              <th scope="row">
                <button type="button" class="link" title={type} onClick={() => onType(type)}>
                  {questionTypeRow(type).title}
                </button>
              </th>
              <td class="number">{countText(counts?.[index] ?? 0)}</td>
              <td>
                {(counts?.[index] ?? 0) > 0 && (
                  <span class="bar" style={{ width: `${(100 * (counts?.[index] ?? 0)) / most}%` }} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="note">Open a question to see what it measures; j and k go on to the next, ? shows all keys.</p>
    </div>
  );
}
