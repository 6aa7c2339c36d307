/** What --help says of the exit codes; yargs shows a command's epilogue not with its sub-commands, so each gives it itself. */
export const EXIT_CODES =
  "Exit codes: 0 done, 1 something failed (a full disk, a question that got no answer), 2 wrong usage or a file that does not fit, 130 or 143 after a signal.";
