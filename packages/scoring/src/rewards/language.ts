import { asciiBytes } from "./asciiBytes.ts";

/** Why reasoning says nothing: it is no language, or only repeats what it was asked and told to do. */
export type LanguageGuard = "reasoning-empty" | "reasoning-junk" | "reasoning-echo";

/** Where text stops being language that says something. */
export interface LanguageLimits {
  /** Fewest words, numbers among them, outside questions. */
  words: number;
  /**
   * Smallest share of words that are known: small words of twenty languages, and words for rooms and measures. English
   * prose has over 0.5, notes ("sofa near window, lamp beside bed") 0.4; keyboard mashing and codes next to none.
   */
  known: number;
  /** Smallest share of small words and numbers, which hold a statement together: a bare list of nouns states nothing. */
  joining: number;
  /** Largest share of words of three Latin letters and more that may have no vowel: "zxcv". */
  voiceless: number;
  /** Fewest different words that are neither small nor about the task itself. */
  content: number;
}

/** "There are three chairs." is the shortest reasoning that says anything about a room. */
export const LANGUAGE_LIMITS: LanguageLimits = { words: 4, known: 0.3, joining: 0.1, voiceless: 0.12, content: 2 };

/**
 * Small words: articles, prepositions, pronouns, forms of "to be" and "to have", joining words. A few dozen a language
 * cover a quarter of any prose.
 */
const SMALL_WORDS = new Set(
  [
    // English
    "a an the i we you he she it they me my our your his her its their this that these those there here is are am was were be been being has have had do does did will would can could should may might must of in on at to from by with for as into onto over under above below between behind beside near next against along across around about through inside outside toward towards beyond past within without and or but so because since while when where which who what that than then if not no also too very more most less least only just both each every all some any another other one's how after before first second third again still once up down out off plus minus times equals roughly nearly almost both same",
    // German, Dutch
    "der die das den dem des ein eine einer einem einen eines ist sind war waren hat haben wird im am in an auf aus bei mit von vom zu zum zur nach neben hinter vor über unter zwischen und oder aber also weil dann als wie nicht auch noch nur ich wir es sie er sich man dort hier da steht stehen liegt het een zijn op aan bij naast achter voor tussen onder boven naar uit dus maar ook niet er daar ik wij deze dit",
    // French
    "le la les un une des du de au aux et ou mais donc car dans sur sous avec sans pour par entre devant derrière près côté est sont était a ont je nous il elle ils elles on ce cette ces qui que se sa son ses y en plus pas c'est d'un d'une l'autre",
    // Spanish, Portuguese, Italian
    "el los las unos unas y o pero porque en con sin para por entre sobre bajo detrás delante junto cerca lejos es son está están hay era tiene yo nosotros se su sus que como más al del uno lo o os as um uma uns umas e mas em no na nos nas com sem é são há tem eu ao aos à da do das dos il gli uno della del dello delle dei nel nella sul sulla con per tra fra è sono c'è ci che si non una perché quindi anche di accanto vicino dietro davanti",
    // Scandinavian, Finnish
    "och en ett den det de som är var har på i av med till från mellan bakom framför bredvid under över vid jag vi men så att inte og er af til fra mellem ved jeg det og på hvor ja se on ovat oli ja tai että mutta koska joka vieressä takana edessä",
    // Polish, Czech, Croatian, Romanian, Hungarian
    "w na z ze do od po przy obok za przed pod nad między i oraz jest są to ten ta te się nie że jak więc v se je jsou u vedle mezi nebo ale tak který si su kod iza ispred pored između da koji și este sunt în pe cu lângă între la un o de că pentru az egy és van vannak hogy mellett között nem",
    // Turkish, Indonesian, Vietnamese, Swahili
    "bir ve ile bu şu o var yok için ama çünkü olan olarak da de yanında arkasında önünde arasında üzerinde yang dan di ke dari dengan untuk ada adalah ini itu saya kita tidak antara dekat belakang depan samping karena jadi và là có ở trong trên dưới của một những các với cho này đó tôi bên cạnh giữa vì nên cái con chiếc gần hai ba này kia ni na ya wa kwa katika kuna",
    // Russian, Ukrainian, Greek, Arabic, Hindi
    "и в во на не что он она оно они я мы с со к ко по из за от до у о об это этот эта как но а так то же есть был были где между под над перед рядом слева справа около поэтому и та є це що він вона ми під біля ο η το οι τα του της των και στο στη στην με από για που είναι δεν ένα μια σε على في من هناك بجانب عند قرب فوق تحت يوجد توجد إلى مع عن هو هي هذا هذه أن كان لا ما بين خلف أمام و है हैं में के की का को से पर और यह एक वह भी नहीं कि था तो",
    // Korean particles stand on their own seldom; words that do.
    "있습니다 있다 있고 그리고 옆에 뒤에 앞에 있는 위에 따라서 그래서 왼쪽에 오른쪽에",
  ].flatMap((words) => words.split(" ")),
);

/** Words for what rooms hold and how they are measured: notes are made of them. */
const ROOM_WORDS = new Set(
  (
    "room wall walls door doors window windows floor ceiling corner table tables chair chairs desk bed sofa couch lamp lamps cabinet shelf sink toilet stove stool pillow monitor tv bin box bag object objects item items furniture kitchen bathroom " +
    "left right front back side middle center top bottom ahead straight facing standing turn turning forward closest nearest closer nearer farther further far close distance distances " +
    "meter meters metre metres m cm mm ft feet inch inches square area length width height size long wide tall deep big small large total sum count counting see seen appears visible camera frame frames view stands sits lies hangs measure measured estimate estimated " +
    "zero one two three four five six seven eight nine ten eleven twelve half drei zwei vier stuhl stühle tisch zimmer wand fenster tür trois deux quatre chaises chaise table fenêtre porte mur tres dos cuatro silla sillas mesa ventana puerta üç iki dört beş oda odada masa sandalye ثلاثة كرسي كراسي غرفة طاولة τρεις τρία δύο τέσσερις δωμάτιο καρέκλες стул стула стульев стол стена окно дверь комната комнате два три"
  ).split(" "),
);

/**
 * Words that only name the task, from the modes' prompts and from what models say before they begin: "let me think about
 * the question step by step" holds no reason.
 */
const TASK_WORDS = new Set(
  (
    "reason reasons reasoning think thinks thinking thought thoughts process step steps observe observation observations observing answer answers question questions task problem " +
    "let lets let's us need needs going go give gives given provide provides provided final finally find figure carefully careful consider considering analyze analyse analyzing analysis determine solve " +
    "look looking now image images video videos picture pictures frame frames content details detail description text tag tags format please okay ok well sure hmm show shows shown based correct lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor incididunt labore dolore magna aliqua"
  ).split(" "),
);

/** Han and kana that hold Chinese and Japanese sentences together. */
const SMALL_CHARACTERS = new Set(
  "的一是在有个個不了我这這那他她它和与與就都也到以所为為上下左右前后後里裡边邊中把张張从從看见見可出面于於对對のにはをがでとすしてるたもれいあ",
);

const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|\p{L}(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}\p{N}'’])*|\p{N}+(?:[.,]\p{N}+)*/gu;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const HANGUL = /\p{Script=Hangul}/u;
const KOREAN_ENDING = /(?:[은는이가을를에서의도와과로고며다요])$/u;
const ARABIC_ARTICLE = /^ال\p{L}/u;
const LATIN = /^[a-z]{3,}$/;
const VOWEL = /[aeiouy]/;
const THAI = /\p{Script=Thai}/u;
const NUMBER = /^\p{N}/u;
const CODE = /\p{N}/u;

/**
 * Whether a text is language that states something, or why not. It knows the small words of twenty languages, not
 * their meaning: a true statement and a false one are alike to it. Questions state nothing and are left out.
 */
export function guardLanguage(text: string, limits: LanguageLimits = LANGUAGE_LIMITS): LanguageGuard | null {
  const stated = withoutQuestions(text);
  const bytes = asciiBytes(stated);
  const count = bytes === null ? countWords(stated.toLowerCase()) : countAsciiWords(bytes, stated.length);
  if (count.words < limits.words)
    return text.trim() !== "" && stated.trim() === "" ? "reasoning-echo" : "reasoning-empty";
  const isForeign =
    count.known < limits.known * count.letters || count.joining < Math.max(1, limits.joining * count.words);
  if (isForeign || count.voiceless > limits.voiceless * count.latin) return "reasoning-junk";
  return count.content < limits.content ? "reasoning-echo" : null;
}

const SENTENCE_END = /[.!?\n。！？]/g;
const ASKING =
  /\s*(?:how (?:many|much|far|big|large|long|tall)|what(?:'s| is| are| will)|which|if i am standing|measuring from|you are a robot|if multiple rooms|if there are multiple|these are frames|answer with|please (?:answer|think|provide|observe|do not)|do not answer|give the)\b/iy;

/** A text without its questions, by their mark or by the words that they and the modes' prompts begin with. */
function withoutQuestions(text: string): string {
  let stated = "";
  let start = 0;
  // Where the text that is not in `stated` yet starts: most reasoning asks nothing and is returned as it is.
  let kept = 0;
  SENTENCE_END.lastIndex = 0;
  while (start < text.length) {
    const match = SENTENCE_END.exec(text);
    // "2.5" ends no sentence.
    const isPoint = match?.[0] === "." && match.index + 1 < text.length && !BLANK.test(text.charAt(match.index + 1));
    if (isPoint) continue;
    const end = match === null ? text.length : match.index + 1;
    ASKING.lastIndex = start;
    const isQuestion = match?.[0] === "?" || match?.[0] === "？" || ASKING.test(text);
    if (isQuestion) {
      stated += `${text.slice(kept, start)} `;
      kept = end;
    }
    start = end;
    if (match === null) break;
  }
  return kept === 0 ? text : stated + text.slice(kept);
}

const BLANK = /\s/;

/** What the words of a text are. */
export interface WordCount {
  /** Words and numbers; letters that stand alone are none unless a language has them. */
  words: number;
  /** Words, letters among them. */
  letters: number;
  known: number;
  joining: number;
  /** Words of three Latin letters and more, and those of them without a vowel. */
  latin: number;
  voiceless: number;
  /** Different words that are neither small nor about the task, numbers among them; not counted beyond 2. */
  content: number;
}

/** Counts the words of a text in lower case, of any script. */
export function countWords(stated: string): WordCount {
  const content = new Set<string>();
  const count: WordCount = { words: 0, letters: 0, known: 0, joining: 0, latin: 0, voiceless: 0, content: 0 };
  // Not matchAll, which makes a new expression for every text.
  WORD.lastIndex = 0;
  for (let match = WORD.exec(stated); match !== null; match = WORD.exec(stated)) {
    const [word] = match;
    if (NUMBER.test(word)) {
      count.words += 1;
      count.joining += 1;
      if (content.size < MOST_CONTENT) content.add(word);
      continue;
    }
    count.letters += 1;
    if (LATIN.test(word)) {
      count.latin += 1;
      if (!VOWEL.test(word)) count.voiceless += 1;
    }
    const isSmall = isSmallWord(word);
    if (isSingle(word, isSmall, stated, match.index) || ROMAN_NUMERALS.has(word)) continue;
    count.words += 1;
    if (isSmall) count.joining += 1;
    if (isSmall || TASK_WORDS.has(word) || ROOM_WORDS.has(word)) count.known += 1;
    // A Korean word holds its particle, and Thai is read letter by letter: both are small words and content.
    const saysMore = !isSmall || THAI.test(word) || (HANGUL.test(word) && !SMALL_WORDS.has(word));
    if (saysMore && !TASK_WORDS.has(word) && !CODE.test(word) && content.size < MOST_CONTENT) content.add(word);
  }
  count.content = content.size;
  return count;
}

const MOST_CONTENT = 2;
const ROMAN_NUMERALS = new Set("ii iii iv vii viii ix xi xii xiii".split(" "));

const SMALL = 1;
const TASK = 2;
const ROOM = 4;
const ROMAN = 8;

/** Places of the table below: a power of two, four times its words, which keeps searches short. */
const PLACES = 8192;
const tableHashes = new Int32Array(PLACES);
const tableKinds = new Uint8Array(PLACES);
for (const [kind, words] of [
  [SMALL, SMALL_WORDS],
  [TASK, TASK_WORDS],
  [ROOM, ROOM_WORDS],
  [ROMAN, ROMAN_NUMERALS],
] as const) {
  for (const word of words) {
    let hash = 0;
    for (let at = 0; at < word.length; at += 1) hash = mix(hash, word.charCodeAt(at));
    const place = placeOf(hash);
    tableHashes[place] = hash;
    tableKinds[place] |= kind;
  }
}

function mix(hash: number, code: number): number {
  return (Math.imul(hash ^ code, 0x01000193) + 0x1e3779b9) | 0;
}

/** Where a hash stands in the table, or the free place where it would. */
function placeOf(hash: number): number {
  let place = (hash ^ (hash >>> 16)) & (PLACES - 1);
  while (tableHashes[place] !== 0 && tableHashes[place] !== hash) place = (place + 1) & (PLACES - 1);
  return place;
}

const IS_LETTER = 0x100;
const IS_VOWEL = 0x200;
const IS_DIGIT = 0x400;
const IS_APOSTROPHE = 0x800;
const IN_WORD = IS_LETTER | IS_DIGIT | IS_APOSTROPHE;

/** What an ASCII character is to words, and itself in lower case: one look a character instead of eight comparisons. */
const CHARACTERS = Uint16Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code).toLowerCase();
  if (/[a-z]/.test(character)) return IS_LETTER | (/[aeiouy]/.test(character) ? IS_VOWEL : 0) | character.charCodeAt(0);
  return code | (/\d/.test(character) ? IS_DIGIT : 0) | (character === "'" ? IS_APOSTROPHE : 0);
});

/**
 * As countWords, for ASCII in any case: a tenth of the time, and nearly all rollouts are ASCII. Words are told apart by
 * 32-bit hashes, so one unknown word in a million counts as known.
 *
 * @param bytes of the text, with a 0 behind its `length`.
 */
export function countAsciiWords(bytes: Uint8Array, length: number): WordCount {
  const count: WordCount = { words: 0, letters: 0, known: 0, joining: 0, latin: 0, voiceless: 0, content: 0 };
  let firstContent = 0;
  // No closure and no string inside the loops: they run once a character of every rollout. The 0 ends the last word.
  for (let at = 0; at < length; ) {
    const start = at;
    let hash = 0;
    let character = CHARACTERS[bytes[at]];
    if ((character & IS_DIGIT) !== 0) {
      for (;;) {
        hash = mix(hash, bytes[at]);
        at += 1;
        const code = bytes[at];
        const isPoint = (code === 46 || code === 44) && (CHARACTERS[bytes[at + 1]] & IS_DIGIT) !== 0;
        if (!isPoint && (CHARACTERS[code] & IS_DIGIT) === 0) break;
      }
      count.words += 1;
      count.joining += 1;
    } else if ((character & IS_LETTER) !== 0) {
      let holds = 0;
      do {
        holds |= character;
        hash = mix(hash, character & 0xff);
        at += 1;
        character = CHARACTERS[bytes[at]];
      } while ((character & IN_WORD) !== 0);
      count.letters += 1;
      if ((holds & (IS_DIGIT | IS_APOSTROPHE)) === 0 && at - start >= 3) {
        count.latin += 1;
        if ((holds & IS_VOWEL) === 0) count.voiceless += 1;
      }
      const kind = tableKinds[placeOf(hash)];
      const isSmall = (kind & SMALL) !== 0;
      if ((at - start === 1 && !isSmall) || (kind & ROMAN) !== 0) continue;
      count.words += 1;
      if (isSmall) count.joining += 1;
      if ((kind & (SMALL | TASK | ROOM)) !== 0) count.known += 1;
      if (isSmall || (kind & TASK) !== 0 || (holds & IS_DIGIT) !== 0) continue;
    } else {
      at += 1;
      continue;
    }
    if (count.content === 0) {
      count.content = 1;
      firstContent = hash;
    } else if (count.content === 1 && hash !== firstContent) count.content = 2;
  }
  return count;
}

/** A letter that stands alone is a word only where a language has it; so is a character of an unspaced script. */
function isSingle(word: string, isSmall: boolean, text: string, at: number): boolean {
  if (word.length > 1 || HANGUL.test(word)) return false;
  if (!UNSPACED.test(word)) return !isSmall;
  return !UNSPACED.test(text.charAt(at - 1)) && !UNSPACED.test(text.charAt(at + 1));
}

function isSmallWord(word: string): boolean {
  if (SMALL_WORDS.has(word)) return true;
  if (UNSPACED.test(word)) return SMALL_CHARACTERS.has(word) || THAI.test(word);
  if (HANGUL.test(word)) return word.length > 1 && KOREAN_ENDING.test(word);
  return ARABIC_ARTICLE.test(word);
}
