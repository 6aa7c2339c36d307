import labelKinds from "@vsi/scannet-manifests/label-kinds.json" with { type: "json" };

/**
 * What the table says of a label; @vsi/scannet-manifests' README explains the columns and gives their sources.
 */
interface LabelRow {
  /** Lower case, in the singular. */
  label: string;
  /** The label that is another word for the same thing. */
  same_as?: string | undefined;
  /** What everybody would count it as; null where the last word of a compound says something else. */
  kind_of?: string | null | undefined;
  /** What a viewer may count it as, or not. */
  may_be?: readonly string[] | undefined;
  /** Groups of labels that viewers take for each other. */
  like?: readonly string[] | undefined;
  /** "kind_of": whatever ends in this word is a kind of it for certain ("gaming chair"). */
  compounds?: string | undefined;
  /** Whether one annotation of the label stands for many things; absent where the word's ending tells. */
  plural?: boolean | undefined;
  /** False where nobody could say which things the word means. */
  asked?: boolean | undefined;
}

const ROWS: ReadonlyMap<string, LabelRow> = new Map(labelKinds.rows.map((row): [string, LabelRow] => [row.label, row]));

/** What else a viewer may call the thing that bears a label. */
export interface NameReading {
  /** The label in the singular, by the one word that synonyms share. */
  name: string;
  /** The name, and the wider names that hold for certain, the narrowest first. */
  kinds: readonly string[];
  /** The kinds, and the wider names that a viewer may use. */
  mayBe: ReadonlySet<string>;
  /** The groups of labels taken for each other that the name is in, and that any of the kinds is in. */
  groups: readonly string[];
  kindGroups: readonly string[];
}

/** Reads a label: exact words from the table, and any other by its head noun and its ending. */
export function readName(label: string): NameReading {
  const known = READ.get(label);
  if (known !== undefined) return known;
  if (READ.size >= MOST_READ) READ.clear();
  const reading = readAnew(label);
  READ.set(label, reading);
  return reading;
}

/** Rooms share labels: ScanNet has some 600. The bound is for datasets whose labels never repeat. */
const READ = new Map<string, NameReading>();
const MOST_READ = 2000;

function readAnew(label: string): NameReading {
  const name = nameOf(spelled(label));
  const kinds = [name];
  for (let wider = widerNames(name).certain; wider !== null && !kinds.includes(wider); ) {
    kinds.push(wider);
    wider = widerNames(wider).certain;
  }
  const mayBe = new Set(kinds);
  // A set visits what is added to it on the way.
  for (const known of mayBe) {
    const { certain, possible } = widerNames(known);
    for (const wider of certain === null ? possible : [certain, ...possible]) {
      mayBe.add(wider);
    }
  }
  return { name, kinds, mayBe, groups: groupsOf(name), kindGroups: kinds.flatMap(groupsOf) };
}

/**
 * Whether a viewer may take what bears one label for what bears the other: one is a kind of the other, or may be, or
 * both are among labels that are taken for each other. Kinds of the same thing alone do not overlap: an armchair is no
 * office chair, though both are chairs.
 */
export function overlaps(a: string, b: string): boolean {
  return readingsOverlap(readName(a), readName(b));
}

/** As overlaps, of labels that were read before. */
export function readingsOverlap(a: NameReading, b: NameReading): boolean {
  return (
    a.mayBe.has(b.name) ||
    b.mayBe.has(a.name) ||
    a.kindGroups.some((group) => b.groups.includes(group)) ||
    b.kindGroups.some((group) => a.groups.includes(group))
  );
}

function groupsOf(name: string): readonly string[] {
  return ROWS.get(name)?.like ?? [];
}

/** Whether one annotation of the label stands for many things, or for some of a mass: "books", "stack of chairs". */
export function isPlural(label: string): boolean {
  const words = spelled(label);
  const { thing, content } = partsOf(words);
  const row = ROWS.get(words) ?? ROWS.get(lastWord(thing));
  if (row !== undefined) {
    return row.plural ?? false;
  }
  const singular = singularOf(thing);
  return singular !== thing || (content !== null && COLLECTIONS.has(lastWord(singular)));
}

/** Whether a person could say which things of a room the label means; "object" and "board" may be anything. */
export function isAskable(label: string): boolean {
  const words = spelled(label);
  return (ROWS.get(words) ?? ROWS.get(nameOf(words)))?.asked !== false;
}

/**
 * The widest name that holds for certain, which a count must be about: "chair" for "office chairs", "couch" for "sofa".
 * The label itself where there is none. Words that nobody could answer about are not used.
 */
export function wideName(label: string): string {
  const { name, kinds } = readName(label);
  const widest = kinds.findLast(isAskable) ?? name;
  return widest === spelled(label) ? label : widest;
}

/** Small letters, single blanks: labels of other datasets are written "Trash_Can" and "mini-fridge". */
function spelled(label: string): string {
  return label.toLowerCase().replace(/[_-]/g, " ").split(/\s+/).filter(Boolean).join(" ");
}

/** The singular, by the one word that synonyms share. */
function nameOf(words: string): string {
  const known = ROWS.get(words);
  if (known !== undefined) {
    return known.same_as === undefined ? words : nameOf(known.same_as);
  }
  const { thing, content } = partsOf(words);
  const singular = phraseOf(singularOf(thing), content);
  return singular === words ? words : nameOf(singular);
}

/** Words for many of a thing, as a viewer sees them: "stack of chairs". */
const COLLECTIONS: ReadonlySet<string> = new Set([
  ...["bunch", "bundle", "collection", "group", "heap", "pack", "pair", "pile", "row", "set", "stack"],
]);

/** The next wider names of a name in the singular: the table's, else the head noun's. */
function widerNames(name: string): { certain: string | null; possible: readonly string[] } {
  const row = ROWS.get(name);
  if (row !== undefined && (row.kind_of !== undefined || row.may_be !== undefined)) {
    return { certain: row.kind_of ?? null, possible: row.may_be ?? [] };
  }
  const { thing, content } = partsOf(name);
  const words = thing.split(" ");
  const ends = words.slice(1).map((_, index) => words.slice(index + 1).join(" "));
  // The longest that the table knows: a kitchen trash can is a trash can before it is a can.
  const known = ends.map((end) => phraseOf(end, content)).find((end) => ROWS.has(end));
  if (known !== undefined) {
    return headNames(nameOf(known));
  }
  if (content !== null) {
    return COLLECTIONS.has(lastWord(thing)) ? { certain: null, possible: [nameOf(content)] } : headNames(nameOf(thing));
  }
  const last = ends.at(-1);
  return last === undefined ? { certain: null, possible: [] } : headNames(nameOf(last));
}

function headNames(head: string): { certain: string | null; possible: readonly string[] } {
  return ROWS.get(head)?.compounds === "kind_of"
    ? { certain: head, possible: [] }
    : { certain: null, possible: [head] };
}

/** "boxes of paper" is about boxes: the thing is "boxes", the content "paper". */
function partsOf(words: string): { thing: string; content: string | null } {
  const end = words.indexOf(" of ");
  return end <= 0 ? { thing: words, content: null } : { thing: words.slice(0, end), content: words.slice(end + 4) };
}

function phraseOf(thing: string, content: string | null): string {
  return content === null ? thing : `${thing} of ${content}`;
}

const PLURALS: ReadonlyMap<string, string> = new Map(Object.entries(labelKinds.plurals));
const SINGULARS_IN_S: ReadonlySet<string> = new Set(labelKinds.not_plural);

/** Endings of the regular plural, the longest first, and what stands for them in the singular; null for no plural. */
const ENDINGS: readonly (readonly [plural: string, singular: string | null])[] = [
  ["sses", "ss"],
  ["shes", "sh"],
  ["ches", "ch"],
  ["xes", "x"],
  ["ies", "y"],
  ["oes", "o"],
  ["ss", null],
  ["us", null],
  ["is", null],
  ["s", ""],
];

/** The words with the last one in the singular; as they are where it has none, or a row of its own ("clothes"). */
function singularOf(words: string): string {
  const word = lastWord(words);
  const singular = ROWS.has(word) ? word : (PLURALS.get(word) ?? regularSingular(word));
  return words.slice(0, words.length - word.length) + singular;
}

function lastWord(words: string): string {
  return words.slice(words.lastIndexOf(" ") + 1);
}

function regularSingular(word: string): string {
  const ending = ENDINGS.find(([plural]) => word.length > plural.length && word.endsWith(plural));
  if (ending === undefined || ending[1] === null || SINGULARS_IN_S.has(word)) {
    return word;
  }
  return word.slice(0, word.length - ending[0].length) + ending[1];
}
