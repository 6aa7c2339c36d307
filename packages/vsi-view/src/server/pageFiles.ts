import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { DatasetError } from "@vsi/dataset/node";

/** The page's files, as bundlePage.js writes them. */
export const PAGE_FILES = ["index.html", "page.js", "page.css"] as const;

export type PageFile = (typeof PAGE_FILES)[number];

/** From src as from dist. */
const PAGE_FOLDER = new URL("../../dist/page/", import.meta.url);

/** @throws DatasetError "page-missing" in a checkout that was not built. */
export async function readPage(): Promise<ReadonlyMap<PageFile, string>> {
  const texts = PAGE_FILES.map(async (name) => {
    const text = await readFile(new URL(name, PAGE_FOLDER), "utf8").catch((cause: unknown) => {
      const detail = {
        file: fileURLToPath(new URL(name, PAGE_FOLDER)).replaceAll("\\", "/"),
        place: "file",
        got: "no readable file",
        expected: "vsi-view's page",
        advice: "In a checkout run npm run build; otherwise install vsi-view again.",
      };
      throw new DatasetError("page-missing", detail, { cause });
    });
    return [name, text] as const;
  });
  return new Map(await Promise.all(texts));
}

/**
 * What the page may do, whatever a dataset or a model puts into it: scripts and styles of its own files alone, and no
 * request to anywhere else. Styles set by script, as Preact sets them, are not subject to it.
 *
 * @param connects whether the page asks for data; an export's comes as scripts.
 */
export function contentSecurityPolicy(connects: boolean): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    `connect-src ${connects ? "'self'" : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
