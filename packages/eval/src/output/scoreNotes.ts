import { countOf } from "@vsi/report";
import type { ScoreReport } from "../score/scoreReport.ts";

/** What has to be known to read a score table, one sentence or two a line. */
export function scoreNotes({ rows, bootstrap, unreadable, ...report }: ScoreReport): string[] {
  const { questions_total, scans_total, unanswered } = report;
  const notes = [
    `${countOf(questions_total, "question")} about ${countOf(scans_total, "scan")}; scores in percent. ` +
      `${bootstrap.level * 100} %: bootstrap over scans, ${countOf(bootstrap.resamples, "resample")}, seed ${bootstrap.seed}.`,
  ];
  if (unanswered > 0) notes.push(`${countOf(unanswered, "question")} without a prediction: each counts as 0.`);
  const reasons = Object.entries(unreadable).sort(([, one], [, other]) => other - one);
  const refused = reasons.reduce((sum, [, count]) => sum + count, 0);
  if (refused > 0) {
    const listed = reasons.map(([reason, count]) => `${count.toLocaleString("en-US")} ${reason}`).join(", ");
    notes.push(`${countOf(refused, "answer")} could not be read, worth 0 in robust: ${listed}.`);
  }
  // vsi-eval run finds it out from the server's token counts and keeps it with its settings.
  if (report.settings?.images === "dropped") {
    notes.push("The server dropped the images: these answers were given without seeing the room.");
  }
  const direction = rows.find(({ row }) => row === "object_rel_direction");
  if (direction !== undefined && direction.questions > 0 && direction.official === null) {
    notes.push("Rel. Dir. has no value: VSI-Bench's is the mean of easy, medium and hard, and not all are here.");
  }
  return notes;
}
