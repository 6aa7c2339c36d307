/** A direction or movement as one part: "front-left" says two. */
export type DirectionPart = "left" | "right" | "front" | "back" | "up" | "down";

/**
 * The parts by the words that say them. Other languages stand here so that an honest answer counts in them, and so that
 * "right oder links" names two.
 */
const SAID: readonly [DirectionPart, string][] = [
  [
    "left",
    "left lefthand leftward leftwards links linke linken linker linkerhand gauche izquierda izquierdo sinistra esquerda esquerdo слева влево налево левее левый левая вліво vänster vänstra venstre lewo lewej lewa vlevo levo lijevo trái kiri يسار اليسار बाएं बाईं بائیں αριστερά stânga vasemmalla vasemmalle balra sol solda sola שמאל שמאלה",
  ],
  [
    "right",
    "right righthand rightward rightwards rechts rechte rechten rechter rechterhand droite derecha derecho destra direita direito справа вправо направо правее правый правая höger högra høyre højre prawo prawej prawa vpravo desno sağ sağda phải kanan يمين اليمين दाएं दाईं دائیں δεξιά dreapta oikealla oikealle jobbra ימין ימינה",
  ],
  [
    "front",
    "front ahead forward forwards vorn vorne vorwärts devant avant l'avant l’avant delante adelante enfrente davanti avanti frente спереди впереди вперед вперёд framför framåt foran fremad vooruit voren przód przodu vpřed önde ileri trước depan أمام सामने μπροστά",
  ],
  [
    "back",
    "back behind rear backward backwards hinten hinter rückwärts derrière arrière l'arrière l’arrière detrás atrás atras dietro indietro trás сзади назад позади bakom bakåt bagved achter achteruit tył tyłu vzad arkada geri belakang خلف पीछे πίσω înapoi",
  ],
  ["up", "up upward upwards oben aufwärts hoch arriba вверх наверх"],
  ["down", "down downward downwards unten abwärts runter abajo вниз"],
];

const WORDS: ReadonlyMap<string, DirectionPart> = new Map(
  SAID.flatMap(([part, words]) => words.split(" ").map((word): [string, DirectionPart] => [word, part])),
);

/** Words of which two may be written as one: "frontleft". */
const JOINED = ["front", "back", "rear", "left", "right"];
/** The parts that a word says. The lists are shared: making one for every word costs more than the look-up. */
const PARTS: ReadonlyMap<string, readonly DirectionPart[]> = new Map([
  ...JOINED.flatMap((first) =>
    JOINED.map((second): [string, readonly DirectionPart[]] => [
      first + second,
      [first, second].flatMap((word) => WORDS.get(word) ?? []),
    ]),
  ),
  ...[...WORDS].map(([word, part]): [string, readonly DirectionPart[]] => [word, [part]]),
]);

/** Characters that say a part wherever they stand in a run that is written without blanks. */
const UNSPACED: readonly [DirectionPart, RegExp][] = [
  ["left", /左|왼|ひだり|ซ้าย/u],
  ["right", /右|오른|みぎ|ขวา/u],
  ["front", /前|앞|หน้า/u],
  ["back", /后|後|뒤|うしろ|หลัง/u],
  ["up", /上/u],
  ["down", /下/u],
];

/** What points somewhere: arrows, hands, and triangles that point sideways. */
const ARROWS: readonly [string, readonly DirectionPart[]][] = [
  ["←⬅⟵⇐⇦⟸⭠🡐↞⇠◀◄⏪👈☜", ["left"]],
  ["→➡⟶⇒⇨⟹⭢🡒↠⇢▶►⏩👉☞➔➜➝➞➤➨", ["right"]],
  ["↔⟷⇔⇄⇆⬌", ["left", "right"]],
  ["↑⬆⇑⇧👆", ["front"]],
  ["↓⬇⇓⇩👇", ["back"]],
  ["↕⬍⇕", ["front", "back"]],
  ["↖⬉", ["front", "left"]],
  ["↗⬈", ["front", "right"]],
  ["↙⬋", ["back", "left"]],
  ["↘⬊", ["back", "right"]],
];
const ARROW_PARTS: ReadonlyMap<string, readonly DirectionPart[]> = new Map(
  ARROWS.flatMap(([arrows, parts]) => [...arrows].map((arrow): [string, readonly DirectionPart[]] => [arrow, parts])),
);
const ARROW = new RegExp(`<-|->|[${ARROWS.map(([arrows]) => arrows).join("")}]`, "gu");
const ASCII_ARROWS: Readonly<Record<string, readonly DirectionPart[]>> = { "<-": ["left"], "->": ["right"] };
const LETTER_LATER = /\p{L}/u;

const NOT_ASCII = /[^\0-\x7f]/;

/**
 * The parts that a text says, each once, in order: its words in lower case, then its arrows, so that "right ⬅️" says
 * two. An arrow to the right or down that text follows is a bullet or a joint ("→ left", "lamp → left").
 */
export function saidParts(text: string, words: readonly string[], knowsHeight: boolean): DirectionPart[] {
  const said = directionParts(words, knowsHeight);
  if (!NOT_ASCII.test(text) && !text.includes("->") && !text.includes("<-")) return said;
  const parts = new Set(said);
  ARROW.lastIndex = 0;
  for (let match = ARROW.exec(text); match !== null; match = ARROW.exec(text)) {
    const [arrow] = match;
    const pointed = ARROW_PARTS.get(arrow) ?? ASCII_ARROWS[arrow] ?? [];
    const isBullet = pointed.length === 1 && (pointed[0] === "right" || pointed[0] === "back");
    if (isBullet && LETTER_LATER.test(text.slice(ARROW.lastIndex))) continue;
    for (const part of pointed) {
      // On a page up is ahead, too.
      const isHeight = knowsHeight && !said.includes(part) && DEPTH.has(part);
      parts.add(isHeight ? (part === "front" ? "up" : "down") : part);
    }
  }
  return [...parts];
}

/** The parts that words in lower case say, each once, in order. */
export function directionParts(words: readonly string[], knowsHeight: boolean): DirectionPart[] {
  const parts: DirectionPart[] = [];
  for (const word of words) {
    for (const part of partsOfWord(word)) {
      if (!parts.includes(part) && (knowsHeight || !HEIGHT.has(part))) parts.push(part);
    }
  }
  return parts;
}

/** The turns that words in lower case say, in order: "Turn right, then left, then back". */
export function turnParts(words: readonly string[]): DirectionPart[] {
  return words.flatMap(partsOfWord).filter((part) => SIDE.has(part) || part === "back");
}

function partsOfWord(word: string): readonly DirectionPart[] {
  const parts = PARTS.get(word);
  if (parts !== undefined) return parts;
  return NOT_ASCII.test(word) ? UNSPACED.flatMap(([said, pattern]) => (pattern.test(word) ? [said] : [])) : NO_PARTS;
}

const NO_PARTS: readonly DirectionPart[] = [];
const HEIGHT: ReadonlySet<DirectionPart> = new Set(["up", "down"]);
const DEPTH: ReadonlySet<DirectionPart> = new Set(["front", "back"]);
const SIDE: ReadonlySet<DirectionPart> = new Set(["left", "right"]);

/**
 * Parts as the answers they make: "in front of me, to the left" is the one answer front-left where the question has
 * quadrants; elsewhere each part is an answer of its own.
 */
export function directionAnswers(parts: readonly DirectionPart[], hasQuadrants: boolean): DirectionPart[][] {
  const depth = parts.filter((part) => DEPTH.has(part));
  const side = parts.filter((part) => SIDE.has(part));
  if (hasQuadrants && parts.length === 2 && depth.length === 1 && side.length === 1) return [[...depth, ...side]];
  return parts.map((part) => [part]);
}
