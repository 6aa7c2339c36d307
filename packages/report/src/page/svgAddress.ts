/** What ends a URL's data, an HTML attribute, or is dropped from a URL. */
const RESERVED = /[%#"<>&\r\n\t]/g;

/** An SVG document as a data: address for a double-quoted attribute; a third of the length that base64 would add. */
export function svgAddress(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${svg.replace(/\p{Cs}/gu, "\uFFFD").replace(RESERVED, encodeURIComponent)}`;
}
