import { questionTypeRow } from "@vsi/dataset";
import { GroupedBars } from "@vsi/report/parts";
import { useMemo } from "preact/hooks";
import { columnTexts, countText } from "../parts/format.ts";
import { GridTable } from "../parts/GridTable.tsx";
import { rewardsByType, type ShownTraining } from "./curves.ts";

/** What the logged completions earned by question type: a sample of all that the model wrote. */
export function TypeRewardsPart({ trainings }: { trainings: readonly ShownTraining[] }) {
  const withSamples = trainings.filter(({ data }) => data.samples.length > 0);
  if (withSamples.length === 0) return null;
  return (
    <section class="part" aria-labelledby="types-title">
      <h3 id="types-title">Rewards by type</h3>
      <p class="note">Of the logged completions alone: a few of every step.</p>
      {withSamples.map((training) => (
        <OfTraining key={training.place} training={training} isNamed={withSamples.length > 1} />
      ))}
    </section>
  );
}

function OfTraining({ training: { data }, isNamed }: { training: ShownTraining; isNamed: boolean }) {
  const types = useMemo(() => rewardsByType(data.samples), [data.samples]);
  const parts = [...new Set(types.flatMap(({ parts }) => Object.keys(parts)))];
  const columns = parts.map((part) => columnTexts(types.map((type) => type.parts[part])));
  const titleOf = (type: (typeof types)[number]["type"]) =>
    type === null ? "not in this dataset" : questionTypeRow(type).title;
  return (
    <div class="charts">
      <GridTable
        label={`Rewards by type of ${data.name}`}
        columns={[
          { name: "type", head: isNamed ? <bdi>{data.name}</bdi> : "Type" },
          { name: "samples", head: "Samples", isNumber: true },
          ...parts.map((part) => ({ name: `part ${part}`, head: part, isNumber: true })),
        ]}
        rows={types.map(({ type, samples }, row) => ({
          key: type ?? "",
          cells: [titleOf(type), countText(samples), ...columns.map((column) => column[row])],
        }))}
      />
      <GroupedBars
        title={isNamed ? `Mean total reward, ${data.name}` : "Mean total reward"}
        categories={types.map(({ type }) => titleOf(type))}
        series={[
          { name: "first third of the steps", values: types.map(({ first }) => first) },
          { name: "last third", values: types.map(({ last }) => last) },
        ]}
        xTitle="reward"
      />
    </div>
  );
}
