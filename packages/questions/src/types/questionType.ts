import type { Evidence, ProtocolName, Question, QuestionType, RandomGenerator, Reject } from "@vsi/dataset";
import type { Marks } from "@vsi/dataset/internal";
import type { SceneFacts, SceneObject, Vec3 } from "@vsi/geometry";
import type { DistanceKind } from "../choices.ts";
import type { MeasuredPoints, ObjectDistance } from "../distances.ts";
import type { RouteRules } from "../routes/planner.ts";
import type { ObjectRules } from "../scene/clearObjects.ts";
import type { QueriedScene, Scene } from "../scene/scene.ts";

/**
 * Everything about one question type: who may be asked, what the answer is, how the text is read back, and what is said
 * and drawn of its evidence. What is told of a type in a word or a number (unit, title, needs) is its row in
 * @vsi/dataset's table.
 */
export interface QuestionTypeModule extends Task {
  /** The wording by protocol; those of the type's row. A later line may hold how to answer. */
  templates: Readonly<Partial<Record<ProtocolName, string>>>;
  /** How a question of someone else is understood; null where its text does not tell all that the answer rests on. */
  query: QueryForm | null;
  /** What the answer rests on, in a sentence for a person. */
  describe(question: DescribedQuestion): string;
  /** What is drawn into the room's plan besides its objects. */
  marks(question: MarkedQuestion): Marks;
  /**
   * One true sentence of what was measured, such as might stand in a trace of reasoning; null where the evidence does
   * not measure the answer.
   */
  trace(question: TracedQuestion): string | null;
}

/** Which questions of a type a scene has. */
export interface Task {
  type: QuestionType;
  /**
   * "every": all candidates are asked, in the list's order; a cap thins them out by a seeded shuffle.
   * "sample": there are far more candidates than questions; they stay in the order drawn.
   */
  order: "every" | "sample";
  candidates(input: TaskInput): Candidates;
}

export interface TaskInput {
  scene: Scene;
  protocol: ProtocolRules;
  /** Metres between two of the scene's objects. */
  distance: ObjectDistance;
  /** Whether counting asks what the frames show. */
  countVisible: boolean;
  /** A stream of this seed, dataset, scene and type for one purpose, unrelated to those of other purposes. */
  random(...purpose: (string | number)[]): RandomGenerator;
}

/** The candidates of one type in one scene, as a virtual list. */
export interface Candidates {
  /** How many there are; a safe integer. */
  count: number;
  /** Asks candidate `index`, 0 to count - 1. Of a task of order "every", the same again and again. */
  ask(index: number): Attempt;
  /** Refusals after which no more candidates are drawn; where absent, as many as there are. */
  mostRefused?: number;
  /** Draws after which none follows, whatever came of them; where absent, as many as there are candidates. */
  mostDrawn?: number;
}

/** What came of one candidate: a question or none, and every draw that was refused on the way. */
export interface Attempt {
  draft: Draft | null;
  refusals: readonly Refusal[];
}

/** An answer and what it rests on. */
export interface Answer {
  /** The word or the number as text. */
  ground_truth: string;
  evidence: Omit<Evidence, "frames" | "route"> & Partial<Pick<Evidence, "route">>;
}

/** A question before it is phrased: what goes into the template, and the answer. */
export interface Draft extends Answer {
  /** By the template's places: {category: "trash can"}. */
  words: Readonly<Record<string, string>>;
  /** The answers to choose from, in the order to list them; absent where the answer is a number. */
  choices?: readonly string[];
  /** Names of the frames that the answer rests on; where absent, those that show the evidence's objects. */
  frames?: readonly string[];
}

/** A candidate that was drawn and broke a rule. */
export type Refusal = Pick<Reject, "code" | "message" | "object_ids" | "value" | "limit" | "unit">;

/** Which questions a protocol refuses. */
export interface ProtocolRules {
  /**
   * "literal": a label means the objects that bear it. "wide": it means what a viewer may take it for, with narrower and
   * wider names, synonyms and plurals; where that makes a difference in a room, nothing is asked with it.
   */
  names: "literal" | "wide";
  /** What an object must be like to be asked about; null where every object is. */
  objects: ObjectRules | null;
  /** From where on an object a camera's distance is measured; the mesh's where the facts have it, as the wording says. */
  cameraDistance: "box" | "mesh";
  absoluteDistance: {
    /** Metres; nearer pairs are refused. */
    smallestDistance_m: number;
  };
  relativeDistance: {
    /** Whether the four to choose from are one-instance labels, or labels of any number of instances. */
    choices: "single" | "any";
    /** Sets of four drawn for a target, until one is accepted; null for as many as there are. */
    draws: number | null;
    /** The nearest must be this far from the target, in metres. */
    smallestDistance_m: number;
    /**
     * "nearest": the second nearest must be farther than the nearest by at least the gap.
     * "all": each of the four must be farther than the next nearer by more than the gap.
     */
    gaps: "nearest" | "all";
    /** Metres. */
    smallestGap_m: number;
    /** The same where the room's area is over `largeRoom_m2`. */
    smallestGapInLargeRoom_m: number;
    /** Square metres. */
    largeRoom_m2: number;
  };
  relativeDirection: {
    /** All three objects must be this far apart, on the floor plane, in metres. */
    smallestDistance_m: number;
    /** Null for any. */
    largestDistance_m: number | null;
    /** Degrees that the angle must keep from every edge at which the answer becomes another. */
    smallestMargin_degree: number;
    /** Of the eight corners of the box asked about, at most this many may lie where the answer is another. */
    mostCornersElsewhere: number;
    /** Who stands by an object stands beside it; null where its centroid is the standpoint. */
    standpoints: StandpointRules | null;
  };
  /** Null where the protocol has no routes. */
  routes: RouteRules | null;
}

/** Where somebody who stands by an object may stand. */
export interface StandpointRules {
  /** Metres between the object's footprint and the standpoints around it. */
  standoff_m: number;
  /** Share of the standpoints around the object's oriented box from which the answer must be the same. */
  leastAgreeing: number;
  /** The same around its axis-aligned box: how a box is turned is its fit's word. */
  leastAgreeingAligned: number;
  /** Metres over the floor at which the object's lower edge may be: nobody stands by a ceiling lamp. */
  highest_m: number;
}

/** A question as data, of any type. */
export interface AnyQuery {
  question_type: QuestionType;
}

/** What fills a template, by its places: {category: "trash can"}. */
export type Words = Readonly<Record<string, string>>;

/**
 * What a query says beside the names that fill a template, by its fields: {which: "farthest"}. A template is for the
 * queries of one meaning; of those that VSI-Bench asks there is nothing to say.
 */
export type Meaning = Readonly<Record<string, string>>;

/**
 * How a type's questions are read back, put into words and answered, whoever asked them. Method syntax: the registry
 * mixes the types' queries.
 */
export interface QueryForm<TypeQuery extends AnyQuery = AnyQuery> {
  /**
   * The query that a text asks, without the fields of its template's meaning.
   *
   * @param words what the text has in the template's places; names are as nameOf gives them.
   * @param nameOf what a name in the text stands for, for a place that holds more than a name.
   */
  read(words: Words, nameOf: (name: string) => string): TypeQuery;
  /** The other way: what fills a template, and the meaning that the template must have. */
  phrase(query: TypeQuery): { words: Words; meaning: Meaning };
  /** Whether a text may stand in a place; where absent, in every place stands a name. */
  fits?(place: string, text: string, isName: (name: string) => boolean): boolean;
  /** The categories that the query names, whatever it holds, and how many there must be. */
  names(query: TypeQuery): { list: unknown; least: number };
  /** A field, whatever it holds, that holds what it can't; null where none does or absent where none can. */
  flaw?(query: TypeQuery): QueryFlaw | null;
  /**
   * @throws QueryError when the scene does not hold the answer.
   * @throws FactsError where a distance cannot be told.
   */
  answer(query: TypeQuery, queried: QueryInput): Answer;
}

/** What is wrong with a query of a type that exists. */
export interface QueryFlaw {
  /** The field. */
  place: string;
  got: unknown;
  expected: string;
}

export interface QueryInput extends QueriedScene {
  /** Prepared when it is first asked for. */
  distance(): ObjectDistance;
}

/** A scene as questions about it are shown. */
export interface ShownScene {
  facts: Pick<SceneFacts, "room" | "surface_distances">;
  /** What questions call an object. */
  nameOf(object: SceneObject): string;
  /** The objects that questions may name, by id. */
  objects: ReadonlyMap<number, SceneObject>;
  /** Null without a stream. */
  frames: readonly ShownFrame[] | null;
  distanceKind: DistanceKind;
}

/** A sampled frame; metres, axis-aligned, +Z up. */
export interface ShownFrame {
  name: string;
  /** What questions call it: its place among the sampled frames, from 1. */
  number: number;
  position: Vec3;
  /** Unit vectors to the camera's right, down and forward. */
  axes: readonly Vec3[];
  /** Metres to objects' closest vertices, by object id, where its distances are measured so. */
  distances_m?: ReadonlyMap<number, number>;
}

/** The parts of a sentence about evidence. */
export interface DescribedQuestion {
  /** The evidence's objects, with their ids: "bed (id 3)". */
  named: readonly string[];
  /** The evidence's frames. */
  frames: readonly string[];
  /** With its unit. */
  value: string;
  /** "; 0.4 m from another answer"; empty where there is no margin. */
  margin: string;
  /** Between what of two objects their distance was measured: "the boxes". */
  between: string;
  /** Whether a camera's distance was measured to objects' closest vertices, not to their boxes. */
  isToVertices: boolean;
  ground_truth: string;
}

/** What marks are made from; asked objects and frames that the scene does not have are left out. */
export interface MarkedQuestion {
  question: Pick<Question, "question" | "ground_truth" | "evidence">;
  asked: readonly SceneObject[];
  frames: readonly ShownFrame[];
  room: SceneFacts["room"];
  measured: MeasuredPoints;
}

/** What a trace tells; `value` is there. */
export interface TracedQuestion extends Pick<Evidence, "unit" | "margin"> {
  value: number;
  ground_truth: string;
}
