import { UsageError } from "../errors.ts";
import { lockHolder } from "./lock.ts";
import { isPublishing } from "./publish.ts";

/**
 * Refuses a folder whose files are partly old and partly new. While a new dataset is only being prepared, the old one is
 * whole and may be read.
 *
 * @throws UsageError naming who is at work, or what finishes it.
 */
export async function checkReadable(path: string): Promise<void> {
  if (!(await isPublishing(path))) return;
  const holder = lockHolder(path);
  throw new UsageError(
    holder === null
      ? `${path}: got a dataset that was being replaced when its command was interrupted, expected a finished one. ` +
          "Run the command that wrote it again: it finishes the move."
      : `${path}: got a dataset that ${holder} is replacing right now, expected a finished one. Wait until it is done.`,
  );
}
