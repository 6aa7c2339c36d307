import { JsonlWriter } from "@vsi/dataset/node";

/**
 * Writes all records to a JSONL file, which appears under its name when it is complete.
 *
 * @throws DatasetError when it can't be written; what stood there before then stays.
 */
export async function writeJsonl(path: string, records: Iterable<object>): Promise<void> {
  const writer = await JsonlWriter.open<object>(path);
  try {
    for (const record of records) await writer.write(record);
  } catch (error) {
    await writer.abort();
    throw error;
  }
  await writer.close();
}
