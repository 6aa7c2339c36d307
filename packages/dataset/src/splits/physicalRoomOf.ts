/**
 * The physical room of a scan: ScanNet's "scene0000_01" is the second scan of room "scene0000". An id of another form is
 * a room of its own.
 */
export function physicalRoomOf(scanId: string): string {
  return /^(scene\d{4})_\d{2}$/.exec(scanId)?.[1] ?? scanId;
}
