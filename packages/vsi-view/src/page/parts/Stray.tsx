import { goTo } from "../navigation.ts";
import type { Route } from "../route.ts";

/** By parameter of a view, the values that mean something: those of a list, or those that a test passes. */
export type KnownParams = Readonly<Record<string, readonly string[] | ((value: string) => boolean)>>;

/** Parameters of an address that a view does not know, or whose value is none of its own. */
export function strayParams({ params }: Route, known: KnownParams): [name: string, value: string][] {
  return Object.entries(params).filter(([name, value]) => {
    const values = Object.hasOwn(known, name) ? known[name] : undefined;
    if (value === "") return false;
    return values === undefined || !(typeof values === "function" ? values(value) : values.includes(value));
  });
}

/** A route without them: a view shows what it would without the address' mistakes. */
export function withoutStray(route: Route, known: KnownParams): Route {
  const stray = new Set(strayParams(route, known).map(([name]) => name));
  if (stray.size === 0) return route;
  return { ...route, params: Object.fromEntries(Object.entries(route.params).filter(([name]) => !stray.has(name))) };
}

/** Says what an address asks for that is not there; links go from one dataset, or one choice of runs, to another. */
export function Stray({ route, known }: { route: Route; known: KnownParams }) {
  const stray = strayParams(route, known);
  if (stray.length === 0) return null;
  return (
    <p class="banner" role="status">
      {"The address asks for "}
      {stray.map(([name, value], index) => (
        <span key={name}>
          {index === 0 ? "" : ", "}
          <code>
            {name}=<bdi>{value}</bdi>
          </code>
        </span>
      ))}
      {", which this page does not have: is the link to another dataset, or to other runs? It is ignored. "}
      <button type="button" class="link" onClick={() => goTo(withoutStray(route, known), false)}>
        Clear
      </button>
    </p>
  );
}

/** The indices of a list, as an address says them. */
export function indicesOf(list: readonly unknown[]): string[] {
  return [...list.keys()].map(String);
}
