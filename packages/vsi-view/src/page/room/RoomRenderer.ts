import type { SceneObject, Vec3 } from "@vsi/dataset";
import type { ShownFrame } from "@vsi/questions";
import type { ShownRoom } from "@vsi/questions/internal";
import {
  Box3,
  type Camera,
  Color,
  ColorManagement,
  DirectionalLight,
  HemisphereLight,
  LinearSRGBColorSpace,
  type Object3D,
  OrthographicCamera,
  PerspectiveCamera,
  Raycaster,
  Scene,
  Vector2,
  Vector3,
  WebGLRenderer,
} from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import { boxCorners, pickBox } from "../drawing/boxPoints.ts";
import { type Drawing, drawingOf, drawnPoints } from "../drawing/drawing.ts";
import { drawingLabels, type RoomLabel } from "../drawing/labels.ts";
import { frameOrbit, frameTop, spanTop } from "./framing.ts";
import { LabelLayer } from "./labelLayer.ts";
import { boxLayer, cameraLayer, disposeAll, drawingLayer, floorLayer, meshLayer, outlineLayer } from "./layers.ts";
import type { MeshColors, RoomMesh } from "./mesh.ts";
import { MeshPicker } from "./meshPicker.ts";
import { type Palette, readPalette } from "./palette.ts";
import { pictureOf } from "./picture.ts";

// Colours of scans and of the style sheet are shown as they are; nothing here is lit but to tell faces apart.
ColorManagement.enabled = false;

/** What of a room is shown. */
export interface RoomOptions {
  view: "orbit" | "top";
  /** "none" hides the mesh. */
  mesh: MeshColors | "none";
  boxes: boolean;
  /** Names of all objects, not only of those that the question is about. */
  labels: boolean;
  cameras: boolean;
}

/** Degrees that the camera of the orbit view sees from top to bottom. */
const FIELD_OF_VIEW = 45;

/** Pixels that the pointer may move between press and release for a click. */
const CLICK_SLACK = 4;

/**
 * Draws one room with three.js and tells which object the pointer is over. Nothing runs while nobody moves anything:
 * every change asks for one picture.
 *
 * @throws Error where the browser gives no WebGL context.
 */
export class RoomRenderer {
  /** Called with an object's id, or null. */
  onHover: (id: number | null) => void = () => {};
  onPick: (id: number | null) => void = () => {};

  readonly #host: HTMLElement;
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #labels: LabelLayer;
  readonly #perspective = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.02, 500);
  readonly #top = new OrthographicCamera(-1, 1, 1, -1, 0.1, 500);
  readonly #orbit: OrbitControls;
  readonly #pan: OrbitControls;
  readonly #resized: ResizeObserver;
  readonly #listening = new AbortController();

  #palette: Palette;
  #room: ShownRoom;
  #pickable: SceneObject[] = [];
  #bounds = new Box3();
  #mesh: RoomMesh | null = null;
  #picker: MeshPicker | null = null;
  #options: RoomOptions;
  #drawing: Drawing = drawingOf({});
  #marked: ReadonlySet<string> = new Set();
  #hovered: number | null = null;
  #picked: number | null = null;
  #layers: Record<string, Object3D> = {};
  #frame = 0;
  #hoverFrame = 0;
  /** Whether somebody chose the view: it then stays as it is, whatever is drawn. */
  #isMoved = false;

  constructor(host: HTMLElement, room: ShownRoom, options: RoomOptions) {
    this.#host = host;
    this.#options = options;
    this.#renderer = new WebGLRenderer({ antialias: true, preserveDrawingBuffer: false });
    this.#renderer.outputColorSpace = LinearSRGBColorSpace;
    this.#renderer.setPixelRatio(window.devicePixelRatio);
    const canvas = this.#renderer.domElement;
    canvas.setAttribute("aria-hidden", "true");
    const labels = document.createElement("div");
    labels.className = "labels";
    host.append(canvas, labels);
    this.#labels = new LabelLayer(labels);
    this.#perspective.up.set(0, 0, 1);
    this.#orbit = new OrbitControls(this.#perspective, canvas);
    this.#orbit.maxPolarAngle = Math.PI - 0.05;
    this.#pan = new OrbitControls(this.#top, canvas);
    this.#pan.enableRotate = false;
    this.#pan.screenSpacePanning = true;
    // One finger or the left button moves what cannot be turned.
    this.#pan.mouseButtons.LEFT = 2;
    this.#pan.touches.ONE = 1;
    for (const controls of [this.#orbit, this.#pan]) {
      controls.enableDamping = false;
      // A click is held as well, and moves nothing.
      let isHeld = false;
      controls.addEventListener("start", () => (isHeld = true));
      controls.addEventListener("end", () => (isHeld = false));
      controls.addEventListener("change", () => {
        this.#isMoved ||= isHeld;
        this.#invalidate();
      });
    }
    const light = new DirectionalLight(0xffffff, 1.6);
    light.position.set(-2, -4, 8);
    this.#scene.add(new HemisphereLight(0xffffff, 0xb0b0b0, 2.0), light);
    this.#palette = readPalette(host);
    this.#room = room;
    this.#show(room);
    this.setOptions(options);
    this.#listen(canvas);
    this.#resized = new ResizeObserver(() => this.#resize());
    this.#resized.observe(host);
    this.#resize();
  }

  get room(): ShownRoom {
    return this.#room;
  }

  #show(room: ShownRoom): void {
    this.#pickable = room.facts.objects.filter(({ excluded }) => excluded !== "structure");
    const corners = this.#pickable.flatMap(({ box }) => boxCorners(box));
    const outline = (room.facts.room.outline ?? []).flat().map(([x, y]): Vec3 => [x, y, room.floor_m]);
    this.#bounds = new Box3().setFromPoints([...corners, ...outline].map((point) => new Vector3(...point)));
    if (this.#bounds.isEmpty()) this.#bounds.set(new Vector3(-2, -2, 0), new Vector3(2, 2, 2));
    this.#rebuildRoom();
  }

  /** The scan's mesh, once it is there. */
  setMesh(mesh: RoomMesh | null): void {
    this.#mesh = mesh;
    this.#picker?.dispose();
    this.#picker = null;
    this.#rebuildRoom();
  }

  setOptions(options: RoomOptions): void {
    const old = this.#options;
    this.#options = options;
    this.#orbit.enabled = options.view === "orbit";
    this.#pan.enabled = options.view === "top";
    if (old.mesh !== options.mesh || old.boxes !== options.boxes) this.#rebuildRoom();
    this.#rebuildCameras();
    this.#writeLabels();
    this.#invalidate();
  }

  setDrawing(drawing: Drawing): void {
    this.#drawing = drawing;
    this.#replace("drawing", drawingLayer(drawing, this.#room.facts, this.#palette));
    this.#rebuildCameras();
    this.#writeLabels();
    if (!this.#isMoved) this.reset();
  }

  /** Frames whose cameras are shown larger, besides those of the drawing. */
  setMarkedFrames(names: ReadonlySet<string>): void {
    this.#marked = names;
    this.#rebuildCameras();
  }

  setPicked(id: number | null): void {
    this.#picked = id;
    this.#outline("picked", id, this.#palette.asked);
    this.#writeLabels();
  }

  /** Reads the colours again: the theme has changed. */
  recolor(): void {
    this.#palette = readPalette(this.#host);
    this.#rebuildRoom();
    this.setDrawing(this.#drawing);
    this.setPicked(this.#picked);
  }

  /** Brings the whole room into view, with all that is drawn: the sectors around a standpoint reach beyond its walls. */
  reset(): void {
    this.#isMoved = false;
    const points = this.#shownPoints();
    const aspect = this.#host.clientWidth / Math.max(1, this.#host.clientHeight);
    this.#perspective.fov = FIELD_OF_VIEW;
    this.#perspective.updateProjectionMatrix();
    this.#orbit.target.copy(frameOrbit(this.#perspective, points, aspect));
    this.#orbit.update();
    this.#pan.target.copy(frameTop(this.#top, points, aspect));
    this.#pan.update();
    this.#invalidate();
  }

  #shownPoints(): Vector3[] {
    const { min, max } = this.#bounds;
    const corners = [min.x, max.x].flatMap((x) =>
      [min.y, max.y].flatMap((y) => [min.z, max.z].map((z) => new Vector3(x, y, z))),
    );
    return [...corners, ...drawnPoints(this.#drawing).map((point) => new Vector3(...point))];
  }

  /** Looks through the camera of a frame. */
  lookFrom(frame: ShownFrame): void {
    const forward = frame.axes[2] ?? [0, 1, 0];
    const { intrinsics } = this.#room.facts.camera ?? {};
    if (intrinsics) {
      this.#perspective.fov = (2 * Math.atan(intrinsics.height / 2 / intrinsics.fy) * 180) / Math.PI;
      this.#perspective.updateProjectionMatrix();
    }
    this.#isMoved = true;
    this.#perspective.position.set(...frame.position);
    this.#orbit.target.set(...frame.position).addScaledVector(new Vector3(...forward), 1.5);
    this.#orbit.update();
    this.#invalidate();
  }

  /** What is on show, with its labels, as a PNG; null where the browser makes none. */
  screenshot(): Promise<Blob | null> {
    // A canvas is empty again once the browser has shown it.
    this.#draw();
    return pictureOf(this.#renderer.domElement, this.#host);
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    cancelAnimationFrame(this.#hoverFrame);
    this.#listening.abort();
    this.#resized.disconnect();
    this.#orbit.dispose();
    this.#pan.dispose();
    this.#picker?.dispose();
    for (const layer of Object.values(this.#layers)) disposeAll(layer);
    this.#renderer.dispose();
    // Browsers keep some 16 contexts in all, and take the oldest away.
    this.#renderer.forceContextLoss();
    this.#host.replaceChildren();
  }

  get #camera(): PerspectiveCamera | OrthographicCamera {
    return this.#options.view === "top" ? this.#top : this.#perspective;
  }

  #rebuildRoom(): void {
    const { mesh, boxes } = this.#options;
    const isMeshShown = this.#mesh !== null && mesh !== "none";
    this.#replace("mesh", this.#mesh !== null && mesh !== "none" ? meshLayer(this.#mesh, mesh) : null);
    this.#replace("floor", isMeshShown ? null : floorLayer(this.#room.facts, this.#room.floor_m, this.#palette));
    this.#replace("boxes", boxes || !isMeshShown ? boxLayer(this.#pickable, !isMeshShown, this.#palette) : null);
    this.#scene.background = new Color(this.#palette.background);
    this.#rebuildCameras();
  }

  #rebuildCameras(): void {
    const { facts, frames } = this.#room;
    const marked = new Set([...this.#drawing.frames, ...this.#marked]);
    const shown = frames === null ? [] : this.#options.cameras ? frames : frames.filter(({ name }) => marked.has(name));
    const layer =
      facts.camera && shown.length > 0
        ? cameraLayer(shown, facts.camera.intrinsics, marked, this.#options.cameras, this.#palette)
        : null;
    this.#replace("cameras", layer);
  }

  #replace(name: string, layer: Object3D | null): void {
    const old = this.#layers[name];
    if (old) disposeAll(old);
    delete this.#layers[name];
    if (layer !== null) {
      this.#layers[name] = layer;
      this.#scene.add(layer);
    }
    this.#invalidate();
  }

  #outline(name: string, id: number | null, color: string): void {
    const object = id === null ? undefined : this.#room.facts.objects.find((one) => one.id === id);
    this.#replace(name, object ? outlineLayer(object, color) : null);
  }

  #centerOf(id: number): Vec3 | null {
    return this.#room.facts.objects.find((object) => object.id === id)?.box.center ?? null;
  }

  #writeLabels(): void {
    const drawn = new Set(this.#drawing.objects.map(({ id }) => id));
    const named = (id: number | null): RoomLabel[] => {
      const object = this.#room.facts.objects.find((one) => one.id === id);
      return object && !drawn.has(object.id)
        ? [{ at: object.box.center, text: this.#room.nameOf(object), emphasis: "helper", isBeside: true }]
        : [];
    };
    const pointed = new Set([this.#hovered, this.#picked]);
    const all = this.#options.labels
      ? this.#pickable
          .filter(({ id }) => !drawn.has(id) && !pointed.has(id))
          .map((object): RoomLabel => ({ at: object.box.center, text: this.#room.nameOf(object), emphasis: null }))
      : [];
    this.#labels.set([
      ...[...pointed].flatMap(named),
      ...drawingLabels(this.#drawing, (id) => this.#centerOf(id)),
      ...all,
    ]);
    this.#invalidate();
  }

  #listen(canvas: HTMLCanvasElement): void {
    const { signal } = this.#listening;
    let pressed: readonly [number, number] | null = null;
    canvas.addEventListener("pointerdown", ({ clientX, clientY }) => (pressed = [clientX, clientY]), { signal });
    canvas.addEventListener(
      "pointerup",
      (event) => {
        const [x, y] = pressed ?? [Number.NaN, 0];
        pressed = null;
        if (Math.hypot(event.clientX - x, event.clientY - y) <= CLICK_SLACK) this.onPick(this.#objectAt(event));
      },
      { signal },
    );
    canvas.addEventListener(
      "pointermove",
      (event) => {
        if (event.buttons !== 0) return;
        cancelAnimationFrame(this.#hoverFrame);
        this.#hoverFrame = requestAnimationFrame(() => this.#hover(this.#objectAt(event)));
      },
      { signal },
    );
    canvas.addEventListener(
      "pointerleave",
      () => {
        cancelAnimationFrame(this.#hoverFrame);
        this.#hover(null);
      },
      { signal },
    );
    // Another tab may have taken the graphics card; what was drawn is drawn again.
    canvas.addEventListener("webglcontextrestored", () => this.#rebuildRoom(), { signal });
  }

  #hover(id: number | null): void {
    if (id === this.#hovered) return;
    this.#hovered = id;
    this.#host.style.cursor = id === null ? "" : "pointer";
    this.#outline("hovered", id, this.#palette.helper);
    this.#writeLabels();
    this.onHover(id);
  }

  /** What the mesh shows there, where its vertices know their objects; otherwise the nearest box. */
  #objectAt({ clientX, clientY }: PointerEvent): number | null {
    const canvas = this.#renderer.domElement.getBoundingClientRect();
    const [x, y] = [clientX - canvas.left, clientY - canvas.top];
    if (this.#mesh !== null && this.#options.mesh !== "none") {
      this.#picker ??= new MeshPicker(this.#mesh);
      const id = this.#picker.objectAt(this.#renderer, this.#camera, x, y);
      if (id !== null) return id;
    }
    const caster = new Raycaster();
    caster.setFromCamera(new Vector2((x / canvas.width) * 2 - 1, 1 - (y / canvas.height) * 2), this.#camera);
    const { origin, direction } = caster.ray;
    return pickBox(this.#pickable, origin.toArray() as Vec3, direction.toArray() as Vec3)?.id ?? null;
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#host;
    if (width === 0 || height === 0) return;
    this.#renderer.setSize(width, height);
    this.#perspective.aspect = width / height;
    this.#perspective.updateProjectionMatrix();
    if (this.#isMoved) spanTop(this.#top, this.#shownPoints(), width / height);
    else this.reset();
    // At once: a resized canvas is empty until it is drawn.
    this.#draw();
  }

  #invalidate(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const { clientWidth: width, clientHeight: height } = this.#host;
    if (width === 0 || height === 0) return;
    const camera: Camera = this.#camera;
    this.#renderer.render(this.#scene, camera);
    this.#labels.place(camera, width, height);
  }
}
