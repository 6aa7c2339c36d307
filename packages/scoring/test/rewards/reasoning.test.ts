import { describe, expect, test } from "@jest/globals";
import { guardReasoning, REASONING_LIMITS } from "../../src/rewards/reasoning.ts";

const PROSE = [
  "There are three chairs here.",
  "First I find the shelf, then the shower. Standing at the shelf and looking at the shower, the bicycle is behind my right shoulder, so I have to turn right.",
  "The bed is about 2.0 m long, the gap to the wall is roughly 0.6 m, and the desk is 1.2 m wide. Adding these, 2.0 + 0.6 + 1.2 = 3.8 m, so the distance is about 3.8 meters.",
  "1. The first frames show a door and a white wall.\n2. Then a brown table with two chairs comes into view.\n3. Behind it stands another chair, partly hidden by a curtain.\nIn total I count three chairs.",
  "房间里有一张桌子,桌子旁边放着三把椅子,窗户在左边,门在右边,所以答案是三。",
  "Im Zimmer stehen drei Stühle: einer am Fenster, einer am Schreibtisch und einer neben der Wohnungseingangstür.",
];

describe("guardReasoning", () => {
  test.each(PROSE)("lets reasoning pass: %s", (text) => {
    expect(guardReasoning(text)).toBeNull();
  });

  test("names what filling is", () => {
    expect(guardReasoning("")).toBe("reasoning-empty");
    expect(guardReasoning("let me think")).toBe("reasoning-empty");
    expect(guardReasoning(`${PROSE[1]} ${PROSE[1]}`)).toBe("reasoning-repeated");
    expect(guardReasoning("chair chair chair chair chair chair")).toBe("reasoning-repeated");
    expect(guardReasoning(Array.from({ length: 90 }, (_, at) => at).join(" "))).toBe("reasoning-padded");
    expect(guardReasoning(`${PROSE[0]}${" .".repeat(200)}`)).toBe("reasoning-padded");
    expect(guardReasoning("x".repeat(REASONING_LIMITS.characters + 1))).toBe("reasoning-too-long");
  });
});

test("regression: numbers that count up do not make a sentence new, numbers in sums and lists do", () => {
  const numbered = (sentence: string) =>
    Array.from({ length: 40 }, (_, at) => sentence.replace("#", `${at}`)).join(" ");
  for (const sentence of ["Step # look around.", "chair # here,", "Frame #: I see a chair.", "# chairs"]) {
    expect(guardReasoning(numbered(sentence))).toMatch(/reasoning-(repeated|padded)/);
  }
  for (const text of [
    "The room is 5.2 m by 4.1 m. 5.2 x 4.1 = 21.32, minus the closet of 1.2 x 0.8 = 0.96, gives 20.36 square meters.",
    "In frame 1 there is a bed. In frame 2 there is a desk. In frame 3 there is a chair. In frame 4 there is a second chair. So there are 2 chairs.",
  ]) {
    expect(guardReasoning(text)).toBeNull();
  }
});

const SHORT = [
  "There are four lamps.",
  "I see 4 lamps.",
  "The stove is left of the door.",
  "Sofa near window, lamp beside bed, so lamp is closer.",
  "Width 3.9 m, length 6.2 m, area 24.2 m2.",
  "3.9 x 6.2 = 24.18, so the room is about 24 square meters.",
  // Regression: coordinates were taken for padding.
  "Lamp 1 stands at (0.4, 2.5), lamp 2 at (3.1, 0.9), lamp 3 at (2.2, 2.8). That makes 3.",
  "x=1.4, y=0.6 for the lamp and x=3.0, y=1.2 for the sofa: so the distance is about 1.7 m.",
  "How many lamps are there? I see one by the door and two at the table, so three.",
  "我看到桌子旁边有两盏灯,门口有一盏,所以一共三盏。",
  "部屋にはランプが三つあります。",
  "방에 램프가 네 개 있습니다.",
  "ในห้องมีโคมไฟสี่ดวง",
  "Im Raum stehen vier Lampen.",
  "Il y a quatre lampes dans la pièce.",
  "Hay cuatro lámparas en la habitación.",
  "Ci sono quattro lampade nella stanza.",
  "Há quatro lâmpadas na sala.",
  "Er staan vier lampen in de kamer.",
  "В комнате четыре лампы у стены.",
  "W pokoju są cztery lampy.",
  "Det finns fyra lampor i rummet.",
  "Odada dört lamba var.",
  "Ada empat lampu di ruangan ini.",
  "Trong phòng có bốn cái đèn.",
  "توجد أربعة مصابيح في الغرفة بجانب الطاولة.",
  "कमरे में चार लैंप हैं।",
  "Στο δωμάτιο υπάρχουν τέσσερις λάμπες.",
];

test("short reasoning in many languages passes", () => {
  expect(SHORT.flatMap((text) => (guardReasoning(text) === null ? [] : [[text, guardReasoning(text)]]))).toEqual([]);
});

const NOTHING: Record<string, string[]> = {
  "no word at all": [
    "\u3164 \u3164\u3164 \u3164\u3164\u3164",
    "\u034f \u034f\u034f \u034f\u034f\u034f \u061c",
    "\u180b \u180c \u180d \u180e",
  ]
    .concat(
      "\u{e0065} \u{e0066} \u{e0067} \u{e0068}",
      "\u{e0105} \u{e0106} \u{e0107}",
      "\u115f\u1160 \u1160\u115f \u115f",
    )
    .concat(
      "\u2801 \u2802 \u2803 \u2804",
      "🙂 🙃 😀 😁 😂",
      "→ ← ↑ ↓ ↔",
      "\u0301 \u0300 \u0302 \u0303",
      "... --- ... ---",
    ),
  "letters and no words": [
    "q w e r t",
    "x y z w v u",
    "α β γ δ ε",
    "а б в г д е",
    "あ い う え お",
    "가 나 다 라 마",
    "I II III IV V",
  ],
  "keys and codes": [
    "hjkl uiop bnmv qwerty dfgh",
    "lkj the poi of mnb in qwz",
    "c0ffee f00d 8badf00d deadc0de",
    "q1 q2 q3 q4 q5 q6",
    "YmxhIGJsYQ bm90aGluZyB0 byBzZWU eHl6enk",
    Array.from({ length: 900 }, (_, at) => `v${at.toString(36)}`).join(" "),
  ],
  "words that state nothing": [
    "the of and to in is that it",
    "table lamp door window wall sofa",
    "granite whisper orbit mustard velvet",
    "Lorem ipsum dolor sit amet, sed do eiusmod tempor incididunt ut labore.",
    "foo bar baz qux quux",
    "one two three four five six",
  ],
  "the prompt and its words": [
    "thinking process goes here",
    "my reasoning process in detail and then the final answer",
    "Let me think step by step about the question and give the answer.",
    "How many lamps are in this room?",
    "how many lamps are there in this room",
    "If I am standing by the stove and facing the door, is the lamp to my left or my right?",
    "What is the size of this room (in square meters)? If multiple rooms are shown, estimate the size of the combined space.",
    "Please think step by step and enclose your thinking process.",
  ],
};

test.each(Object.entries(NOTHING))("reasoning of %s takes no reward", (_, texts) => {
  expect(texts.filter((text) => guardReasoning(text) === null)).toEqual([]);
});

test("what only repeats the task is told from what is no language", () => {
  expect(guardReasoning("How many lamps are in this room?")).toBe("reasoning-echo");
  expect(guardReasoning("hjkl uiop bnmv qwerty dfgh")).toBe("reasoning-junk");
});
