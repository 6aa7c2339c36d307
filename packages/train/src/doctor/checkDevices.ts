import type { WorkerDoctor } from "../environment/askWorkerDoctor.ts";
import { formatBytes } from "../environment/formatBytes.ts";
import type { Finding } from "./finding.ts";

/** What torch can compute on, the memory, and the packages that only some settings need. */
export function checkDevices({ devices, cores, memory, optional }: WorkerDoctor): Finding[] {
  const gpus = devices.filter(({ kind }) => kind !== "cpu");
  const gpu: Finding =
    gpus.length > 0
      ? { what: "GPU", state: "fine", found: gpus.map(describeDevice).join(", "), advice: null }
      : {
          what: "GPU",
          state: "note",
          found: "none that torch can use",
          advice:
            "enough for --preset tiny; there is one? Its driver and torch's build (vsi-train setup without --cpu) must fit",
        };
  const size = memory === null ? "memory unknown" : formatBytes(memory);
  return [
    gpu,
    { what: "processor", state: "fine", found: `${cores ?? "unknown"} cores, ${size}`, advice: null },
    describeOptional(optional),
  ];
}

function describeOptional(optional: WorkerDoctor["optional"]): Finding {
  const installed = Object.entries(optional).flatMap(([name, version]) =>
    version === null ? [] : `${name} ${version}`,
  );
  const absent = Object.keys(optional).filter((name) => optional[name] === null);
  return {
    what: "packages for some settings only",
    state: "fine",
    found: installed.join(", ") || "none",
    advice: absent.length === 0 ? null : `not installed: ${absent.join(", ")}`,
  };
}

function describeDevice({ name, memory }: WorkerDoctor["devices"][number]): string {
  return memory === null ? name : `${name} (${formatBytes(memory)})`;
}
