/**
 * A canvas that was just drawn and the labels over it, as a PNG.
 *
 * @param host the element around both.
 */
export function pictureOf(canvas: HTMLCanvasElement, host: HTMLElement): Promise<Blob | null> {
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  const context = copy.getContext("2d");
  if (context === null) return Promise.resolve(null);
  context.drawImage(canvas, 0, 0);
  context.scale(window.devicePixelRatio, window.devicePixelRatio);
  context.textAlign = "center";
  context.textBaseline = "middle";
  const around = host.getBoundingClientRect();
  for (const label of host.querySelectorAll<HTMLElement>(".labels .label")) {
    const { visibility, backgroundColor, font, color } = getComputedStyle(label);
    if (visibility === "hidden") continue;
    const { left, top, width, height } = label.getBoundingClientRect();
    const [x, y] = [left - around.left, top - around.top];
    context.fillStyle = backgroundColor;
    context.fillRect(x, y, width, height);
    context.font = font;
    context.fillStyle = color;
    context.fillText(label.textContent ?? "", x + width / 2, y + height / 2);
  }
  return new Promise((resolve) => copy.toBlob(resolve, "image/png"));
}
