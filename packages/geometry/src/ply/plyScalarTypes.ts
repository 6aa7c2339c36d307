/** Reads one number of a little-endian PLY body. `offset` counts bytes from the start of `view`. */
export type ReadScalar = (view: DataView, offset: number) => number;

/** A scalar type of the PLY format: its size in bytes and how a little-endian value is read. */
export interface PlyScalarType {
  byteLength: number;
  read: ReadScalar;
}

const int8: PlyScalarType = { byteLength: 1, read: (view, offset) => view.getInt8(offset) };
const uint8: PlyScalarType = { byteLength: 1, read: (view, offset) => view.getUint8(offset) };
const int16: PlyScalarType = { byteLength: 2, read: (view, offset) => view.getInt16(offset, true) };
const uint16: PlyScalarType = { byteLength: 2, read: (view, offset) => view.getUint16(offset, true) };
const int32: PlyScalarType = { byteLength: 4, read: (view, offset) => view.getInt32(offset, true) };
const uint32: PlyScalarType = { byteLength: 4, read: (view, offset) => view.getUint32(offset, true) };
const float32: PlyScalarType = { byteLength: 4, read: (view, offset) => view.getFloat32(offset, true) };
const float64: PlyScalarType = { byteLength: 8, read: (view, offset) => view.getFloat64(offset, true) };

/**
 * The scalar types by the names headers use: those of Greg Turk's PLY description ("float") and the sized ones
 * later writers use ("float32").
 */
export const plyScalarTypes: ReadonlyMap<string, PlyScalarType> = new Map([
  ["char", int8],
  ["int8", int8],
  ["uchar", uint8],
  ["uint8", uint8],
  ["short", int16],
  ["int16", int16],
  ["ushort", uint16],
  ["uint16", uint16],
  ["int", int32],
  ["int32", int32],
  ["uint", uint32],
  ["uint32", uint32],
  ["float", float32],
  ["float32", float32],
  ["double", float64],
  ["float64", float64],
]);
