import { describe, expect, test } from "@jest/globals";
import { isScanId, scanIdOf } from "../../src/scanInfo/scanId.ts";

describe("scanId", () => {
  test.each(["scene0000_00", "scene9999_99"])("%s is one", (name) => {
    expect(isScanId(name)).toBe(true);
  });

  test.each(["", "scene000_00", "scene0000_000", "scene0000_00\n", "xscene0000_00", "Scene0000_00", "scene0000_00/.."])(
    "%j is none",
    (name) => {
      expect(isScanId(name)).toBe(false);
    },
  );

  test("is read from sceneIds with and without ScanNet's prefix", () => {
    expect(scanIdOf("scannet.scene0217_01")).toBe("scene0217_01");
    expect(scanIdOf("scene0217_01")).toBe("scene0217_01");
    expect(scanIdOf("scannet.scannet.scene0217_01")).toBeNull();
  });
});
