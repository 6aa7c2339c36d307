import type { Question, SceneFacts } from "@vsi/dataset";
import { useEffect, useRef, useState } from "preact/hooks";

export interface FramesProps {
  facts: SceneFacts;
  frames: readonly string[];
  /** Those that the answer rests on. */
  evidence: ReadonlySet<string>;
  hasImages: boolean;
  /** Absent where there is no pose to look from. */
  onLookFrom?: (name: string) => void;
}

/** What a model is shown, frame by frame; those that the answer rests on are marked, and a click enlarges one. */
export function Frames({ facts, frames, evidence, hasImages, onLookFrom }: FramesProps) {
  const [open, setOpen] = useState<number | null>(null);
  const { broken, why, onError } = useBroken(facts.scene_name);
  const numberOf = new Map((facts.camera?.frames ?? []).map(({ name }, index) => [name, index + 1]));
  const times = new Map((facts.camera?.frames ?? []).map(({ name, time_s }) => [name, time_s]));
  return (
    <>
      {why !== "" && (
        <p class="warning" role="status">
          {why}
        </p>
      )}
      <ol class="frames">
        {frames.map((name, index) => {
          const isEvidence = evidence.has(name);
          const isShown = hasImages && !broken.has(name);
          const number = numberOf.get(name) ?? index + 1;
          return (
            <li key={name}>
              <button
                type="button"
                class={isEvidence ? "frame evidence" : "frame"}
                title={name}
                onClick={() => (isShown ? setOpen(index) : onLookFrom?.(name))}
              >
                {isShown ? (
                  <img
                    loading="lazy"
                    alt=""
                    src={frameAddress(facts.scene_name, name)}
                    onError={() => void onError(name)}
                  />
                ) : (
                  <span class="frame-missing">no image</span>
                )}
                <span class="frame-number">
                  <span>
                    <span class="spoken">Frame </span>
                    {number}
                  </span>
                  {isEvidence && <span class="frame-mark">evidence</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      {open !== null && (
        <FrameDialog
          scene={facts.scene_name}
          name={frames[open] ?? ""}
          caption={`Frame ${numberOf.get(frames[open] ?? "") ?? open + 1} of ${frames.length}${secondsOf(times.get(frames[open] ?? ""))}${evidence.has(frames[open] ?? "") ? ", evidence" : ""}`}
          onStep={(step) => setOpen((open + step + frames.length) % frames.length)}
          onClose={() => setOpen(null)}
          {...(onLookFrom ? { onLookFrom } : {})}
        />
      )}
    </>
  );
}

/** Frames without poses have no times either. */
function secondsOf(time: number | undefined): string {
  return time === undefined ? "" : `, ${time.toFixed(1)} s`;
}

interface Broken {
  scene: string;
  names: ReadonlySet<string>;
  /** What the server said of the first. */
  why: string;
}

/** Images of a scene that could not be shown. */
function useBroken(scene: string) {
  const [state, setState] = useState<Broken>({ scene, names: new Set(), why: "" });
  const known = state.scene === scene ? state : { scene, names: new Set<string>(), why: "" };
  const onError = async (name: string) => {
    const add = (why: string) =>
      setState((old) => {
        const isSame = old.scene === scene;
        const names = new Set(isSame ? old.names : []).add(name);
        return { scene, names, why: (isSame && old.why) || why };
      });
    add("");
    add(await whyNot(frameAddress(scene, name)));
  };
  return { broken: known.names, why: known.why, onError };
}

/** The server's words for an image that is not shown: a link out of the dataset, or no image at all. */
async function whyNot(address: string): Promise<string> {
  const isOurs = document.documentElement.dataset.source !== "export";
  const answer = isOurs ? await fetch(address).catch(() => null) : null;
  if (answer !== null && !answer.ok) return answer.text();
  return `${decodeURIComponent(address)} cannot be shown: is it a whole image?`;
}

interface FrameDialogProps {
  scene: string;
  name: string;
  caption: string;
  onStep: (step: number) => void;
  onClose: () => void;
  onLookFrom?: (name: string) => void;
}

function FrameDialog({ scene, name, caption, onStep, onClose, onLookFrom }: FrameDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      class="frame-dialog"
      ref={dialog}
      aria-label={caption}
      onClose={onClose}
      onClick={({ target, currentTarget }) => target === currentTarget && onClose()}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (step !== undefined) onStep(step);
        // The list behind has keys of its own.
        event.stopPropagation();
      }}
    >
      <img alt={caption} src={frameAddress(scene, name)} />
      <div class="frame-dialog-bar">
        <button type="button" onClick={() => onStep(-1)}>
          Previous
        </button>
        <button type="button" onClick={() => onStep(1)}>
          Next
        </button>
        <span>{caption}</span>
        {onLookFrom && (
          <button
            type="button"
            onClick={() => {
              onLookFrom(name);
              onClose();
            }}
          >
            Look from here in 3D
          </button>
        )}
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
    </dialog>
  );
}

export function frameAddress(scene: string, name: string): string {
  return `frames/${encodeURIComponent(scene)}/${encodeURIComponent(name)}`;
}

/** The frames of a question that its answer rests on. */
export function evidenceFrames({ evidence }: Question): ReadonlySet<string> {
  return new Set(evidence.frames ?? []);
}
