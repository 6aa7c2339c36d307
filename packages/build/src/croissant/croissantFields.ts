import type { Column, ColumnType } from "../columns/questionColumns.ts";

const SCALARS = { string: "sc:Text", int64: "sc:Integer", float64: "sc:Float" } as const;

/** One field of a record set, in Croissant's own JSON. */
export type CroissantField = Readonly<Record<string, unknown>>;

/**
 * Columns of a JSONL file as Croissant's fields. What is inside of an object is read from the object's column by a JSONPath.
 *
 * @param recordSet the record set's @id, which the fields' ids begin with.
 * @param file @id of the file object that the values are in.
 */
export function croissantFields(columns: readonly Column[], recordSet: string, file: string): CroissantField[] {
  return columns.map((column) => {
    const id = `${recordSet}/${column.name}`;
    const source = { fileObject: { "@id": file }, extract: { column: column.name } };
    if (typeof column.type === "string" || "list" in column.type) return field(id, column, source);
    const subField = column.type.struct.map((inner) =>
      field(`${id}/${inner.name}`, inner, { ...source, transform: { jsonPath: `$.${inner.name}` } }),
    );
    return { ...described(id, column), subField };
  });
}

function field(id: string, column: Column, source: Readonly<Record<string, unknown>>): CroissantField {
  const { scalar, dimensions } = flatten(column.type);
  const array = dimensions === 0 ? {} : { isArray: true, arrayShape: Array<number>(dimensions).fill(-1).join(",") };
  return { ...described(id, column), dataType: SCALARS[scalar], ...array, source };
}

function described(id: string, { name, description }: Column): CroissantField {
  return { "@type": "cr:Field", "@id": id, name, ...(description === "" ? {} : { description }) };
}

/** Lists of lists as Croissant has them: one type, and how many dimensions. */
function flatten(type: ColumnType): { scalar: keyof typeof SCALARS; dimensions: number } {
  if (typeof type === "string") return { scalar: type, dimensions: 0 };
  if ("struct" in type)
    throw new TypeError("Croissant: an object inside of an object or a list has no field of its own");
  const { scalar, dimensions } = flatten(type.list);
  return { scalar, dimensions: dimensions + 1 };
}
