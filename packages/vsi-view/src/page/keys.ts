import { useLayoutEffect, useRef } from "preact/hooks";

/** Elements that take letters or arrows for themselves. A dialog keeps the focus for a moment after it closed. */
const TAKES_KEYS = "input:not([type=range], [type=checkbox]), textarea, select, [contenteditable], dialog[open]";

/**
 * Listens for keys of the whole page by their name ("j", "ArrowDown", "Escape"); not while somebody types, except for
 * Escape, which leaves the field. A handler that returns false leaves the key to the browser.
 */
export function useKeys(handlers: Readonly<Record<string, () => unknown>>): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  // At once, not after the first picture: whoever sees the page may type.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const target = event.target as Element;
      if (target.closest(TAKES_KEYS) !== null) {
        if (event.key === "Escape" && target.matches("input")) (target as HTMLElement).blur();
        return;
      }
      const handler = latest.current[event.key];
      if (handler !== undefined && handler() !== false) event.preventDefault();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
