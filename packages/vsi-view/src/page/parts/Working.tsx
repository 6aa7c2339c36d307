import { useEffect, useState } from "preact/hooks";

export interface WorkingProps {
  /** "Auditing 100,000 questions". */
  what: string;
  /** How long that takes, in words. */
  expected: string;
  /** What is done so far, of how much; left out where nobody knows. */
  done?: number;
  of?: number;
}

/** What takes seconds: how far it is, or for how long it has gone on. */
export function Working({ what, expected, done, of }: WorkingProps) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const started = Date.now();
    const timer = setInterval(() => setSeconds(Math.round((Date.now() - started) / 1000)), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div class="working">
      <p role="status">{what} ...</p>
      <progress aria-label={what} {...(done === undefined || of === undefined ? {} : { value: done, max: of })} />
      <p class="note">
        {expected} <span class="count">{`${seconds} s`}</span>
      </p>
    </div>
  );
}
