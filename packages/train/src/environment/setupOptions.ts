import { cacheFolder } from "./cacheFolder.ts";
import type { Device } from "./environmentFolder.ts";
import { PYTHON_FOLDER } from "./pythonFolder.ts";
import { REQUIREMENTS_FILE } from "./requirements.ts";

/** What makes a virtual environment and installs into it. */
export type Installer = "pip" | "uv";

/** How the trainer's environment is made. */
export interface SetupOptions {
  device: Device;
  installer: Installer;
  /** The Python to make it with; null takes python3 or python from the PATH. */
  python: string | null;
  /** The requirements file, every version pinned. */
  requirements: string;
  /** The folder of the Python worker's package; null installs the pinned packages alone. */
  worker: string | null;
  /** The folder that holds the environments. */
  cache: string;
}

/** Where `vsi-train` keeps what it can make again. */
export const TRAINER_CACHE = cacheFolder("vsi-train");

export const DEFAULT_SETUP_OPTIONS: SetupOptions = {
  device: "gpu",
  installer: "pip",
  python: null,
  requirements: REQUIREMENTS_FILE,
  worker: PYTHON_FOLDER,
  cache: TRAINER_CACHE,
};
