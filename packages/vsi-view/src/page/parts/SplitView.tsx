import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useKeys } from "../keys.ts";
import { goTo, withParams } from "../navigation.ts";
import type { RoomOptions } from "../room/RoomRenderer.ts";
import type { Route } from "../route.ts";
import { countText } from "./format.ts";

export interface SplitViewProps {
  route: Route;
  /** What is listed: "Questions". */
  things: string;
  /** The search and the list. */
  side: ComponentChildren;
  /** What is open; null where nothing is. */
  opened: ComponentChildren | null;
  /** What stands in its place. */
  empty: ComponentChildren;
  /** The place of the open one in the list, -1 where it is not in it, and how many there are. */
  place: number;
  count: number;
  onOpen: (place: number) => void;
  onClose: () => void;
}

/** A list beside what is opened of it, with the keys of both; on a narrow screen one in the place of the other. */
export function SplitView({ route, things, side, opened, empty, place, count, onOpen, onClose }: SplitViewProps) {
  const isOpen = opened !== null;
  const step = (by: number) => {
    if (count > 0) onOpen(Math.max(0, Math.min(count - 1, place < 0 ? 0 : place + by)));
  };
  const [view, setView] = roomView(route);
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    "/": () => document.getElementById("search")?.focus(),
    t: () => setView(view === "top" ? "orbit" : "top"),
    Escape: () => (isOpen ? onClose() : false),
  });
  // On a narrow screen the detail takes the list's place: whoever opened it by a link or a tap reads on from there.
  const pane = useRef<HTMLElement>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (isOpen && !wasOpen.current && isNarrow()) pane.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  return (
    <div class={isOpen ? "split opened" : "split"}>
      <div class="side">{side}</div>
      <section class="main-pane" ref={pane} tabIndex={-1} aria-label="Details">
        {isOpen ? (
          <>
            <nav class="steps" aria-label={things}>
              <button type="button" class="back" onClick={onClose}>
                ← List
              </button>
              <button type="button" disabled={place <= 0} onClick={() => step(-1)}>
                Previous
              </button>
              <button type="button" disabled={place < 0 || place >= count - 1} onClick={() => step(1)}>
                Next
              </button>
              <span class="count">
                {place < 0 ? "not in this list" : `${countText(place + 1)} of ${countText(count)}`}
              </span>
            </nav>
            {opened}
          </>
        ) : (
          empty
        )}
      </section>
    </div>
  );
}

/** Where a room is looked at from, as the address says, and what changes that. */
export function roomView(route: Route): [view: RoomOptions["view"], onView: (view: RoomOptions["view"]) => void] {
  const onView = (chosen: RoomOptions["view"]) =>
    goTo(withParams(route, { view: chosen === "top" ? "top" : "" }), false);
  return [route.params.view === "top" ? "top" : "orbit", onView];
}

function isNarrow(): boolean {
  return matchMedia("(max-width: 799px)").matches;
}
