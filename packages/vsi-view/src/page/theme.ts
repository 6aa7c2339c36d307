import { useEffect, useState } from "preact/hooks";

/** "auto" follows the system. */
export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "vsi-view-theme";
const DARK = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();
let chosen: Theme = remembered();

/** Before anything is drawn: no page flashes up in the other colours. */
export function startTheme(): void {
  document.documentElement.dataset.theme = chosen;
  DARK.addEventListener("change", tell);
}

export function chosenTheme(): Theme {
  return chosen;
}

export function chooseTheme(theme: Theme): void {
  chosen = theme;
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser may forbid it: then the choice lasts as long as the page.
  }
  tell();
}

/** The colours that are on, for what reads them by script. */
export function useTheme(): "light" | "dark" {
  const [theme, setTheme] = useState(current);
  useEffect(() => {
    const update = () => setTheme(current());
    listeners.add(update);
    return () => void listeners.delete(update);
  }, []);
  return theme;
}

function current(): "light" | "dark" {
  if (chosen !== "auto") return chosen;
  return DARK.matches ? "dark" : "light";
}

function tell(): void {
  for (const listener of listeners) listener();
}

function remembered(): Theme {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? "auto";
  } catch {
    return "auto";
  }
}
