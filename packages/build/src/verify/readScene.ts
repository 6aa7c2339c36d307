import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { validateScene } from "@vsi/dataset";
import { DatasetError, fileError } from "@vsi/dataset/node";
import type { SceneFacts } from "@vsi/geometry";
import { sceneFile } from "../reading/datasetFiles.ts";
import { TAKE_AGAIN } from "./problem.ts";

/**
 * A scene's facts from a dataset folder, as their JSON Schema wants them.
 *
 * @throws DatasetError "scene-syntax", "scene-schema", "scene-name" (facts of another scene), "scene-object-twice",
 * "scene-unsafe-name", or as in fileError.
 */
export async function readScene(folder: string, sceneName: string): Promise<SceneFacts> {
  const file = sceneFile(sceneName);
  const fail = (code: string, place: string, got: string, expected: string): never => {
    throw new DatasetError(code, { file, place, got, expected, advice: TAKE_AGAIN });
  };
  // The name stands in records that anybody may have written: it must not lead out of the folder.
  if (/[/\\]/.test(sceneName)) fail("scene-unsafe-name", "the name", JSON.stringify(sceneName), "a file name");
  const text = await readFile(join(folder, file), "utf8").catch((error: unknown) => {
    throw fileError(error, file, "the facts of a scene");
  });
  const parse = (): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      return fail("scene-syntax", "the file", (error as Error).message, "JSON");
    }
  };
  const facts = parse();
  validateScene(facts, { file });
  const { scene_name, objects } = facts as SceneFacts;
  if (scene_name !== sceneName) fail("scene-name", "/scene_name", scene_name, sceneName);
  const ids = new Set<number>();
  for (const [index, { id }] of objects.entries()) {
    if (ids.has(id)) fail("scene-object-twice", `/objects/${index}/id`, `${id} again`, "each id once");
    ids.add(id);
  }
  return facts as SceneFacts;
}
