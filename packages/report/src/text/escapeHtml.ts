const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  // A parser would turn a plain carriage return into a line feed.
  "\r": "&#13;",
  // HTML has no way to write it.
  "\0": "\uFFFD",
};

/** Text as it may stand between HTML tags or in a quoted attribute; an HTML parser reads the same text back. */
export function escapeHtml(text: string): string {
  // Half a surrogate pair can't be written as UTF-8.
  return text.replace(/[&<>"'\r\0]/g, (character) => ENTITIES[character]!).replace(/\p{Cs}/gu, "\uFFFD");
}
