import { join } from "node:path";

/** What a package keeps to itself is loaded from its built files. */
export async function internal<Module>(repository: string, path: string): Promise<Module> {
  return (await import(join(repository, "packages", path))) as Module;
}
