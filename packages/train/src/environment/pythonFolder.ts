import { fileURLToPath } from "node:url";

/** The folder that holds the Python package vsi_trainer: the worker's PYTHONPATH. */
export const PYTHON_FOLDER = fileURLToPath(new URL("../../python", import.meta.url));

/** The environment variables of a Python that is to find vsi_trainer; what the user's PYTHONPATH names comes after it. */
export function pythonEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const separator = process.platform === "win32" ? ";" : ":";
  const path = env.PYTHONPATH;
  return { ...env, PYTHONPATH: path ? `${PYTHON_FOLDER}${separator}${path}` : PYTHON_FOLDER };
}
