import type { Overview } from "../data/contract.ts";

/**
 * What the address after # says: "#/questions?type=object_counting&id=0123456789abcdef" is the view `questions` with two
 * parameters, "#/scenes/scene9000_00?view=top" the view `scenes` with a path. A link restores all that is on show.
 */
export interface Route {
  view: string;
  /** What follows the view's name, decoded; empty for nothing. */
  path: string;
  /** In no particular order; what is not there is as the view has it by default. */
  params: Readonly<Record<string, string>>;
}

/** What every view is given. */
export interface ViewProps {
  overview: Overview;
  route: Route;
}

export function readRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const [view = "", ...rest] = path.split("/");
  return { view: decoded(view), path: decoded(rest.join("/")), params: Object.fromEntries(new URLSearchParams(query)) };
}

/** The hash of a route; parameters that are empty are left out, the others keep their order. */
export function writeRoute({ view, path, params }: Route): string {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== "")).toString();
  const place = path === "" ? view : `${view}/${encodeURIComponent(path)}`;
  return query === "" ? `#/${place}` : `#/${place}?${query}`;
}

/** A hash that somebody typed may be no valid encoding. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
