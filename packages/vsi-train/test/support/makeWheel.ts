import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { captureOutput } from "../../src/process/programOutput.ts";

/** Zips a folder's files as a wheel; python3's own zipfile, so that nothing has to be installed. */
const ZIP =
  "import sys, zipfile, pathlib\nwith zipfile.ZipFile(sys.argv[2], 'w') as z:\n  [z.write(p, p.relative_to(sys.argv[1])) for p in pathlib.Path(sys.argv[1]).rglob('*') if p.is_file()]";

/** Writes a wheel of one module with the constant WORD into a folder. @param name with underscores. */
export async function makeWheel(folder: string, name: string, version: string): Promise<void> {
  const content = await mkdtemp(join(folder, "wheel-"));
  const info = join(content, `${name}-${version}.dist-info`);
  await mkdir(info);
  await writeFile(join(content, `${name}.py`), 'WORD = "made here"\n');
  await writeFile(
    join(info, "METADATA"),
    `Metadata-Version: 2.1\nName: ${name.replaceAll("_", "-")}\nVersion: ${version}\n`,
  );
  await writeFile(
    join(info, "WHEEL"),
    "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
  );
  await writeFile(
    join(info, "RECORD"),
    `${name}.py,,\n${name}-${version}.dist-info/METADATA,,\n${name}-${version}.dist-info/WHEEL,,\n${name}-${version}.dist-info/RECORD,,\n`,
  );
  const wheel = join(folder, `${name}-${version}-py3-none-any.whl`);
  const { exitCode, stderr } = await captureOutput(["python3", "-c", ZIP, content, wheel]);
  if (exitCode !== 0) throw new Error(`the wheel could not be made: ${stderr}`);
  await rm(content, { recursive: true });
}
