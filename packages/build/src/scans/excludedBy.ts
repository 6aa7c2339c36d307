import { physicalRoomOf } from "@vsi/dataset";

/**
 * A test for scans that an exclude list names, itself or by its physical room: excluding a scan excludes the room's other
 * scans, since they show the same furniture.
 */
export function excludedBy(names: readonly string[]): (scanId: string) => boolean {
  const rooms = new Set(names.map(physicalRoomOf));
  return (scanId) => rooms.has(physicalRoomOf(scanId));
}
