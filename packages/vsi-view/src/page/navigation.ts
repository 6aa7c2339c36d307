import { useEffect, useState } from "preact/hooks";
import { type Route, readRoute, writeRoute } from "./route.ts";

const listeners = new Set<(route: Route) => void>();

/** The address's route, and every one that follows. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    const update = () => setRoute(readRoute(location.hash));
    window.addEventListener("hashchange", update);
    listeners.add(setRoute);
    return () => {
      window.removeEventListener("hashchange", update);
      listeners.delete(setRoute);
    };
  }, []);
  return route;
}

/**
 * Goes to a route.
 *
 * @param isStep whether "back" leads here again; not for letters of a search or one question after the other.
 */
export function goTo(route: Route, isStep = true): void {
  const hash = writeRoute(route);
  if (hash === location.hash) return;
  if (isStep) {
    location.hash = hash;
    return;
  }
  history.replaceState(null, "", hash);
  // Nobody is told of a replaced state.
  for (const listener of listeners) listener(readRoute(hash));
}

/** The same route with other parameters; empty ones are taken away. */
export function withParams(route: Route, change: Readonly<Record<string, string>>): Route {
  return { ...route, params: { ...route.params, ...change } };
}
