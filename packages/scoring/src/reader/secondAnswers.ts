import type { DirectionPart } from "./directions.ts";

/**
 * A second answer that is meant to be overlooked: as a picture or in another script ("sink 🛏", "A、床"), as a letter
 * for a direction ("right L"), or in letters that look like others ("right Ieft", "sink 6ed", "l3ft").
 */

/** Objects by the English words for them, one of which a question offers, and what else shows or names them. */
const OBJECTS: readonly [english: string, others: string][] = [
  ["bed", "🛏 🛌 床 ベッド 寝台 침대 кровать"],
  ["nightstand night", "床头柜 床頭櫃 침대협탁 тумбочка"],
  ["chair armchair stool", "🪑 💺 椅 凳 いす イス 의자 стул"],
  ["sofa couch lamp", "🛋"],
  ["sofa couch", "沙发 沙發 ソファ 소파 диван"],
  ["table desk", "桌 茶几 テーブル 机 테이블 탁자 책상"],
  ["door", "🚪 门 門 ドア двер"],
  ["window", "🪟 窗 窓 창문 окно"],
  ["toilet", "🚽 马桶 馬桶 トイレ 便器 변기 унитаз"],
  ["paper", "🧻"],
  ["bathtub tub", "🛁 🛀 浴缸 浴槽 욕조"],
  ["shower", "🚿 淋浴 シャワー 샤워"],
  ["sink washbasin", "🚰 水槽 洗手池 洗脸盆 流し シンク 싱크대 세면대 раковина"],
  ["stove oven", "炉 爐 灶 コンロ 스토브 плита"],
  ["microwave", "微波炉 微波爐 電子レンジ 전자레인지"],
  ["refrigerator fridge", "冰箱 冷蔵庫 냉장고 холодильник"],
  ["washer washing", "洗衣机 洗衣機 洗濯機 세탁기"],
  ["tv television", "📺 电视 電視 テレビ 텔레비전 телевизор"],
  ["monitor computer screen", "🖥 显示器 屏幕 モニター 모니터 монитор"],
  ["laptop computer", "💻 笔记本电脑 ノートパソコン 노트북 ноутбук"],
  ["keyboard", "⌨ 键盘 鍵盤 キーボード 키보드 клавиатура"],
  ["mouse", "🖱 🐭 🐁 鼠标 滑鼠 マウス 마우스"],
  ["printer", "🖨 打印机 印表機 プリンター 프린터 принтер"],
  ["telephone phone", "☎ 📞 📱 电话 電話 전화 телефон"],
  ["lamp light", "💡 🪔 灯 燈 ランプ 램프 조명 лампа"],
  ["mirror", "🪞 镜 鏡 거울 зеркало"],
  ["clock", "🕰 ⏰ 🕐 钟 鐘 時計 시계 часы"],
  ["trash bin garbage", "🗑 🚮 垃圾桶 ゴミ箱 쓰레기통"],
  ["bookshelf shelf bookcase", "书架 書架 本棚 책장"],
  ["book books bookshelf", "📚 📖 📕 📗 📘 📙"],
  ["cabinet wardrobe closet dresser", "柜 櫃 キャビネット 옷장 шкаф"],
  ["pillow cushion", "枕头 枕頭 枕 クッション 베개 подушка"],
  ["towel", "毛巾 タオル 수건 полотенце"],
  ["backpack bag", "🎒 背包 リュック 배낭 рюкзак"],
  ["plant", "🪴 🌱 🌿 植物 盆栽 화분"],
  ["box", "📦 箱 盒 ボックス 상자 коробка"],
  ["basket", "🧺 篮 籃"],
  ["guitar", "🎸 吉他 ギター 기타리"],
  ["piano", "🎹 钢琴 鋼琴 ピアノ 피아노"],
  ["cup mug", "☕ 杯 カップ"],
  ["bottle", "🍾 🍼 瓶 ボトル"],
  ["shoe shoes", "👟 👞 鞋 靴"],
  ["fan", "🪭 风扇 扇風機 선풍기"],
];

const ENGLISH: ReadonlyMap<string, readonly string[]> = new Map(
  OBJECTS.flatMap(([english, others]) =>
    others.split(" ").map((name): [string, readonly string[]] => [name, english.split(" ")]),
  ),
);
/** The longest first: 床头柜 is no 床. */
const OTHER_NAME = new RegExp([...ENGLISH.keys()].sort((one, other) => other.length - one.length).join("|"), "gu");
const NOT_ASCII = /[^\0-\x7f]/;

/**
 * Whether a picture or a name in another script stands for an object that the question offers beside the chosen one.
 *
 * @param chosen the words of the answer that was read.
 * @param offered the words of all options; null where they are not known: then every other object is one more.
 */
export function showsOther(text: string, chosen: readonly string[], offered: readonly string[] | null): boolean {
  if (!NOT_ASCII.test(text)) return false;
  OTHER_NAME.lastIndex = 0;
  for (let match = OTHER_NAME.exec(text); match !== null; match = OTHER_NAME.exec(text)) {
    const words = ENGLISH.get(match[0]) ?? [];
    if (chosen.some((word) => words.includes(word) || word.includes(match[0]))) continue;
    if (offered === null || words.some((word) => offered.includes(word))) {
      OTHER_NAME.lastIndex = 0;
      return true;
    }
  }
  return false;
}

const ABBREVIATED: ReadonlyMap<string, DirectionPart> = new Map([
  ["l", "left"],
  ["r", "right"],
  ["f", "front"],
  ["b", "back"],
]);

/**
 * Whether a letter alone stands for a direction that the answer is not: "right L".
 *
 * @param isLetter whether a letter, as a capital, names an option.
 */
export function abbreviatesOther(
  words: readonly string[],
  parts: readonly DirectionPart[],
  isLetter: (letter: string) => boolean,
): boolean {
  for (const word of words) {
    const part = word.length === 1 ? ABBREVIATED.get(word) : undefined;
    if (part !== undefined && !parts.includes(part) && !isLetter(word.toUpperCase())) return true;
  }
  return false;
}

const WORDS = /[\p{L}\p{N}]+/gu;
const LATIN_WITH_LOOKALIKE =
  /\p{Script=Latin}.*[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}].*\p{Script=Latin}/u;
const DIGIT_AMONG_LETTERS = /\p{L}\d+\p{L}/u;

/** Marks that stand for a letter inside a word: "|eft", "s!nk". */
const MARK_AS_LETTER = /[|$@]\p{L}|\p{L}[|$@!]\p{L}/u;
const MARKED_WORDS = /[\p{L}\p{N}|$@!]+/gu;

/**
 * Whether words hold a disguise: "l3ft", a Latin word with Cyrillic letters in it, or one that only looks like a word
 * that is offered.
 *
 * @param words of the text, in lower case.
 * @param offered the words of all options, or of all directions.
 */
export function isDisguised(text: string, words: readonly string[], offered: readonly string[]): boolean {
  const isOne = (word: string): boolean => !offered.includes(word) && (isMixed(word) || looksOffered(word, offered));
  if (words.some(isOne)) return true;
  if (!MARK_AS_LETTER.test(text)) return false;
  return (text.toLowerCase().match(MARKED_WORDS) ?? []).some(
    (word) => !offered.includes(word) && looksOffered(word, offered),
  );
}

function isMixed(word: string): boolean {
  if (!NOT_ASCII.test(word)) return DIGIT_AMONG_LETTERS.test(word);
  return (word.match(WORDS) ?? []).some((part) => DIGIT_AMONG_LETTERS.test(part) || LATIN_WITH_LOOKALIKE.test(part));
}

/** Characters that look alike, as the first of each group; capitals count: "I" is an "l". */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  ["li1|!", "o0", "e3", "s5$", "b68", "a4@", "t7", "g9", "z2"].flatMap((group) =>
    [...group].map((character): [string, string] => [character, group.charAt(0)]),
  ),
);
/** Two letters look like too many others. */
const SHORTEST_DISGUISE = 3;

function looksOffered(word: string, offered: readonly string[]): boolean {
  if (word.length < SHORTEST_DISGUISE) return false;
  for (const other of offered) if (other.length === word.length && looksLike(word, other)) return true;
  return false;
}

function looksLike(one: string, other: string): boolean {
  for (let at = 0; at < one.length; at += 1) {
    const [first, second] = [one.charAt(at), other.charAt(at)];
    if (first !== second && (LOOKALIKES.get(first) ?? first) !== (LOOKALIKES.get(second) ?? second)) return false;
  }
  return true;
}
