import type { TrainingRow } from "../data/trainingRow.ts";
import { TrainError } from "../trainError.ts";

/** Where an image stands in a text, as ms-swift, LLaMA-Factory, verl and EasyR1 write it. */
const IMAGE_PLACE = "<image>";

/**
 * A row's prompt with a place for each image before it, a trainer's form that keeps texts and images together.
 *
 * @throws TrainError "image-place-in-text" when the question itself holds such a mark: images would be counted wrong.
 */
export function textWithPlaces({ id, prompt, images }: Pick<TrainingRow, "id" | "prompt" | "images">): string {
  const text = prompt[0]!.content;
  if (text.includes(IMAGE_PLACE)) {
    throw new TrainError("image-place-in-text", {
      file: `question ${id}`,
      place: "its text",
      got: IMAGE_PLACE,
      expected: "a text without the mark of an image's place",
      advice: "Leave the question out, or rename the object.",
    });
  }
  return IMAGE_PLACE.repeat(images.length) + text;
}
