import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { readSealed, writeSealed } from "../../src/output/sealed.ts";

const folder = mkdtempSync(join(tmpdir(), "vsi-sealed-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a record comes back as it was written; cut or changed anywhere, it does not", async () => {
  const path = join(folder, "record.json");
  const record = { questions: ["How many\nchairs?"], count: 2 };
  await writeSealed(path, record);
  expect(await readSealed(path)).toEqual(record);
  const whole = readFileSync(path);
  for (let length = 0; length < whole.length; length += 1) {
    writeFileSync(path, whole.subarray(0, length));
    expect(await readSealed(path)).toBeNull();
    const changed = Buffer.from(whole);
    changed[length] = (changed[length] ?? 0) ^ 1;
    writeFileSync(path, changed);
    expect(await readSealed(path)).toBeNull();
  }
});

test("nothing comes from a file that is not there, or that another version wrote", async () => {
  expect(await readSealed(join(folder, "missing.json"))).toBeNull();
  writeFileSync(join(folder, "old.json"), '{"fingerprint":"x","result":{}}');
  expect(await readSealed(join(folder, "old.json"))).toBeNull();
});
