/** 128 plus the signal's number, as shells count it. */
export const SIGNAL_EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

export type Signal = keyof typeof SIGNAL_EXIT_CODES;

/** The signal that stopped the command. */
export class Interruption extends Error {
  override readonly name = "Interruption";
  readonly signal: Signal;

  constructor(signal: Signal) {
    super(`stopped by ${signal}`);
    this.signal = signal;
  }
}

/** Turns SIGINT and SIGTERM into an abort signal whose reason is an Interruption, until `stopListening`. */
export function listenForSignals(): { signal: AbortSignal; stopListening: () => void } {
  const controller = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => controller.abort(new Interruption(signal as Signal));
  for (const signal of Object.keys(SIGNAL_EXIT_CODES)) process.on(signal, onSignal);
  return {
    signal: controller.signal,
    stopListening() {
      for (const signal of Object.keys(SIGNAL_EXIT_CODES)) process.off(signal, onSignal);
    },
  };
}
