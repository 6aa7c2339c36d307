import type { View } from "./view.ts";

/** What is behind one of the names of contract.ts. */
export type NamedData = { kind: "json"; value: unknown } | { kind: "bytes"; bytes: Uint8Array };

/**
 * What a name stands for; null for a name of nothing.
 *
 * @throws what reading it throws, as in View.
 */
export async function readData(view: View, name: string): Promise<NamedData | null> {
  if (name === "overview") return json(await view.overview());
  if (name === "questions") return json(view.questions());
  if (name === "audit") return json(await view.audit());
  const [, kind, digits] = /^(scene|run|training|mesh)-(0|[1-9]\d{0,8})$/.exec(name) ?? [];
  if (kind === undefined) return null;
  const index = Number(digits);
  const { scenes, runs, trainings } = await view.overview();
  if (kind === "scene") return index < scenes.length ? json(await view.scene(index)) : null;
  if (kind === "run") return index < runs.length ? json(await view.run(index)) : null;
  if (kind === "training") return index < trainings.length ? json(await view.training(index)) : null;
  return scenes[index]?.hasMesh === true ? { kind: "bytes", bytes: await view.mesh(index) } : null;
}

function json(value: unknown): NamedData {
  return { kind: "json", value };
}
