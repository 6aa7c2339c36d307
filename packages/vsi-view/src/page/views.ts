import type { FunctionComponent } from "preact";
import type { Overview } from "../data/contract.ts";
import { QuestionsView } from "./questions/QuestionsView.tsx";
import type { ViewProps } from "./route.ts";
import { ScenesView } from "./scenes/ScenesView.tsx";

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
];
