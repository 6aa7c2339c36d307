import { installedVersions, versionDifferences } from "../environment/installedVersions.ts";
import type { Requirement } from "../environment/requirements.ts";
import { TrainError } from "../trainError.ts";
import type { Finding } from "./finding.ts";

/** The trainer's Python and the packages in it, held against the pinned versions. */
export async function checkPython(python: string, requirements: readonly Requirement[]): Promise<Finding[]> {
  try {
    const installed = await installedVersions(python);
    const differences = new Map(versionDifferences(requirements, installed).map((found) => [found.name, found.found]));
    return [
      { what: "Python", state: "fine", found: `${installed.python} (${python})`, advice: null },
      ...requirements.map(({ name, version }) => judge(name, version, differences)),
    ];
  } catch (error) {
    if (!(error instanceof TrainError)) throw error;
    return [{ what: "Python", state: "missing", found: error.detail.got, advice: error.detail.advice }];
  }
}

function judge(name: string, version: string, differences: ReadonlyMap<string, string | null>): Finding {
  const found = differences.get(name);
  if (found === undefined) return { what: name, state: "fine", found: version, advice: null };
  if (found === null) return { what: name, state: "missing", found: "not installed", advice: "vsi-train setup" };
  const advice = `tested with ${version}; vsi-train setup makes an environment with it`;
  return { what: name, state: "note", found, advice };
}
