/** Saves a mesh of ScanNet's form (x, y, z as floats, four colour bytes, triangles) again, as other programs do. */
export function plyInFormat(bytes: Buffer, format: "ascii" | "binary_big_endian"): Uint8Array {
  const end = bytes.indexOf("end_header\n") + "end_header\n".length;
  const header = bytes.subarray(0, end).toString("latin1");
  const count = (element: string) => Number(new RegExp(`element ${element} (\\d+)`).exec(header)?.[1]);
  const [vertices, faces] = [count("vertex"), count("face")];
  const head = Buffer.from(header.replace("binary_little_endian", format), "latin1");
  const faceStart = end + 16 * vertices;
  if (format === "ascii") {
    const lines: string[] = [];
    for (let vertex = 0; vertex < vertices; vertex += 1) {
      const at = end + 16 * vertex;
      const numbers = [0, 4, 8].map((place) => bytes.readFloatLE(at + place));
      lines.push([...numbers, ...bytes.subarray(at + 12, at + 16)].join(" "));
    }
    for (let face = 0; face < faces; face += 1) {
      const at = faceStart + 13 * face + 1;
      lines.push(["3", ...[0, 4, 8].map((place) => bytes.readInt32LE(at + place))].join(" "));
    }
    return Buffer.concat([head, Buffer.from(`${lines.join("\n")}\n`)]);
  }
  const body = Buffer.from(bytes.subarray(end));
  for (let vertex = 0; vertex < vertices; vertex += 1) body.subarray(16 * vertex, 16 * vertex + 12).swap32();
  for (let face = 0; face < faces; face += 1) {
    const at = faceStart - end + 13 * face + 1;
    body.subarray(at, at + 12).swap32();
  }
  return Buffer.concat([head, body]);
}
