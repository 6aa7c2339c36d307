import type { SceneObject } from "@vsi/dataset";
import table from "@vsi/scannet-manifests/label-kinds.json" with { type: "json" };

/** A wider name of a label, and whether everybody would use it. */
interface Step {
  to: string;
  isSure: boolean;
}

/**
 * Why a viewer may understand a name otherwise than the annotation does; null where nobody would. A second reading of
 * the table of @vsi/scannet-manifests, without the generator's code, so as not to repeat its mistakes.
 *
 * @param name what questions call the objects.
 * @param named all objects that questions call so.
 * @param objects all of the scene, with their own labels and categories.
 */
export function nameDoubt(name: string, named: readonly SceneObject[], objects: readonly SceneObject[]): string | null {
  if (isVague(name)) return `"${name}", which may be anything`;
  const many = [name, ...named.map(({ label }) => label)].find(isMany);
  if (many !== undefined) return `"${many}", of which one annotation is many things`;
  const ids = new Set(named.map(({ id }) => id));
  for (const { id, label, category, excluded } of objects) {
    if (ids.has(id) || excluded === "structure") continue;
    const other = [label, category].find((word) => mayMean(name, word) || mayMean(word, name));
    if (other !== undefined) return `"${name}" beside id ${id}, "${other}"`;
  }
  return null;
}

/** The widest name of a category that everybody would use: "chair" for "office chair". */
export function widestName(category: string): string {
  const [shortest = "", ...wider] = sureNames(category);
  const widest = wider.filter((name) => !isVague(name)).at(-1) ?? shortest;
  return widest === plain(category) ? category : widest;
}

const KNOWN = new Map(table.rows.map((row) => [row.label, { like: [], may_be: [], ...row }]));

/** Whether who says `word` may mean what the annotation calls `label`. */
function mayMean(word: string, label: string): boolean {
  const wanted = firstOf(sureNames(word));
  const groups = new Set<string>(KNOWN.get(wanted)?.like);
  const isAlike = (name: string) => KNOWN.get(name)?.like.some((group) => groups.has(group)) ?? false;
  return sureNames(label).some(isAlike) || allNames(label).has(wanted);
}

function isVague(label: string): boolean {
  const row = KNOWN.get(plain(label)) ?? KNOWN.get(firstOf(sureNames(label)));
  return row !== undefined && "asked" in row && row.asked === false;
}

function isMany(label: string): boolean {
  const [thing = "", ...content] = plain(label).split(" of ");
  const row = KNOWN.get(plain(label)) ?? KNOWN.get(thing.split(" ").at(-1) ?? "");
  if (row !== undefined) return "plural" in row && row.plural === true;
  const one = singular(thing);
  return one !== thing || (content.length > 0 && MANY.has(one));
}

/** What means many of what follows "of". */
const MANY = new Set("bunch bundle collection group heap pack pair pile row set stack".split(" "));

/** The name that synonyms and plurals share, and then ever wider ones that everybody would use. */
function sureNames(label: string): string[] {
  const names: string[] = [];
  for (let name: string | undefined = shared(plain(label)); name !== undefined && !names.includes(name); ) {
    names.push(name);
    name = steps(name).find(({ isSure }) => isSure)?.to;
  }
  return names;
}

/** The same, and the names that somebody may use. */
function allNames(label: string): Set<string> {
  const names = new Set<string>();
  const look = (name: string): void => {
    if (names.has(name)) return;
    names.add(name);
    for (const { to } of steps(name)) look(to);
  };
  look(firstOf(sureNames(label)));
  return names;
}

function firstOf(names: readonly string[]): string {
  return names[0] ?? "";
}

function plain(label: string): string {
  return label
    .toLowerCase()
    .split(/[\s_]+/)
    .filter((word) => word !== "")
    .join(" ");
}

function shared(label: string): string {
  const row = KNOWN.get(label);
  if (row !== undefined) return "same_as" in row && row.same_as !== undefined ? shared(row.same_as) : label;
  const [thing = "", ...content] = label.split(" of ");
  const one = [singular(thing), ...content].join(" of ");
  return one === label ? label : shared(one);
}

function steps(name: string): Step[] {
  const row = KNOWN.get(name);
  const kind = row !== undefined && "kind_of" in row ? row.kind_of : undefined;
  const maybes = (row?.may_be ?? []).map((to) => ({ to, isSure: false }));
  if (kind) return [{ to: kind, isSure: true }, ...maybes];
  if (kind === null || maybes.length > 0) return maybes;
  const head = headOf(name);
  if (head === null) return [];
  const to = shared(head);
  const known = KNOWN.get(to);
  return [{ to, isSure: known !== undefined && "compounds" in known && known.compounds === "kind_of" }];
}

/**
 * What a name is a kind of, by its words: the longest end that the table knows, or the last word; the first of the two
 * that "of" joins, or of many the second. Null of a single word.
 */
function headOf(name: string): string | null {
  const of = name.indexOf(" of ");
  const last = of > 0 ? name.lastIndexOf(" ", of - 1) : name.lastIndexOf(" ");
  for (let start = name.indexOf(" "); start >= 0 && start <= last; start = name.indexOf(" ", start + 1)) {
    const end = name.slice(start + 1);
    if (KNOWN.has(end)) return end;
  }
  if (of > 0) return MANY.has(name.slice(0, of)) ? name.slice(of + 4) : name.slice(0, of);
  return last < 0 ? null : name.slice(last + 1);
}

const IRREGULAR = new Map<string, string>(Object.entries(table.plurals));

/** The last word in the singular. */
function singular(words: string): string {
  const last = words.split(" ").at(-1) ?? "";
  const before = words.slice(0, words.length - last.length);
  const irregular = IRREGULAR.get(last);
  if (KNOWN.has(last)) return words;
  if (irregular !== undefined) return before + irregular;
  if (table.not_plural.includes(last) || /.(ss|us|is)$/.test(last)) return words;
  if (/.(ss|sh|ch|x|o)es$/.test(last)) return words.slice(0, -2);
  if (/.ies$/.test(last)) return `${words.slice(0, -3)}y`;
  return /.s$/.test(last) ? words.slice(0, -1) : words;
}
