import type { SceneObject, Vec3 } from "@vsi/dataset";
import type { ShownRoom } from "@vsi/questions/internal";
import { boxCorners } from "../drawing/boxPoints.ts";
import { type Drawing, type DrawnSector, drawnPoints } from "../drawing/drawing.ts";

/** Metres around what is drawn. */
const MARGIN = 0.6;

/**
 * The room from above, drawn without WebGL: the same drawing, +Y up the page.
 *
 * Texts have the size of the page whatever the room's: the drawing is in metres, and a label is scaled by the longer side.
 */
export function PlanView({ room, drawing, labels }: { room: ShownRoom; drawing: Drawing; labels: boolean }) {
  const objects = room.facts.objects.filter(({ excluded }) => excluded !== "structure");
  const outline = room.facts.room.outline ?? [];
  const points = [...outline.flat(), ...objects.flatMap(({ box }) => boxCorners(box)), ...drawnPoints(drawing)];
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right] = [Math.min(...xs, 0) - MARGIN, Math.max(...xs, 0) + MARGIN];
  const [bottom, top] = [Math.min(...ys, 0) - MARGIN, Math.max(...ys, 0) + MARGIN];
  const letter = Math.max(right - left, top - bottom) / 46;
  const emphasisOf = new Map(drawing.objects.map(({ id, emphasis, label }) => [id, { emphasis, label }]));
  const text = ([x, y]: Vec3 | readonly [number, number], label: string, className: string) =>
    label === "" ? null : (
      <text x={x} y={-y} class={className} font-size={letter} stroke-width={letter / 4} text-anchor="middle">
        {label}
      </text>
    );
  return (
    <svg
      class="plan"
      role="img"
      aria-label={`Plan of ${room.facts.scene_name} from above`}
      viewBox={`${left} ${-top} ${right - left} ${top - bottom}`}
    >
      {outline.map((ring) => (
        <polygon class="room" points={pointList(ring)} />
      ))}
      {objects.map((object) => (
        <polygon class={`box ${emphasisOf.get(object.id)?.emphasis ?? ""}`} points={pointList(footprint(object))} />
      ))}
      {drawing.areas.flatMap(({ rings }) => rings.map((ring) => <polygon class="area" points={pointList(ring)} />))}
      {drawing.sectors.map((sector) => (
        <path class={`sector ${sector.isAnswer ? "answer" : "compared"}`} d={sectorPath(sector)} />
      ))}
      {drawing.segments.map(({ from, to, emphasis, isArrow, isExact }) => (
        <>
          <line
            class={`segment ${emphasis}${isExact ? "" : " dashed"}`}
            x1={from[0]}
            y1={-from[1]}
            x2={to[0]}
            y2={-to[1]}
          />
          {isArrow && <polygon class={`head ${emphasis}`} points={arrowHead(from, to, letter)} />}
        </>
      ))}
      {drawing.points.map(({ at, emphasis }) => (
        <circle class={`dot ${emphasis}`} cx={at[0]} cy={-at[1]} r={letter / 3} />
      ))}
      {labels &&
        objects
          .filter(({ id }) => !emphasisOf.has(id))
          .map((object) => text(object.box.center, room.nameOf(object), "plain"))}
      {drawing.sectors.map(({ center, start, end, radius_m, label }) => {
        const [angle, reach] = [(start + end) / 2, 0.7 * radius_m];
        return text([center[0] + reach * Math.cos(angle), center[1] + reach * Math.sin(angle)], label, "plain");
      })}
      {objects.map((object) => text(object.box.center, emphasisOf.get(object.id)?.label ?? "", "named"))}
      {drawing.areas.map(({ labelAt, label }) => text(labelAt, label, "answer"))}
      {drawing.points.map(({ at, label }) => text([at[0], at[1] - 1.5 * letter], label, "plain"))}
      {drawing.segments.map(({ from, to, label, emphasis }) =>
        text([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], label, emphasis),
      )}
    </svg>
  );
}

function pointList(points: readonly (readonly [number, number] | Vec3)[]): string {
  return points.map(([x, y]) => `${x},${-y}`).join(" ");
}

/** The convex hull of a box's corners from above (gift wrapping: there are eight). */
function footprint({ box }: SceneObject): [number, number][] {
  const corners = boxCorners(box).map(([x, y]): [number, number] => [x, y]);
  const start = corners.reduce((lowest, corner) =>
    corner[1] < lowest[1] || (corner[1] === lowest[1] && corner[0] < lowest[0]) ? corner : lowest,
  );
  const hull = [start];
  for (let at = start; hull.length <= corners.length; ) {
    const next = corners.reduce((best, corner) => {
      const cross = (best[0] - at[0]) * (corner[1] - at[1]) - (best[1] - at[1]) * (corner[0] - at[0]);
      const isFarther = Math.hypot(corner[0] - at[0], corner[1] - at[1]) > Math.hypot(best[0] - at[0], best[1] - at[1]);
      return best === at || cross < -1e-9 || (Math.abs(cross) <= 1e-9 && isFarther) ? corner : best;
    }, at);
    if (Math.hypot(next[0] - start[0], next[1] - start[1]) < 1e-6) break;
    hull.push(next);
    at = next;
  }
  return hull;
}

function sectorPath({ center: [x, y], start, end, radius_m }: DrawnSector): string {
  const rim = (angle: number) => `${x + radius_m * Math.cos(angle)} ${-(y + radius_m * Math.sin(angle))}`;
  const isLarge = end - start > Math.PI ? 1 : 0;
  return `M${x} ${-y} L${rim(start)} A${radius_m} ${radius_m} 0 ${isLarge} 0 ${rim(end)} Z`;
}

function arrowHead(from: Vec3, to: Vec3, size: number): string {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const corner = (turn: number): [number, number] => [
    to[0] - size * Math.cos(angle + turn),
    to[1] - size * Math.sin(angle + turn),
  ];
  return pointList([to, corner(0.4), corner(-0.4)]);
}
