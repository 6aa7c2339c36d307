import { readSealed, writeSealed } from "@vsi/command";

/** Changes a sealed record and seals it again, as somebody who knows how could. */
export async function editSealed(path: string, edit: (record: Record<string, unknown>) => void): Promise<void> {
  const record = (await readSealed(path)) as Record<string, unknown>;
  edit(record);
  await writeSealed(path, record);
}
