import { LEAST_FILTERED } from "./parts/table.tsx";

/**
 * What a page can do with script, and is readable without: heads of tables sort, a field filters, a pointer over a chart's
 * mark shows its numbers at once. It runs under the page's content policy, which names its hash; it makes no markup out
 * of text. Kept as text because the page carries it whole: a few dozen lines are simpler than a bundle.
 */
export const PAGE_SCRIPT = `"use strict";
for (const table of document.querySelectorAll(".vsi-table table")) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  if (rows.length < 2) continue;
  let order = { column: -1, step: 0 };
  const keyOf = (row, column) => {
    const cell = row.cells[column];
    if (cell.dataset.sort !== undefined) return Number(cell.dataset.sort);
    return cell.classList.contains("right") || cell.textContent === "\\u2013" ? null : cell.textContent;
  };
  const compare = (a, b) => {
    const [one, other] = [keyOf(a, order.column), keyOf(b, order.column)];
    if (one === null || other === null) return (one === null) - (other === null);
    const both = typeof one === "number" && typeof other === "number";
    return order.step * (both ? one - other : String(one).localeCompare(String(other), "en", { numeric: true }));
  };
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const steps = { 0: 1, 1: -1, "-1": 0 };
      order = { column, step: order.column === column ? steps[order.step] : 1 };
      for (const other of heads) other.removeAttribute("aria-sort");
      if (order.step !== 0) head.setAttribute("aria-sort", order.step > 0 ? "ascending" : "descending");
      body.append(...(order.step === 0 ? rows : [...rows].sort(compare)));
    });
  });
  if (rows.length < ${LEAST_FILTERED}) continue;
  table.classList.add("vsi-sorted");
  const label = document.createElement("label");
  const field = document.createElement("input");
  const count = document.createElement("span");
  label.className = "vsi-filter";
  field.type = "search";
  field.placeholder = "Filter rows";
  field.setAttribute("aria-label", "Filter rows");
  count.setAttribute("aria-live", "polite");
  count.textContent = rows.length + " rows";
  label.append(field, count);
  table.parentElement.before(label);
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\\s+/);
    let found = 0;
    for (const row of rows) {
      const text = [...row.cells].map((cell) => cell.textContent).join(" ").toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      found += row.hidden ? 0 : 1;
    }
    count.textContent = (found === rows.length ? "" : found + " of ") + rows.length + " rows";
  });
}
const box = document.createElement("div");
box.className = "tip";
box.hidden = true;
document.body.append(box);
for (const title of document.querySelectorAll(".vsi-chart title")) {
  title.parentElement.dataset.tip = title.textContent;
  title.remove();
}
document.addEventListener("pointermove", (event) => {
  const mark = event.target instanceof Element ? event.target.closest("[data-tip]") : null;
  box.hidden = mark === null;
  if (mark === null) return;
  box.textContent = mark.dataset.tip;
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const left = Math.min(event.clientX + 14, width - box.offsetWidth - 8);
  const below = event.clientY + 18;
  const isLow = below + box.offsetHeight > height;
  box.style.left = Math.max(8, left) + "px";
  box.style.top = (isLow ? event.clientY - box.offsetHeight - 10 : below) + "px";
});
document.addEventListener("pointerleave", () => { box.hidden = true; });
document.addEventListener("scroll", () => { box.hidden = true; }, { passive: true, capture: true });
`;
