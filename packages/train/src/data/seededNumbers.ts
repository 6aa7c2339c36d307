import { createHash } from "node:crypto";

/** A sha256 has eight words of 32 bits. */
const WORDS = 8;

/**
 * Eight numbers over 0 to under 1 that belong to a name: the sha256 of "<seed>\n<name>", cut into words. They depend on
 * nothing else, so a question's draws stay the same whichever others are taken.
 */
export function seededNumbers(seed: number, name: string): number[] {
  const digest = createHash("sha256").update(`${seed}\n${name}`).digest();
  return Array.from({ length: WORDS }, (_, word) => digest.readUInt32BE(word * 4) / 2 ** 32);
}
