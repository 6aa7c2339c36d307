import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Overview } from "../data/contract.ts";
import { loadData } from "./load.ts";

/** What the dataset holds, in numbers. */
function Page() {
  const [overview, setOverview] = useState<Overview | string | null>(null);
  useEffect(() => {
    loadData<Overview>("overview").then(setOverview, (error: Error) => setOverview(error.message));
  }, []);
  if (overview === null) return <p>Loading ...</p>;
  if (typeof overview === "string") return <p role="alert">{overview}</p>;
  return (
    <main>
      <h1>{overview.name}</h1>
      <table>
        <thead>
          <tr>
            <th>scene</th>
            <th>split</th>
            <th>questions</th>
            <th>objects</th>
            <th>floor (m²)</th>
          </tr>
        </thead>
        <tbody>
          {overview.scenes.map((scene) => (
            <tr key={scene.scene_name}>
              <td>{scene.scene_name}</td>
              <td>{scene.split}</td>
              <td>{scene.questions}</td>
              <td>{scene.objects}</td>
              <td>{scene.area_m2.toFixed(1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}

const root = document.getElementById("page");
if (root !== null) render(<Page />, root);
