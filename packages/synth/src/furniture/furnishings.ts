/** What a room of one use holds. */
export interface Furnishing {
  /** ScanNet's sceneType. */
  sceneType: string;
  /** Label, least and most; placed in this order, so large pieces come first. */
  furniture: readonly (readonly [label: string, least: number, most: number])[];
}

/** Uses of a room: 10 to 25 pieces each, some labels once and some several times. */
export const furnishings: readonly Furnishing[] = [
  {
    sceneType: "Living room / Lounge",
    furniture: [
      ["couch", 1, 1],
      ["tv stand", 1, 1],
      ["coffee table", 1, 1],
      ["armchair", 2, 2],
      ["piano", 0, 1],
      ["bookshelf", 1, 2],
      ["end table", 1, 2],
      ["ottoman", 0, 1],
      ["chair", 2, 3],
      ["plant", 1, 2],
      ["lamp", 1, 2],
      ["trash can", 0, 2],
      ["object", 0, 2],
    ],
  },
  {
    sceneType: "Bedroom / Hotel",
    furniture: [
      ["bed", 1, 1],
      ["desk", 1, 1],
      ["dresser", 1, 1],
      ["nightstand", 2, 2],
      ["bookshelf", 0, 1],
      ["office chair", 1, 1],
      ["laundry basket", 1, 1],
      ["lamp", 1, 2],
      ["suitcase", 1, 1],
      ["backpack", 0, 2],
      ["trash can", 1, 1],
      ["stool", 0, 2],
      ["object", 0, 2],
    ],
  },
  {
    sceneType: "Office",
    furniture: [
      ["desk", 2, 3],
      ["table", 1, 1],
      ["bookshelf", 1, 1],
      ["printer", 1, 1],
      ["file cabinet", 1, 3],
      ["office chair", 2, 3],
      ["plant", 1, 1],
      ["lamp", 1, 1],
      ["box", 0, 2],
      ["trash can", 2, 3],
      ["backpack", 1, 1],
      ["object", 0, 2],
    ],
  },
  {
    sceneType: "Kitchen",
    furniture: [
      ["table", 1, 1],
      ["refrigerator", 1, 1],
      ["stove", 1, 1],
      ["cabinet", 1, 1],
      ["washing machine", 0, 1],
      ["chair", 3, 5],
      ["stool", 1, 2],
      ["trash can", 1, 3],
      ["plant", 1, 1],
      ["box", 1, 2],
      ["object", 0, 2],
    ],
  },
];
