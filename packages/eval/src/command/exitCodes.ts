/** What --help says of the exit codes; yargs shows a command's epilogue not with its sub-commands, so each gives it itself. */
export const EXIT_CODES =
  "Exit codes: 0 done, 1 a question got no answer or the run had to stop, 2 wrong usage, 130 or 143 after a signal.";
