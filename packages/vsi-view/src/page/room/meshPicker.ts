import {
  BufferAttribute,
  BufferGeometry,
  type Camera,
  Mesh,
  NoBlending,
  type OrthographicCamera,
  type PerspectiveCamera,
  Scene,
  ShaderMaterial,
  type WebGLRenderer,
  WebGLRenderTarget,
} from "three";
import type { RoomMesh } from "./mesh.ts";

/**
 * Tells which object a mesh shows under a pixel: one pixel is drawn with objects' ids for colours. Two million triangles
 * take milliseconds on a graphics card, which a search on the processor would need a tree for.
 */
export class MeshPicker {
  readonly #scene = new Scene();
  readonly #geometry = new BufferGeometry();
  readonly #target = new WebGLRenderTarget(1, 1);
  readonly #material = new ShaderMaterial({
    // Flat: between an object's vertices and another's there is no third object.
    vertexShader: `in vec3 code; flat out vec3 vCode;
void main() { vCode = code; gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }`,
    fragmentShader: `flat in vec3 vCode; layout(location = 0) out vec4 pc_code;
void main() { pc_code = vec4(vCode, 1.0); }`,
    glslVersion: "300 es",
    blending: NoBlending,
  });

  constructor({ positions, triangles, objects }: RoomMesh) {
    this.#geometry.setAttribute("position", new BufferAttribute(positions, 3));
    this.#geometry.setIndex(new BufferAttribute(triangles, 1));
    this.#geometry.setAttribute("code", new BufferAttribute(codesOf(objects), 3, true));
    this.#scene.add(new Mesh(this.#geometry, this.#material));
  }

  /** @returns null where there is no mesh, or none of an object. */
  objectAt(renderer: WebGLRenderer, camera: Camera, x: number, y: number): number | null {
    const view = camera as PerspectiveCamera | OrthographicCamera;
    const { clientWidth: width, clientHeight: height } = renderer.domElement;
    const clear = renderer.getClearAlpha();
    view.setViewOffset(width, height, Math.floor(x), Math.floor(y), 1, 1);
    renderer.setRenderTarget(this.#target);
    renderer.setClearAlpha(0);
    renderer.render(this.#scene, view);
    const pixel = new Uint8Array(4);
    renderer.readRenderTargetPixels(this.#target, 0, 0, 1, 1, pixel);
    renderer.setRenderTarget(null);
    renderer.setClearAlpha(clear);
    view.clearViewOffset();
    const [low = 0, middle = 0, high = 0, alpha = 0] = pixel;
    const code = low + 256 * middle + 65536 * high;
    return alpha === 0 || code === 0 ? null : code - 1;
  }

  dispose(): void {
    this.#geometry.dispose();
    this.#material.dispose();
    this.#target.dispose();
  }
}

/** Ids from 0 to 16,777,214 in three bytes, one more than they are; 0 for none. */
function codesOf(objects: Int32Array): Uint8Array {
  const codes = new Uint8Array(3 * objects.length);
  for (let vertex = 0; vertex < objects.length; vertex += 1) {
    const code = (objects[vertex] as number) + 1;
    codes[3 * vertex] = code & 255;
    codes[3 * vertex + 1] = (code >> 8) & 255;
    codes[3 * vertex + 2] = (code >> 16) & 255;
  }
  return codes;
}
