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
    "bir ve ile bu şu o var yok için ama çünkü olan olarak da de yanında arkasında önünde arasında üzerinde yang dan di ke dari dengan untuk ada adalah ini itu saya kita tidak antara dekat belakang depan samping karena jadi và là có ở trong trên dưới của một những các với cho này đó tôi bên cạnh giữa vì nên ni na ya wa kwa katika kuna",
    // Russian, Ukrainian, Greek, Arabic, Hindi
    "и в во на не что он она оно они я мы с со к ко по из за от до у о об это этот эта как но а так то же есть был были где между под над перед рядом слева справа около поэтому и та є це що він вона ми під біля ο η το οι τα του της των και στο στη στην με από για που είναι δεν ένα μια σε على في من إلى مع عن هو هي هذا هذه أن كان لا ما بين خلف أمام و है हैं में के की का को से पर और यह एक वह भी नहीं कि था तो",
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
const ROMAN = /^(?:ii|iii|iv|vii|viii|ix|xi{1,3})$/;
const THAI = /\p{Script=Thai}/u;
const NUMBER = /^\p{N}/u;
const CODE = /\p{N}/u;
const QUESTION = /[^.!?\n。？！]{0,1000}[?？]/gu;
const ASKING =
  /(?:^|(?<=[.!\n。！]))\s*(?:how (?:many|much|far|big|large|long|tall)|what(?:'s| is| are| will)|which|if i am standing|measuring from|you are a robot|if multiple rooms|if there are multiple|these are frames|answer with|please (?:answer|think|provide|observe|do not)|do not answer|give the)\b[^.!?\n]{0,1000}/giu;

/**
 * Whether a text is language that states something, or why not. It knows the small words of twenty languages, not
 * their meaning: a true statement and a false one are alike to it. Questions state nothing and are left out.
 */
export function guardLanguage(text: string, limits: LanguageLimits = LANGUAGE_LIMITS): LanguageGuard | null {
  const stated = text.replace(QUESTION, " ").replace(ASKING, " ").toLowerCase();
  const content = new Set<string>();
  const count = { words: 0, letters: 0, known: 0, joining: 0, latin: 0, voiceless: 0 };
  // Not matchAll, which makes a new expression for every text.
  WORD.lastIndex = 0;
  for (let match = WORD.exec(stated); match !== null; match = WORD.exec(stated)) {
    const [word] = match;
    if (NUMBER.test(word)) {
      count.words += 1;
      count.joining += 1;
      content.add(word);
      continue;
    }
    count.letters += 1;
    if (LATIN.test(word)) {
      count.latin += 1;
      if (!VOWEL.test(word)) count.voiceless += 1;
    }
    const isSmall = isSmallWord(word);
    if (isSingle(word, isSmall, stated, match.index) || ROMAN.test(word)) continue;
    count.words += 1;
    if (isSmall) count.joining += 1;
    if (isSmall || TASK_WORDS.has(word) || ROOM_WORDS.has(word)) count.known += 1;
    // A Korean word holds its particle, and Thai is read letter by letter: both are small words and content.
    const saysMore = !isSmall || THAI.test(word) || (HANGUL.test(word) && !SMALL_WORDS.has(word));
    if (saysMore && !TASK_WORDS.has(word) && !CODE.test(word)) content.add(word);
  }
  if (count.words < limits.words)
    return text.trim() !== "" && stated.trim() === "" ? "reasoning-echo" : "reasoning-empty";
  const isForeign =
    count.known < limits.known * count.letters || count.joining < Math.max(1, limits.joining * count.words);
  if (isForeign || count.voiceless > limits.voiceless * count.latin) return "reasoning-junk";
  return content.size < limits.content ? "reasoning-echo" : null;
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
