import type { SceneObject } from "@vsi/dataset";
import table from "@vsi/scannet-manifests/label-kinds.json" with { type: "json" };

/** A wider name of a label, and whether everybody would use it. */
interface Step {
  to: string;
  isSure: boolean;
}

/** What a label may be called. */
interface Meaning {
  /** The name that synonyms and plurals share. */
  own: string;
  /** All names that somebody may use, the own among them. */
  names: ReadonlySet<string>;
  /** The groups of lookalikes that the own name is in, and those that it or a wider sure name is in. */
  ownGroups: readonly string[];
  groups: ReadonlySet<string>;
}

/**
 * Why a viewer may read a name differently from the scene's annotation, by name; null where there is no doubt. An
 * independent reading of @vsi/scannet-manifests' table, so as not to repeat the generator's mistakes.
 *
 * @param objects all of the scene, with their own labels and categories.
 * @param named all objects that questions call by a name.
 */
export function nameDoubts(
  objects: readonly SceneObject[],
  named: (name: string) => readonly SceneObject[],
): (name: string) => string | null {
  const doubts = new Map<string, string | null>();
  const meanings = new Map<string, Meaning>();
  const meaningOf = (label: string): Meaning => {
    const meaning = meanings.get(label) ?? readMeaning(label);
    meanings.set(label, meaning);
    return meaning;
  };
  return (name) => {
    const known = doubts.get(name);
    const doubt = known === undefined ? doubtOf(name, named(name), objects, meaningOf) : known;
    doubts.set(name, doubt);
    return doubt;
  };
}

function doubtOf(
  name: string,
  named: readonly SceneObject[],
  objects: readonly SceneObject[],
  meaningOf: (label: string) => Meaning,
): string | null {
  if (isVague(name)) return `"${name}", which may be anything`;
  const many = [name, ...named.map(({ label }) => label)].find(isMany);
  if (many !== undefined) return `"${many}", where one annotation covers many things`;
  const ids = new Set(named.map(({ id }) => id));
  const asked = meaningOf(name);
  for (const { id, label, category, excluded } of objects) {
    if (ids.has(id) || excluded === "structure") continue;
    const other = [label, category].find((word) => {
      const seen = meaningOf(word);
      return mayMean(asked, seen) || mayMean(seen, asked);
    });
    if (other !== undefined) return `"${name}" beside id ${id}, "${other}"`;
  }
  return null;
}

/** Whether someone using one word may mean what the annotation calls by the other. */
function mayMean(word: Meaning, seen: Meaning): boolean {
  return seen.names.has(word.own) || word.ownGroups.some((group) => seen.groups.has(group));
}

/** The widest name of a category that everybody would use: "chair" for "office chair". */
export function widestName(category: string): string {
  const [shortest = "", ...wider] = sureNames(category);
  const widest = wider.filter((name) => !isVague(name)).at(-1) ?? shortest;
  return widest === plain(category) ? category : widest;
}

const KNOWN = new Map(table.rows.map((row) => [row.label, { like: [], may_be: [], ...row }]));

function readMeaning(label: string): Meaning {
  const sure = sureNames(label);
  const own = firstOf(sure);
  const ownGroups = KNOWN.get(own)?.like ?? [];
  const groups = new Set<string>(sure.flatMap((name) => KNOWN.get(name)?.like ?? []));
  return { own, names: allNames(own), ownGroups, groups };
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
  return one !== thing || (content.length > 0 && MANY.has(one.split(" ").at(-1) ?? ""));
}

/** Words that mean many of what follows "of". */
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

/** A name and all that somebody may use for it. */
function allNames(own: string): Set<string> {
  const names = new Set<string>();
  const look = (name: string): void => {
    if (names.has(name)) return;
    names.add(name);
    for (const { to } of steps(name)) look(to);
  };
  look(own);
  return names;
}

function firstOf(names: readonly string[]): string {
  return names[0] ?? "";
}

function plain(label: string): string {
  return label
    .toLowerCase()
    .split(/[\s_-]+/)
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
  const to = shared(head.name);
  const known = KNOWN.get(to);
  return [{ to, isSure: !head.isContent && known !== undefined && "compounds" in known }];
}

/**
 * What a name is a kind of, by its words: the longest end that the table knows, or the last word; the first of the two
 * that "of" joins, or of many the second, their content. Null of a single word.
 */
function headOf(name: string): { name: string; isContent: boolean } | null {
  const of = name.indexOf(" of ");
  const last = of > 0 ? name.lastIndexOf(" ", of - 1) : name.lastIndexOf(" ");
  for (let start = name.indexOf(" "); start >= 0 && start <= last; start = name.indexOf(" ", start + 1)) {
    const end = name.slice(start + 1);
    if (KNOWN.has(end)) return { name: end, isContent: false };
  }
  if (of <= 0) return last < 0 ? null : { name: name.slice(last + 1), isContent: false };
  const isContent = MANY.has(name.slice(last + 1, of));
  return { name: isContent ? name.slice(of + 4) : name.slice(0, of), isContent };
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
