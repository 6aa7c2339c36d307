/** How a stream's colour images are compressed. */
export interface ColorEncoder {
  /** The name of what `encode` gives; the .sens has no other. */
  compression: "raw" | "png" | "jpeg";
  /** @param rgb red, green, blue of each pixel, row after row from the top left. The same pixels must give the same bytes. */
  encode: (rgb: Uint8Array, width: number, height: number) => Promise<Uint8Array>;
}

/** Red, green, blue as they are. */
export const rawColor: ColorEncoder = { compression: "raw", encode: (rgb) => Promise.resolve(rgb) };
