import { type Token, textAt } from "./plainText.ts";

/** A number found in words, and the index of the first token after it. */
export interface WordNumber {
  value: number;
  next: number;
}

/**
 * The number up to 99 that starts at a token in a language other than English, or null: "vier", "drei Komma fünf",
 * "ochenta y siete", "quatre-vingt-sept", "siebenundachtzig". English names are read first: numbers.ts.
 */
export function readForeignNumber(words: readonly Token[], at: number): WordNumber | null {
  const whole = readTens(words, at) ?? readSmall(words, at);
  if (whole === null) return null;
  const tenth = POINTS.has(textAt(words, whole.next)) ? SMALL.get(textAt(words, whole.next + 1)) : undefined;
  return tenth === undefined || tenth > 9 ? whole : { value: whole.value + tenth / 10, next: whole.next + 2 };
}

/** Names of 0, 2, 3, 4 and so on; a dash for one that is left out. */
function named(names: string): [string, number][] {
  return names
    .split(" ")
    .map((name, index): [string, number] => [name, index === 0 ? 0 : index + 1])
    .filter(([name]) => name !== "-");
}

/**
 * Left out what is a common word elsewhere: German "eins", which is an article, French "six", which is English, Spanish
 * "once", Italian "due", Turkish "on".
 */
const SMALL = new Map(
  [
    "null zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "zéro deux trois quatre cinq - sept huit neuf dix onze douze treize quatorze quinze seize",
    "cero dos tres cuatro cinco seis siete ocho nueve diez - doce trece catorce quince dieciséis diecisiete dieciocho diecinueve",
    "- - tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
    "- dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete dezoito dezenove",
    "- duas três quatro cinco seis sete oito nove dez onze doze",
    "nul twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien",
    "ноль два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать",
    "- две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
    "noll två tre fyra fem - sju åtta nio tio elva tolv",
    "zero dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć",
    "sıfır iki üç dört beş altı yedi sekiz dokuz",
    "nol dua tiga empat lima enam tujuh delapan sembilan sepuluh",
    "영 두 세 네 다섯 여섯 일곱 여덟 아홉 열",
    "- 둘 셋 넷",
  ].flatMap(named),
);

/** Twenty, thirty and so on to ninety. */
const TENS = new Map(
  [
    "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "vingt trente quarante cinquante soixante septante huitante nonante",
    "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
    "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio",
    "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt",
    "yirmi otuz kırk elli altmış yetmiş seksen doksan",
  ].flatMap((names) => names.split(" ").map((name, index): [string, number] => [name, 10 * (index + 2)])),
);

/** What is 1, or English too, and counts behind tens alone: "treinta y uno", "vingt-six". */
const BEHIND_TENS = new Map([
  ["un", 1],
  ["une", 1],
  ["uno", 1],
  ["una", 1],
  ["um", 1],
  ["uma", 1],
  ["один", 1],
  ["одна", 1],
  ["jeden", 1],
  ["bir", 1],
  ["six", 6],
]);

/** "Treinta y uno", "trinta e um", "vingt et un", "trente-deux". */
const JOINTS = new Set(["y", "e", "et", "-"]);

const POINTS = new Set(["komma", "virgule", "coma", "vírgula", "virgola", "punto", "punt", "целых", "przecinek"]);

function readSmall(words: readonly Token[], at: number): WordNumber | null {
  const text = textAt(words, at);
  const value = SMALL.get(text) ?? (COMPOUND.test(text) ? compound(text) : undefined);
  if (value === undefined) return null;
  // French has no words of its own for 17 to 19.
  const unit = value === 10 && textAt(words, at + 1) === "-" ? behindTens(words, at + 2) : undefined;
  return unit !== undefined && unit >= 7 && unit <= 9 ? { value: 10 + unit, next: at + 3 } : { value, next: at + 1 };
}

function readTens(words: readonly Token[], at: number): WordNumber | null {
  const text = textAt(words, at);
  const isQuatreVingt = text === "quatre" && textAt(words, at + 1) === "-" && /^vingts?$/.test(textAt(words, at + 2));
  const tens = isQuatreVingt ? 80 : TENS.get(text);
  if (tens === undefined) return null;
  const next = isQuatreVingt ? at + 3 : at + 1;
  const place = JOINTS.has(textAt(words, next)) ? next + 1 : next;
  // Soixante-dix and quatre-vingt-dix go on to the teens.
  const teens = isQuatreVingt || text === "soixante" ? readSmall(words, place) : null;
  if (teens !== null && teens.value >= 10 && teens.value < 20) return { value: tens + teens.value, next: teens.next };
  const unit = behindTens(words, place);
  return unit === undefined || unit < 1 || unit > 9 ? { value: tens, next } : { value: tens + unit, next: place + 1 };
}

function behindTens(words: readonly Token[], at: number): number | undefined {
  const text = textAt(words, at);
  return SMALL.get(text) ?? BEHIND_TENS.get(text);
}

/** Numbers that are one word: German and Dutch say the unit first, Italian and Spanish melt it into the tens. */
const COMPOUND =
  /^(?:(?:(ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und|(een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)[eë]n)(\p{L}+ig)|(vent|trent|quarant|cinquant|sessant|settant|ottant|novant)[ia]?(\p{L}{3,7})|veinti(\p{L}{2,6}))$/u;
const UNITS = new Map([
  ["ein", 1],
  ["een", 1],
  ["één", 1],
  ["uno", 1],
  ["ún", 1],
  ["due", 2],
  ["tré", 3],
  ["dós", 2],
  ["trés", 3],
  ["séis", 6],
]);

function compound(text: string): number | undefined {
  const [, german, dutch, tensLast, tensFirst, italian, spanish] = COMPOUND.exec(text) ?? [];
  const unit = german ?? dutch ?? italian ?? spanish ?? "";
  const value = UNITS.get(unit) ?? SMALL.get(unit);
  const tens = spanish !== undefined ? 20 : (TENS.get(tensLast ?? `${tensFirst}a`) ?? TENS.get(`${tensFirst}i`));
  return value === undefined || value < 1 || value > 9 || tens === undefined ? undefined : tens + value;
}
