const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What XML 1.0 can't hold, not even escaped: control characters, halves of surrogate pairs, noncharacters. */
const UNWRITABLE = /[^\P{Cc}\t\n\r]|\p{Cs}|[\uFFFE\uFFFF]/gu;

/** Text as it may stand between XML tags or in a quoted attribute. */
export function escapeXml(text: string): string {
  return text.replace(UNWRITABLE, "\uFFFD").replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
