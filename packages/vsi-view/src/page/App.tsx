import { useEffect, useRef, useState } from "preact/hooks";
import type { Overview } from "../data/contract.ts";
import { useOverview } from "./data.ts";
import { useKeys } from "./keys.ts";
import { useRoute } from "./navigation.ts";
import { countText, isolated } from "./parts/format.ts";
import { Failure, Loading } from "./parts/messages.tsx";
import { writeRoute } from "./route.ts";
import { chooseTheme, chosenTheme, THEMES, type Theme } from "./theme.ts";
import { VIEWS, type View } from "./views.ts";

/** The page: its head with the tabs, and the view that the address names. */
export function App() {
  const overview = useOverview();
  if (overview.error !== undefined) {
    return (
      <main class="alone">
        <h1>vsi-view</h1>
        <Failure what="This dataset" why={overview.error} />
      </main>
    );
  }
  if (overview.value === undefined) {
    return (
      <main class="alone">
        <h1>vsi-view</h1>
        <Loading what="the dataset" />
      </main>
    );
  }
  return <Opened overview={overview.value} />;
}

function Opened({ overview }: { overview: Overview }) {
  const route = useRoute();
  const views = VIEWS.filter(({ isThere }) => isThere(overview));
  const open = views.find(({ name }) => name === route.view) ?? (views[0] as View);
  const main = useRef<HTMLElement>(null);
  const [isHelpOpen, setHelpOpen] = useState(false);
  useKeys({ "?": () => setHelpOpen(true) });
  useEffect(() => {
    document.title = `${open.title} – ${overview.name} – vsi-view`;
  }, [open, overview]);
  const Shown = open.component;
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <header class="head">
        <h1>{overview.name}</h1>
        <nav class="tabs" aria-label="Views">
          {views.map(({ name, title }) => (
            <a key={name} href={`#/${name}`} aria-current={name === open.name ? "page" : undefined}>
              {title}
            </a>
          ))}
        </nav>
        <div class="head-tools">
          <ThemeChoice />
          <button type="button" aria-label="Keys" title="Keys (?)" onClick={() => setHelpOpen(true)}>
            ?
          </button>
        </div>
      </header>
      {overview.questionsLeftOut > 0 && (
        <p class="banner">{`This export leaves out ${countText(overview.questionsLeftOut)} questions.`}</p>
      )}
      <DamagedScenes overview={overview} />
      <main id="main" ref={main} tabIndex={-1}>
        {route.view !== "" && route.view !== open.name && (
          <p class="banner" role="status">
            {VIEWS.some(({ name }) => name === route.view)
              ? `Nothing was given for the view “${route.view}”: start vsi-view with ${route.view === "runs" ? "--runs" : "--train"}.`
              : `The address asks for a view “${isolated(route.view)}”, which there is not.`}
          </p>
        )}
        <Shown
          overview={overview}
          route={route.view === open.name ? route : { view: open.name, path: "", params: {} }}
        />
      </main>
      {isHelpOpen && <Help view={open} onClose={() => setHelpOpen(false)} />}
    </>
  );
}

/** Names the scenes that cannot be read, each with its reason when it is opened; the first one's stands here. */
function DamagedScenes({ overview: { scenes } }: { overview: Overview }) {
  const damaged = scenes.filter(({ problem }) => problem !== null);
  const [first] = damaged;
  if (first === undefined) return null;
  return (
    <p class="banner" role="status">
      {`${countText(damaged.length)} of ${countText(scenes.length)} scenes cannot be shown: `}
      {damaged.slice(0, MOST_NAMED).map(({ scene_name }, place) => (
        <span key={scene_name}>
          {place === 0 ? "" : ", "}
          <a href={writeRoute({ view: "scenes", path: scene_name, params: {} })}>
            <bdi>{scene_name}</bdi>
          </a>
        </span>
      ))}
      {damaged.length > MOST_NAMED ? ` and ${countText(damaged.length - MOST_NAMED)} more` : ""}
      {". "}
      <bdi>{first.problem}</bdi>
    </p>
  );
}

/** Scenes in a sentence, before it is a list. */
const MOST_NAMED = 5;

const THEME_TITLES: Readonly<Record<Theme, string>> = { auto: "Auto", light: "Light", dark: "Dark" };

function ThemeChoice() {
  const [theme, setTheme] = useState(chosenTheme);
  return (
    <select
      aria-label="Colours"
      value={theme}
      onChange={({ currentTarget }) => {
        const chosen = currentTarget.value as Theme;
        chooseTheme(chosen);
        setTheme(chosen);
      }}
    >
      {THEMES.map((name) => (
        <option key={name} value={name}>
          {THEME_TITLES[name]}
        </option>
      ))}
    </select>
  );
}

function Help({ view, onClose }: { view: View; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog class="help" ref={dialog} aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">Keys</h2>
      <dl>
        {[...view.keys, ["?", "these keys"] as const].map(([keys, does]) => (
          <div key={keys}>
            <dt>
              {keys.split(", ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}
