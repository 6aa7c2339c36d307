import type { CameraIntrinsics, SceneFacts, SceneObject, Vec3 } from "@vsi/dataset";
import type { ShownFrame } from "@vsi/questions";
import {
  BoxGeometry,
  BufferAttribute,
  BufferGeometry,
  Color,
  ConeGeometry,
  DoubleSide,
  Float32BufferAttribute,
  Group,
  Line,
  LineBasicMaterial,
  LineSegments,
  type Material,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  type Object3D,
  Points,
  Quaternion,
  ShaderMaterial,
  Shape,
  ShapeGeometry,
  Vector2,
  Vector3,
} from "three";
import { LineMaterial } from "three/addons/lines/LineMaterial.js";
import { LineSegments2 } from "three/addons/lines/LineSegments2.js";
import { LineSegmentsGeometry } from "three/addons/lines/LineSegmentsGeometry.js";
import { BOX_EDGES, boxCorners } from "../drawing/boxPoints.ts";
import type { Drawing, DrawnArea, DrawnSector, DrawnSegment, Emphasis } from "../drawing/drawing.ts";
import { type MeshColors, meshColors, type RoomMesh } from "./mesh.ts";
import type { Palette } from "./palette.ts";

/** Pixels. */
const LINE_WIDTH: Readonly<Record<Emphasis, number>> = { answer: 4, asked: 3, compared: 2.5, helper: 1.5 };

/** What the question is about is drawn over everything: a measured segment often runs inside furniture. */
const OVER_ALL = 10;

/** Frees what a layer holds on the graphics card. */
export function disposeAll(root: Object3D): void {
  root.traverse((part) => {
    const { geometry, material } = part as Partial<Mesh>;
    geometry?.dispose();
    for (const one of [material ?? []].flat()) (one as Material).dispose();
  });
  root.removeFromParent();
}

/** The scan's mesh; seen from outside, its walls and ceiling are not there, since they face inwards. */
export function meshLayer(mesh: RoomMesh, mode: MeshColors): Mesh {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(mesh.positions, 3));
  geometry.setIndex(new BufferAttribute(mesh.triangles, 1));
  const material =
    mesh.colors === null || mode === "instances"
      ? new MeshLambertMaterial({ vertexColors: true, flatShading: true })
      : new MeshBasicMaterial({ vertexColors: true });
  const layer = new Mesh(geometry, material);
  colorMesh(layer, mesh, mode);
  return layer;
}

function colorMesh(layer: Mesh, mesh: RoomMesh, mode: MeshColors): void {
  layer.geometry.setAttribute("color", new BufferAttribute(meshColors(mesh, mode), 3, true));
}

/** The floor and its outline; without an outline, the rectangle around the room's furniture. */
export function floorLayer({ room, objects }: SceneFacts, floor_m: number, palette: Palette): Group {
  const rings = room.outline ?? [rectangleAround(objects)];
  const group = new Group();
  group.add(flatShapes(rings, floor_m - 0.01, new MeshBasicMaterial({ color: palette.floor, side: DoubleSide })));
  for (const ring of rings) {
    const points = [...ring, ...ring.slice(0, 1)].map(([x, y]) => new Vector3(x, y, floor_m));
    group.add(new Line(new BufferGeometry().setFromPoints(points), new LineBasicMaterial({ color: palette.wall })));
  }
  return group;
}

function rectangleAround(objects: readonly SceneObject[]): [number, number][] {
  const corners = objects.flatMap(({ box }) => boxCorners(box));
  const span = (axis: 0 | 1) => {
    const values = corners.map((corner) => corner[axis]);
    return [Math.min(...values, Number.POSITIVE_INFINITY), Math.max(...values)] as const;
  };
  if (corners.length === 0) return [];
  const [[left, right], [bottom, top]] = [span(0), span(1)];
  return [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
  ];
}

function flatShapes(rings: DrawnArea["rings"], height_m: number, material: Material): Mesh {
  const shapes = rings
    .filter((ring) => ring.length > 2)
    .map((ring) => new Shape(ring.map(([x, y]) => new Vector2(x, y))));
  const mesh = new Mesh(new ShapeGeometry(shapes), material);
  mesh.position.z = height_m;
  return mesh;
}

/** Boxes of what stands in the room; filled where no mesh shows it. */
export function boxLayer(objects: readonly SceneObject[], isFilled: boolean, palette: Palette): Group {
  const group = new Group();
  const ends = objects.flatMap(({ box }) => boxEdges(boxCorners(box)));
  group.add(
    new LineSegments(
      new BufferGeometry().setFromPoints(ends.map((point) => new Vector3(...point))),
      new LineBasicMaterial({ color: palette.edge, transparent: true, opacity: isFilled ? 0.9 : 0.55 }),
    ),
  );
  if (isFilled) {
    const material = new MeshLambertMaterial({
      color: palette.box,
      transparent: true,
      opacity: 0.5,
      depthWrite: false,
    });
    for (const { box } of objects) group.add(boxMesh(box, material));
  }
  return group;
}

function boxEdges(corners: readonly Vec3[]): Vec3[] {
  return BOX_EDGES.flatMap((edge) => edge.map((corner) => corners[corner] as Vec3));
}

function boxMesh({ center, size, axes }: SceneObject["box"], material: Material): Mesh {
  const mesh = new Mesh(new BoxGeometry(...size.map((side) => Math.max(side, 0.001))), material);
  const [x, y, z] = axes.map((axis) => new Vector3(...axis)) as [Vector3, Vector3, Vector3];
  // A left-handed triple of axes is a box's too, but no rotation.
  const third = new Vector3().crossVectors(x, y).dot(z) < 0 ? z.negate() : z;
  mesh.quaternion.setFromRotationMatrix(new Matrix4().makeBasis(x, y, third));
  mesh.position.set(...center);
  return mesh;
}

/** An object that the pointer is over, or that was picked. */
export function outlineLayer({ box }: SceneObject, color: string): Object3D {
  return thickLines(boxEdges(boxCorners(box)), { color, width: 2, isDashed: false });
}

/** Metres from a camera's centre to the rectangle that shows where it looks. */
const FRUSTUM_LENGTH = 0.22;

/** The camera's way through the room and where it looked in the sampled frames. */
export function cameraLayer(
  frames: readonly ShownFrame[],
  intrinsics: CameraIntrinsics,
  marked: ReadonlySet<string>,
  hasPath: boolean,
  palette: Palette,
): Group {
  const group = new Group();
  const path = new BufferGeometry().setFromPoints(frames.map(({ position }) => new Vector3(...position)));
  if (hasPath)
    group.add(new Line(path, new LineBasicMaterial({ color: palette.camera, transparent: true, opacity: 0.7 })));
  const others = frames
    .filter(({ name }) => !marked.has(name))
    .flatMap((frame) => frustum(frame, intrinsics, FRUSTUM_LENGTH));
  group.add(
    new LineSegments(
      new BufferGeometry().setFromPoints(others.map((point) => new Vector3(...point))),
      new LineBasicMaterial({ color: palette.camera, transparent: true, opacity: 0.45 }),
    ),
  );
  const shown = frames
    .filter(({ name }) => marked.has(name))
    .flatMap((frame) => frustum(frame, intrinsics, 2 * FRUSTUM_LENGTH));
  if (shown.length > 0) group.add(thickLines(shown, { color: palette.camera, width: 2.5, isDashed: false }));
  return group;
}

/** Pairs of points: the four edges from the camera's centre and the rectangle's sides. */
function frustum(
  { position, axes }: ShownFrame,
  { width, height, fx, fy, cx, cy }: CameraIntrinsics,
  depth: number,
): Vec3[] {
  const [right, down, forward] = axes as [Vec3, Vec3, Vec3];
  const corner = (u: number, v: number): Vec3 => {
    const [x, y] = [((u - cx) / fx) * depth, ((v - cy) / fy) * depth];
    return [0, 1, 2].map(
      (k) =>
        (position[k] as number) + x * (right[k] as number) + y * (down[k] as number) + depth * (forward[k] as number),
    ) as Vec3;
  };
  const corners = [corner(0, 0), corner(width, 0), corner(width, height), corner(0, height)];
  return corners.flatMap((point, index) => [position, point, point, corners[(index + 1) % 4] as Vec3]);
}

/** A question's drawing, over everything else. */
export function drawingLayer(drawing: Drawing, facts: SceneFacts, palette: Palette): Group {
  const group = new Group();
  for (const { id, emphasis } of drawing.objects) {
    const object = facts.objects.find((one) => one.id === id);
    if (!object) continue;
    const fill = new MeshBasicMaterial({
      color: palette[emphasis],
      transparent: true,
      opacity: 0.22,
      depthWrite: false,
    });
    group.add(boxMesh(object.box, fill));
    group.add(thickLines(boxEdges(boxCorners(object.box)), { color: palette[emphasis], width: 2, isDashed: false }));
  }
  for (const area of drawing.areas) group.add(areaMesh(area, palette));
  for (const sector of drawing.sectors) group.add(...sectorParts(sector, palette));
  for (const line of drawing.segments) group.add(...segmentParts(line, palette));
  const ends = drawing.segments.filter(({ emphasis, isArrow }) => emphasis !== "helper" && !isArrow);
  const dots = [
    ...ends.flatMap(({ from, to, emphasis }) => [from, to].map((at) => ({ at, emphasis }))),
    ...drawing.points,
  ];
  if (dots.length > 0) group.add(dotLayer(dots, palette));
  return group;
}

function areaMesh({ rings, height_m }: DrawnArea, palette: Palette): Object3D {
  const group = new Group();
  const fill = { color: palette.answer, transparent: true, opacity: 0.28, side: DoubleSide, depthWrite: false };
  group.add(flatShapes(rings, height_m + 0.01, new MeshBasicMaterial(fill)));
  const sides = rings.flatMap((ring) =>
    ring.flatMap(([x, y], index): Vec3[] => {
      const [nextX, nextY] = ring[(index + 1) % ring.length] as readonly [number, number];
      return [
        [x, y, height_m + 0.02],
        [nextX, nextY, height_m + 0.02],
      ];
    }),
  );
  group.add(thickLines(sides, { color: palette.answer, width: 3, isDashed: false }));
  return group;
}

/** Radians per step of an arc. */
const ARC_STEP = Math.PI / 48;

function sectorParts({ center, start, end, radius_m, isAnswer }: DrawnSector, palette: Palette): Object3D[] {
  const steps = Math.max(2, Math.ceil((end - start) / ARC_STEP));
  const rim = Array.from({ length: steps + 1 }, (_, step): [number, number] => {
    const angle = start + ((end - start) * step) / steps;
    return [center[0] + radius_m * Math.cos(angle), center[1] + radius_m * Math.sin(angle)];
  });
  const color = isAnswer ? palette.answer : palette.compared;
  const fill = { color, transparent: true, opacity: isAnswer ? 0.3 : 0.1, side: DoubleSide, depthWrite: false };
  const mesh = flatShapes([[[center[0], center[1]], ...rim]], center[2], new MeshBasicMaterial(fill));
  const outline = [center, ...rim.map(([x, y]): Vec3 => [x, y, center[2]]), center];
  const sides = outline.slice(1).flatMap((point, index) => [outline[index] as Vec3, point]);
  return [mesh, thickLines(sides, { color, width: 1, isDashed: false })];
}

/** Metres. */
const ARROW_LENGTH = 0.2;

function segmentParts({ from, to, emphasis, isArrow, isExact }: DrawnSegment, palette: Palette): Object3D[] {
  const color = palette[emphasis];
  const isDashed = !isExact || emphasis === "helper";
  const parts: Object3D[] = [thickLines([from, to], { color, width: LINE_WIDTH[emphasis], isDashed })];
  const along = new Vector3(...to).sub(new Vector3(...from));
  const length = along.length();
  if (isArrow && length > 0) {
    const headLength = Math.min(ARROW_LENGTH, 0.4 * length);
    const material = new MeshBasicMaterial({ color, depthTest: false, transparent: true });
    const head = new Mesh(new ConeGeometry(0.35 * headLength, headLength, 16), material);
    along.divideScalar(length);
    head.position.set(...to).addScaledVector(along, -headLength / 2);
    head.quaternion.copy(new Quaternion().setFromUnitVectors(new Vector3(0, 1, 0), along));
    head.renderOrder = OVER_ALL + 1;
    parts.push(head);
  }
  return parts;
}

interface LineStyle {
  color: string;
  /** Pixels. */
  width: number;
  isDashed: boolean;
}

/** WebGL's own lines are one pixel wide everywhere. */
function thickLines(ends: readonly Vec3[], { color, width, isDashed }: LineStyle): LineSegments2 {
  const geometry = new LineSegmentsGeometry();
  geometry.setPositions(ends.flat());
  const dashes = isDashed ? { dashed: true, dashSize: 0.08, gapSize: 0.06 } : {};
  const material = new LineMaterial({
    color: new Color(color).getHex(),
    linewidth: width,
    depthTest: false,
    transparent: true,
    ...dashes,
  });
  const lines = new LineSegments2(geometry, material);
  if (isDashed) lines.computeLineDistances();
  lines.renderOrder = OVER_ALL;
  return lines;
}

/** Round dots of the same size at any distance. */
function dotLayer(dots: readonly { at: Vec3; emphasis: Emphasis }[], palette: Palette): Points {
  const geometry = new BufferGeometry();
  geometry.setAttribute(
    "position",
    new Float32BufferAttribute(
      dots.flatMap(({ at }) => at),
      3,
    ),
  );
  const colors = dots.flatMap(({ emphasis }) => new Color(palette[emphasis]).toArray());
  geometry.setAttribute("color", new Float32BufferAttribute(colors, 3));
  const material = new ShaderMaterial({
    vertexShader: `attribute vec3 color; varying vec3 vColor; uniform float ratio;
void main() { vColor = color; gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); gl_PointSize = 11.0 * ratio; }`,
    fragmentShader: `varying vec3 vColor; uniform vec3 rim;
void main() { float r = length(gl_PointCoord - 0.5); if (r > 0.5) discard; gl_FragColor = vec4(r > 0.36 ? rim : vColor, 1.0); }`,
    uniforms: { ratio: { value: window.devicePixelRatio }, rim: { value: new Color(palette.background) } },
    depthTest: false,
    transparent: true,
  });
  const points = new Points(geometry, material);
  points.renderOrder = OVER_ALL + 2;
  return points;
}
