/** Custom properties as colours that canvases and three understand: light-dark() is resolved by an element alone. */
export function readColours<Name extends string>(
  within: HTMLElement,
  properties: Readonly<Record<Name, string>>,
): Readonly<Record<Name, string>> {
  const probe = document.createElement("span");
  probe.hidden = true;
  within.append(probe);
  const entries = Object.entries<string>(properties).map(([name, property]) => {
    probe.style.color = `var(${property})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(entries) as Record<Name, string>;
}
