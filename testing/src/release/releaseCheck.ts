import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** What a file has in place of something that only the publisher knows: the words behind it say what. */
const OPEN = /FILL-IN ([^\n"(]+)/g;

/** Files with such places. */
const FILES = ["CITATION.cff", "SECURITY.md"];

/** Fields that a published package.json needs beside those that a build needs. */
const FIELDS = ["author", "repository", "homepage", "bugs"];

type Manifest = Record<string, unknown> & { name: string; version: string };

/**
 * What a release still lacks, a line each, in the order of docs/release.md.
 *
 * @param root the repository.
 */
export function missingForRelease(root: string): string[] {
  const manifests = publishedManifests(root);
  return [
    ...FILES.flatMap((file) => openPlaces(root, file)),
    ...manifests.flatMap(({ path, manifest }) => missingFields(path, manifest)),
    ...differingVersions(root, manifests),
    ...unreleased(root, manifests),
  ];
}

function openPlaces(root: string, file: string): string[] {
  if (!existsSync(join(root, file))) return [`${file}: the file is missing`];
  return [...readText(root, file).matchAll(OPEN)].map(([, what = ""]) => `${file}: fill in ${what.trim()}`);
}

function missingFields(path: string, manifest: Manifest): string[] {
  const lacking = FIELDS.filter((field) => !(field in manifest));
  const access = (manifest.publishConfig as { access?: string } | undefined)?.access;
  if (manifest.name.startsWith("@") && access !== "public") lacking.push('publishConfig.access "public"');
  return lacking.length === 0 ? [] : [`${path}: no ${lacking.join(", ")}`];
}

/** The packages are released together, and CITATION.cff cites that version. */
function differingVersions(root: string, manifests: readonly { path: string; manifest: Manifest }[]): string[] {
  const version = manifests[0]?.manifest.version;
  const others = manifests.filter(({ manifest }) => manifest.version !== version);
  const cited = /^version: (.+)$/m.exec(
    existsSync(join(root, "CITATION.cff")) ? readText(root, "CITATION.cff") : "",
  )?.[1];
  return [
    ...others.map(({ path, manifest }) => `${path}: version ${manifest.version}, the first package has ${version}`),
    ...(cited === version ? [] : [`CITATION.cff: version ${cited ?? "none"}, the packages have ${version}`]),
  ];
}

function unreleased(root: string, manifests: readonly { manifest: Manifest }[]): string[] {
  const version = manifests[0]?.manifest.version ?? "";
  const heading = readText(root, "CHANGELOG.md")
    .split("\n")
    .find((line) => line.startsWith(`## ${version}`));
  if (heading === undefined) return [`CHANGELOG.md: no section for ${version}`];
  return /\d{4}-\d{2}-\d{2}/.test(heading) ? [] : [`CHANGELOG.md: "${heading}" has no date`];
}

/** The package.json files of the workspaces that are not private, by path below the root. */
function publishedManifests(root: string): { path: string; manifest: Manifest }[] {
  const { workspaces } = JSON.parse(readText(root, "package.json")) as { workspaces: string[] };
  const folders = workspaces.flatMap((pattern) =>
    pattern.endsWith("/*")
      ? readdirSync(join(root, pattern.slice(0, -2)))
          .sort()
          .map((name) => `${pattern.slice(0, -1)}${name}`)
      : [pattern],
  );
  return folders
    .map((folder) => `${folder}/package.json`)
    .filter((path) => existsSync(join(root, path)))
    .map((path) => ({ path, manifest: JSON.parse(readText(root, path)) as Manifest }))
    .filter(({ manifest }) => manifest.private !== true);
}

function readText(root: string, path: string): string {
  return readFileSync(join(root, path), "utf8");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const missing = missingForRelease(fileURLToPath(new URL("../../../", import.meta.url)));
  for (const line of missing) console.log(line);
  console.log(
    missing.length === 0
      ? "Nothing is missing."
      : `${missing.length === 1 ? "1 thing is" : `${missing.length} things are`} missing; see docs/release.md.`,
  );
  process.exitCode = missing.length === 0 ? 0 : 1;
}
