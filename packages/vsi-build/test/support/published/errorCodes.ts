import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "@swc/core";

/** A code as it stands in a package's sources. */
export interface FoundCode {
  code: string;
  /** POSIX path below the package's folder. */
  file: string;
  /** The class that is made with it; null where it is handed on or is a record's field. */
  errorClass: string | null;
}

/** What every code looks like. */
const CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** What functions are called that take a code first, where their declaration can't be followed. */
const CODE_TAKERS = ["fail", "refuse", "compare"];

/**
 * Every code in a package's sources: literals that make an error, that are handed to a parameter named `code`, and that
 * are a record's or a variable's `code`. It reads the syntax alone: a code that is put together at run time is not
 * found.
 */
export function errorCodesOf(packageFolder: string): FoundCode[] {
  const sources = join(packageFolder, "src");
  const files = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path));
  const modules = files.sort().map((path) => ({
    file: `src/${path.replaceAll("\\", "/")}`,
    tree: parseSync(readFileSync(join(sources, path), "utf8"), {
      syntax: "typescript",
      tsx: path.endsWith(".tsx"),
      target: "es2022",
    }) as unknown,
  }));
  const ofPackage: Takers = new Map(CODE_TAKERS.map((name) => [name, 0]));
  for (const { tree } of modules) visit(tree, (node) => noteTaker(node, ofPackage, { alsoOthers: false }));
  return modules.flatMap(({ file, tree }) => {
    const ofFile: Takers = new Map();
    visit(tree, (node) => noteTaker(node, ofFile, { alsoOthers: true }));
    const takers = new Map([...ofPackage, ...ofFile]);
    const found: FoundCode[] = [];
    visit(tree, (node) => {
      for (const [value, errorClass] of codesAt(node, takers)) {
        for (const code of literalsOf(value)) found.push({ code, file, errorClass });
      }
    });
    return found;
  });
}

/** Functions by name, and the place of the parameter that is a code; null for none. */
type Takers = Map<string, number | null>;

interface SyntaxNode {
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tree's shape depends on `type`, and swc's own types know no union of all nodes.
  [field: string]: any;
}

/** Calls `look` for every node of a syntax tree. */
function visit(value: unknown, look: (node: SyntaxNode) => void): void {
  if (typeof value !== "object" || value === null) return;
  if ("type" in value && typeof value.type === "string") look(value as SyntaxNode);
  for (const inner of Object.values(value)) visit(inner, look);
}

/**
 * Notes a named function and which of its parameters is a code.
 *
 * @param alsoOthers whether functions without one are noted too: a file's own `fail` may take something else.
 */
function noteTaker(node: SyntaxNode, takers: Takers, { alsoOthers }: { alsoOthers: boolean }): void {
  const [name, made] = node.type === "VariableDeclarator" ? [node.id.value, node.init] : [node.identifier?.value, node];
  if (typeof name !== "string" || !Array.isArray(made?.params)) return;
  const place = made.params.findIndex((param: SyntaxNode) => /^code$|Code$/.test((param.pat ?? param).value));
  if (place >= 0) takers.set(name, place);
  else if (alsoOthers && !takers.has(name)) takers.set(name, null);
}

/** The expressions at a node that give a code, with the class of the error that is made of it. */
function codesAt(node: SyntaxNode, takers: Takers): [SyntaxNode, string | null][] {
  switch (node.type) {
    case "NewExpression": {
      const made = node.callee.value;
      const first = node.arguments?.[0]?.expression;
      return /[a-z]Error$/.test(made) && first !== undefined ? [[first, made]] : [];
    }
    case "CallExpression": {
      if (node.callee.type === "Super") return node.arguments.length > 1 ? [[node.arguments[0].expression, null]] : [];
      const place = takers.get(node.callee.value ?? node.callee.property?.value);
      const value = place == null ? undefined : node.arguments[place]?.expression;
      return value === undefined ? [] : [[value, null]];
    }
    case "KeyValueProperty":
      return node.key.value === "code" ? [[node.value, null]] : [];
    case "VariableDeclarator":
      if (node.init === null) return [];
      if (node.id.value === "code") return [[node.init, null]];
      return node.id.type === "ArrayPattern" && node.id.elements[0]?.value === "code" ? [[node.init, null]] : [];
    default:
      return [];
  }
}

/** The literals that an expression may come to; of a list its first member. */
function literalsOf(node: SyntaxNode): string[] {
  switch (node.type) {
    case "StringLiteral":
      return CODE.test(node.value) ? [node.value] : [];
    case "ConditionalExpression":
      return [...literalsOf(node.consequent), ...literalsOf(node.alternate)];
    case "ParenthesisExpression":
    case "TsAsExpression":
    case "TsConstAssertion":
      return literalsOf(node.expression);
    case "ArrayExpression":
      return node.elements[0] == null ? [] : literalsOf(node.elements[0].expression);
    default:
      return [];
  }
}
