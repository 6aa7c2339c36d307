/** `scene%04d_%02d`: a physical room and a scan of it. Such an id is also safe as a file name. */
const scanIdPattern = /^scene\d{4}_\d{2}$/;

/** Whether `name` is a scan's id, such as "scene0000_00". */
export function isScanId(name: string): boolean {
  return scanIdPattern.test(name);
}

/** The scan's id in a `sceneId` of ScanNet's JSON files: "scene0000_00" for itself and for "scannet.scene0000_00", else null. */
export function scanIdOf(sceneId: string): string | null {
  const scanId = sceneId.replace(/^scannet\./, "");
  return isScanId(scanId) ? scanId : null;
}
