/** A number of things in words: "1 scan", "5,130 questions". The plural is the singular and an s. */
export function counted(count: number, singular: string): string {
  return `${count.toLocaleString("en-US")} ${singular}${count === 1 ? "" : "s"}`;
}
