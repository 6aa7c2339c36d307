import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { shellWord } from "../shellWord.ts";
import { hasScans, isScan } from "./datasetAround.ts";

/** What stands where a dataset folder was expected, and what to give instead. */
export interface NoDataset {
  /** "raw scans", for "got ...". */
  got: string;
  /** A sentence. */
  advice: string;
}

/**
 * What a path is that is no dataset folder, judged by the names in it and around it; null for a dataset. Newcomers give a
 * file or folder inside the dataset, the folder around it, the raw scans, or a run.
 */
export async function describeNoDataset(path: string): Promise<NoDataset | null> {
  const names = await namesIn(path);
  if (names !== null && isDataset(names)) return null;
  for (const outer of [dirname(resolve(path)), dirname(dirname(resolve(path)))]) {
    if (!isDataset((await namesIn(outer)) ?? [])) continue;
    if ((await stat(path).catch(() => null)) === null) break;
    const what = names === null ? "a file" : "a folder";
    return { got: `${what} inside a dataset`, advice: `Give the dataset's folder: ${outer}.` };
  }
  if (names === null) return describeFile(path);
  if (names.some(isScan) || names.includes("samples.json") || (await hasScans(join(path, "scans")))) {
    return {
      got: "raw scans",
      advice: `Build a dataset from them first: vsi-build --scannet ${shellWord(path)} --out FOLDER.`,
    };
  }
  if (names.some((name) => isScan(basename(name, "_vh_clean_2.ply")))) {
    return { got: "a raw scan", advice: "Build a dataset first: vsi-build --scannet RAW --out FOLDER." };
  }
  const run = names.includes("run.json") ? "vsi-train" : names.includes("answers.jsonl") ? "vsi-eval" : null;
  if (run !== null) return { got: `a run of ${run}`, advice: "Give the dataset that vsi-build wrote (its --out)." };
  for (const name of names.sort()) {
    if (isDataset((await namesIn(join(path, name))) ?? [])) {
      return { got: "a folder around a dataset", advice: `Give the dataset itself: ${join(path, name)}.` };
    }
  }
  const got = names.length === 0 ? "an empty folder" : "a folder without manifest.json";
  return { got, advice: "Give the folder that vsi-build wrote (its --out)." };
}

/** What to do for an address, or a name on the Hugging Face hub, where a path was expected; null for neither. */
export function hubAdvice(path: string): string | null {
  const address = /^(?:hf:\/\/|https?:\/\/(?:www\.)?huggingface\.co\/)datasets\/([\w.-]+\/[\w.-]+)/.exec(path)?.[1];
  if (address === undefined && /^[a-z][a-z0-9+]*:\/\//i.test(path)) return "Download it first, and give its path.";
  // "org/name", unlike "data/test.jsonl" and "./data/test".
  const name = address ?? /^[\w-][\w.-]*\/[\w-]+$/.exec(path)?.[0];
  if (name === undefined) return null;
  const download = `hf download ${name} --repo-type dataset --local-dir ${name.split("/")[1]}`;
  return address === undefined
    ? `Check the path; a dataset of this name on the hub is downloaded first: ${download}.`
    : `Download it first: ${download}.`;
}

async function describeFile(path: string): Promise<NoDataset> {
  const code = await stat(path).then(
    () => null,
    (error: NodeJS.ErrnoException) => error.code,
  );
  const expected = "Give the folder that vsi-build wrote (its --out).";
  const hub = hubAdvice(path);
  if (code === "ENOENT" && hub !== null) return { got: "nothing", advice: `${hub} ${expected}` };
  if (code === "ENOENT" || code === "ENOTDIR") return { got: "nothing", advice: `Check the path. ${expected}` };
  if (code !== null) return { got: `the error ${code}`, advice: expected };
  const isArchive = /\.(zip|tar|tgz|gz|bz2|xz|7z)$/i.test(path);
  return { got: "a file", advice: isArchive ? "Unpack it first, then give the dataset's folder." : expected };
}

/** null where there is no folder that can be read. */
async function namesIn(path: string): Promise<string[] | null> {
  return readdir(path).catch(() => null);
}

/** A dataset that lost its manifest.json still has its checksums, by which verify says so; sample rooms have them too. */
function isDataset(names: readonly string[]): boolean {
  return names.includes("manifest.json") || (names.includes("SHA256SUMS") && !names.includes("samples.json"));
}
