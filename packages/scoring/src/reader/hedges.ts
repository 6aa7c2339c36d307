/**
 * What leaves an answer open. One answer commits to one value: every number, letter, option or direction that it names
 * is the same one, and nothing in it offers a way out. A hedge is a word that does: an alternative ("or", "either",
 * "oder", "或者"), an unnamed rest ("something else"), a bound instead of a number ("at least 3", "3+"), a condition
 * ("depends"). How sure somebody is ("about", "probably", "I think") is no hedge: one value stays. A negation ("not
 * left", "anything but B") says what the answer is not.
 */

/** Alternatives as words of languages that write with blanks. Left out where a common word is spelt the same (Dutch "of"). */
const ALTERNATIVES =
  "or either else etc whichever alternatively alternative otherwise something anything whatever depends depending unless versus vs xor " +
  "oder entweder beziehungsweise bzw sonst ou soit sinon o u oppure ovvero ofwel hetzij eller enten antingen lub albo czy nebo anebo " +
  "alebo ili или либо або чи veya yahut yoksa sau ori vagy tai või arba hoặc atau vel aut ή είτε أو او إما או או־ या یا অথবা";

/** What several languages say in several words. */
const PHRASES =
  "another one|the other one|some other|any of|any one|one of (?:those|these|them)|all of (?:the above|them|these)|" +
  "could also|might also|may also|can also|ya da|o bien|o sea|so wie|hay là|take your pick|toss[- ]?up|tied|equally|" +
  "both (?:answers|options|of|could)|" +
  "and (?:others?|more)|among others|(?:maybe|perhaps|possibly|maybe even|but also) (?:the )?(?:an)?others?|could be (?:any|the other|an?other)|" +
  "(?:any|all|both|each)\\s*[:=]";

/** Or-words of scripts that write without blanks; "或许" is only "perhaps". */
const UNSPACED =
  "或(?![许許])|还是|還是|要么|要麼|要不|否则|其他|其它|または|もしくは|あるいは|それとも|또는|혹은|아니면|이거나|หรือ";

const BEFORE_WORD = "(?<![\\p{L}\\p{N}\\p{M}])";
const AFTER_WORD = "(?![\\p{L}\\p{N}\\p{M}])";
const OPEN_WORD = new RegExp(`${BEFORE_WORD}(?:${ALTERNATIVES.replaceAll(" ", "|")})${AFTER_WORD}`, "gu");
const OPEN_PHRASE = new RegExp(`${BEFORE_WORD}(?:${PHRASES})${AFTER_WORD}|${UNSPACED}`, "u");

/** "2.5 m or so", "2.5 m, give or take" and "more or less 3" are only "about": one value stays. */
const ABOUT = /\b(?:or so|or thereabouts|more or less)\b|\bgive or take(?: a (?:bit|little|few))?(?=[\s.!]*$)/gu;
const NOT_ASCII = /[^\0-\x7f]/;
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * Whether a text leaves open what it says. Words that the question itself offers ("left or right of the door") are no
 * hedge: they are given in `offered`.
 */
export function isHedged(text: string, offered: readonly string[] = NONE): boolean {
  const plain = plainLower(text).replace(ABOUT, " ");
  OPEN_WORD.lastIndex = 0;
  for (let match = OPEN_WORD.exec(plain); match !== null; match = OPEN_WORD.exec(plain)) {
    if (!offered.includes(match[0])) return true;
  }
  return OPEN_PHRASE.test(plain);
}

const NONE: readonly string[] = [];

function plainLower(text: string): string {
  if (!NOT_ASCII.test(text)) return text.toLowerCase();
  return text.replace(UNSEEN, "").normalize("NFKC").toLowerCase();
}

const NUMBER_WORD = "(?:\\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)";
/** Twice a number, pairs of things, a number with something unmeasured added to it. */
const MULTIPLE = new RegExp(
  `\\b(?:(?:twice|double|triple|thrice|(?:min|max)(?:imum)?\\.?)\\s${NUMBER_WORD}|(?<=${NUMBER_WORD}\\s)pairs?\\b|(?:plus|minus) (?:the|an?|some)\\b)|×\\s?\\p{L}{2}`,
  "u",
);
const BOUND =
  /\b(?:as (?:many|much|few|little|far) as|starting (?:at|from)|up from|and (?:counting|over|above|beyond)|at (?:least|most)|(?:more|less|fewer|greater) than|up to|and up|upwards|(?:maybe|perhaps|possibly|or) more|minimum of|maximum of|(?:mindestens|höchstens|au (?:moins|plus)|al menos|como máximo|almeno|pelo menos)(?![\p{L}]))|(?<!just |slightly |little |bit )\b(?:over|under|above|below|within|beyond|exceeding) [\d]|\b(?:plus(?: others| more| some)?|minimum|maximum|min|max)\s*[.!]?$|[≥≤±≶≷√∛]|\+\s?\/\s?-|(?<![-=<>])[<>]=?\s?[-+]?[\d.]|\d\s?\+(?!\s?[\d.])|至少|至多|最多|最少|以上|以下|以内|不到|少なくとも|최소|최대|이상|이하/u;

/** "At least 3", "3+", "3 ± 1" and "3 pairs" say where the number lies or what it is made of, not which it is. */
export function isBound(text: string): boolean {
  const plain = plainLower(text);
  return BOUND.test(plain) || MULTIPLE.test(plain);
}

const NEGATION =
  /(?<![\p{L}\p{N}\p{M}])(?:not?|never|neither|nor|none|nothing|cannot|\p{L}+n['’]t|except|excluding|without|(?:anything|everything|all) but|other than|rather than|instead of|opposite of|wrong|incorrect|nicht|kein|keine|keines|weder|niemals|pas|jamais|sauf|ni|excepto|salvo|nunca|non|não|nem|niet|geen|ikke|inte|не|нет|ни|кроме|nie|değil|không|bukan|لا|ليس|नहीं)(?![\p{L}\p{N}\p{M}])|[≠¬]|(?<![^\s(])!(?=[\p{L}\p{N}])|~~[^~]+~~|不|没有|沒有|除了|ではな|じゃな|ではあり|じゃあり|아니|않/iu;

/** Says how sure somebody is, not what the answer is not. */
const UNSURE =
  /\b(?:not (?:entirely |quite |completely |totally |absolutely |very |too |really |\d+ ?% )?(?:sure|certain)|no doubt|without (?:a |any )?doubt)\b/giu;

/** "Not left", "anything but left", "≠ left" and "~~left~~" name what the answer is not; what it is stays unsaid. */
export function isNegated(text: string): boolean {
  return NEGATION.test(text) && NEGATION.test(text.replace(UNSURE, " "));
}
