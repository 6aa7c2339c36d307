/** The decimal units that disks are sold in. */
const UNITS = ["kB", "MB", "GB", "TB"];

/** "1.5 GB", "23 MB": two digits are enough to decide by. */
export function formatBytes(bytes: number): string {
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}
