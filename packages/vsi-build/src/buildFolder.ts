import { explainFileError, type OutputFolder, openOutputFolder } from "@vsi/command";
import { ALWAYS_KEPT, type KeptFolders, keptFolders } from "./pipeline/keptResults.ts";

/** The output folder of a build. */
export interface BuildFolder extends OutputFolder {
  /** Finished scans. */
  kept: KeptFolders;
}

interface OpenBuildFolderOptions {
  resume: boolean;
  overwrite: boolean;
  /** The scans that the dataset may hold. */
  scans: readonly { scanId: string }[];
  /** Results are kept across --resume only while this text is the same. */
  settings: string;
}

/**
 * Makes the output folder ready for a build or a merge, without touching anything that vsi-build did not write.
 *
 * @throws UsageError as in openOutputFolder, DatasetError when the disk refuses.
 */
export async function openBuildFolder(path: string, options: OpenBuildFolderOptions): Promise<BuildFolder> {
  const { resume, overwrite, scans, settings } = options;
  const firstFiles = scans.map(({ scanId }) => `scenes/${scanId}.json`);
  const folder = await openOutputFolder(path, { resume, overwrite, firstFiles, keep: ALWAYS_KEPT, settings }).catch(
    (error: unknown) => {
      throw explainFileError(error, path);
    },
  );
  return { ...folder, kept: keptFolders(folder.workingFolder) };
}
