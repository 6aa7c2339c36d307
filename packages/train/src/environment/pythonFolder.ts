import { fileURLToPath } from "node:url";

/** The folder of the Python package vsi-trainer (its pyproject.toml and the module vsi_trainer): the worker's PYTHONPATH. */
export const PYTHON_FOLDER = fileURLToPath(new URL("../../python", import.meta.url));

/**
 * The environment variables of a Python that is to find vsi_trainer; what the user's PYTHONPATH names comes after it.
 *
 * This worker takes precedence over an installed one: worker.json and the events have no versions of their own, so the two
 * halves must be of one vsi-train. An environment that several versions share, or one that VSI_TRAINER_PYTHON names, can hold
 * another worker or none.
 */
export function pythonEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const separator = process.platform === "win32" ? ";" : ":";
  const path = env.PYTHONPATH;
  return { ...env, PYTHONPATH: path ? `${PYTHON_FOLDER}${separator}${path}` : PYTHON_FOLDER };
}
