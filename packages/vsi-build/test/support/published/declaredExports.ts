import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { workspacePackages } from "./workspacePackages.ts";

/** What a declaration is: the first three exist at run time, the others only for the compiler. */
export type ExportKind = "class" | "const" | "function" | "interface" | "type";

/** One name that an entry exports. */
export interface DeclaredExport {
  kind: ExportKind;
  /** Whether a doc comment stands right before its declaration. */
  isDocumented: boolean;
}

const EXPORT_ALL = /^export \* from "(?<from>\.[^"]+)";/;
const EXPORT_LIST = /^export (?<typeOnly>type )?\{(?<names>[^}]*)\}(?: from "(?<from>[^"]+)")?;/;
const DECLARATION = /^export (?:declare )?(?:abstract )?(?<kind>class|const|function|interface|type) (?<name>\w+)/;

/**
 * The exports of a built declaration file by name, followed through its re-exports, also those of our other packages.
 * Reads only the forms that the compiler writes for this project's sources.
 *
 * @throws Error on an export of another form: it would be missing from the snapshot.
 */
export function declaredExports(file: string): Map<string, DeclaredExport> {
  const found = new Map<string, DeclaredExport>();
  const reexported = (from: string) =>
    declaredExports(
      from.startsWith(".") ? join(dirname(file), from.replace(/\.tsx?$/, ".d.ts")) : declarationsOf(from),
    );
  const text = readFileSync(file, "utf8");
  for (const { 0: statement, index } of text.matchAll(/^export [^;{]*(?:\{[^}]*\}[^;\n]*)?;?/gm)) {
    const all = EXPORT_ALL.exec(statement)?.groups;
    const list = EXPORT_LIST.exec(statement)?.groups;
    const declaration = DECLARATION.exec(statement)?.groups;
    if (declaration?.name !== undefined) {
      const isDocumented = /\*\/\s*$/.test(text.slice(0, index));
      found.set(declaration.name, { kind: declaration.kind as ExportKind, isDocumented });
    } else if (all?.from !== undefined) {
      for (const [name, declared] of reexported(all.from)) found.set(name, declared);
    } else if (list?.names?.trim() === "") {
      // `export {};` only marks a module.
    } else if (list?.from !== undefined) {
      const source = reexported(list.from);
      for (const { name, typeOnly } of listedNames(list.names ?? "")) {
        const declared = source.get(name);
        if (declared === undefined) throw new Error(`${file}: ${name} is not exported by ${list.from}`);
        found.set(name, typeOnly || list.typeOnly ? { ...declared, kind: asType(declared.kind) } : declared);
      }
    } else {
      throw new Error(`${file}: cannot read ${JSON.stringify(statement)}; teach declaredExports this form`);
    }
  }
  return found;
}

/** The built declaration file behind what is imported from one of our packages. */
function declarationsOf(specifier: string): string {
  for (const { folder, entries } of workspacePackages()) {
    const types = entries.find((entry) => entry.specifier === specifier)?.types;
    if (types != null) return join(folder, types);
  }
  throw new Error(`${specifier} is no entry of our packages`);
}

/** "A, type B" as names; renaming (`A as B`) is refused by the caller, because "A as B" is no name. */
function listedNames(names: string): { name: string; typeOnly: boolean }[] {
  return names
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "")
    .map((name) => ({ name: name.replace(/^type /, ""), typeOnly: name.startsWith("type ") }));
}

/** A class that is exported as a type alone cannot be constructed: to the importer it is a type. */
function asType(kind: ExportKind): ExportKind {
  return kind === "interface" ? "interface" : "type";
}
