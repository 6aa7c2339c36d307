import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { auditDataset } from "../../src/audit/auditDataset.ts";
import { DEFAULT_AUDIT_OPTIONS } from "../../src/audit/auditOptions.ts";
import { writeAuditFolder } from "../support/auditFolder.ts";
import { lot, sideGroup } from "../support/auditQuestion.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("auditDataset", () => {
  const folder = temporaryFolder();
  const train = sideGroup(20, (_, room, index) => (lot(room, index) < 0.5 ? "left" : "right"));

  test("no split tells of another: what validation answers leaves what is said of train as it is", async () => {
    const [first, second] = [join(folder(), "first"), join(folder(), "second")];
    await writeAuditFolder(first, { train, validation: sideGroup(20, () => "left") });
    await writeAuditFolder(second, { train, validation: train });
    const [one, other] = [
      await auditDataset(first, [], DEFAULT_AUDIT_OPTIONS),
      await auditDataset(second, [], DEFAULT_AUDIT_OPTIONS),
    ];
    expect(one.splits.train).toEqual(other.splits.train);
    expect(one.splits.validation?.[0]?.verdict).toBe("gives the answer away");
    expect(other.splits.validation).toEqual(other.splits.train);
  });

  test("looks at the splits that it is told to", async () => {
    const both = join(folder(), "both");
    await writeAuditFolder(both, { train, validation: train });
    const report = await auditDataset(both, ["validation"], { seed: 3, limit: 0.1 });
    expect(report).toMatchObject({ dataset: "rooms", seed: 3, limit: 0.1 });
    expect(Object.keys(report.splits)).toEqual(["validation"]);
  });
});
