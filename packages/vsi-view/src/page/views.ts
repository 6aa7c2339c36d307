import type { FunctionComponent } from "preact";
import type { Overview } from "../data/contract.ts";
import { AuditView } from "./audit/AuditView.tsx";
import { QuestionsView } from "./questions/QuestionsView.tsx";
import type { ViewProps } from "./route.ts";
import { RunsView } from "./runs/RunsView.tsx";
import { ScenesView } from "./scenes/ScenesView.tsx";
import { TrainingView } from "./training/TrainingView.tsx";

/** A tab of the page. */
export interface View {
  /** What the address says: "#/questions". */
  name: string;
  title: string;
  /** Whether there is something to show. */
  isThere: (overview: Overview) => boolean;
  component: FunctionComponent<ViewProps>;
  /** Keys and what they do, for the help. */
  keys: readonly (readonly [keys: string, does: string])[];
}

/** In the order of the tabs; the first is where the page opens. */
export const VIEWS: readonly View[] = [
  {
    name: "questions",
    title: "Questions",
    isThere: () => true,
    component: QuestionsView,
    keys: [
      ["j, ↓", "next question"],
      ["k, ↑", "previous question"],
      ["/", "search"],
      ["t", "from above, or in 3D"],
      ["Esc", "back to the list"],
    ],
  },
  {
    name: "scenes",
    title: "Scenes",
    isThere: () => true,
    component: ScenesView,
    keys: [
      ["j, ↓", "next scene"],
      ["k, ↑", "previous scene"],
      ["/", "search"],
      ["t", "from above, or in 3D"],
      ["Esc", "back to the list"],
    ],
  },
  {
    name: "runs",
    title: "Runs",
    isThere: ({ runs }) => runs.length > 0,
    component: RunsView,
    keys: [["m", "our metric, or the official one"]],
  },
  {
    name: "audit",
    title: "Audit",
    isThere: () => true,
    component: AuditView,
    keys: [
      ["j", "next type"],
      ["k", "previous type"],
    ],
  },
  {
    name: "training",
    title: "Training",
    isThere: ({ trainings }) => trainings.length > 0,
    component: TrainingView,
    keys: [
      ["j", "next step of completions"],
      ["k", "previous step of completions"],
      ["l", "logarithmic axes, or linear ones"],
    ],
  },
];
