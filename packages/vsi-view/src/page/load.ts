/** Parts of an export that were asked for, by name, until their script has run. */
const waiting = new Map<string, (value: unknown) => void>();

/**
 * One of the names of data/contract.ts, from the server or, in an export, from the script that holds it: Chromium fetches
 * nothing from file:.
 *
 * @throws Error saying what could not be read and why.
 */
export async function loadData<T>(name: string): Promise<T> {
  if (document.documentElement.dataset.source === "export") return (await loadScript(name)) as T;
  const answer = await fetch(`data/${name}.json`);
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as T;
}

/** A mesh's bytes (MeshHeader), by scene index. */
export async function loadMesh(scene: number): Promise<ArrayBuffer> {
  const name = `mesh-${scene}`;
  if (document.documentElement.dataset.source === "export") {
    const binary = atob((await loadScript(name)) as string);
    const bytes = new Uint8Array(binary.length);
    for (let index = 0; index < bytes.length; index += 1) bytes[index] = binary.charCodeAt(index);
    return bytes.buffer;
  }
  const answer = await fetch(`data/${name}`);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.arrayBuffer();
}

function loadScript(name: string): Promise<unknown> {
  // What an export's scripts call.
  (globalThis as { vsiData?: (name: string, value: unknown) => void }).vsiData ??= (loaded, value) => {
    waiting.get(loaded)?.(value);
    waiting.delete(loaded);
  };
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `data/${name}.js`;
    const fail = (what: string) => {
      waiting.delete(name);
      reject(new Error(`data/${name}.js ${what}: is the exported site complete?`));
    };
    script.onload = () => {
      script.remove();
      if (waiting.has(name)) fail("is cut off");
    };
    script.onerror = () => fail("is not there");
    waiting.set(name, resolve);
    document.head.append(script);
  });
}
