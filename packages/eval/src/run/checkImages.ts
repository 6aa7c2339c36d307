import type { Asked } from "./askServer.ts";
import type { ChatAnswer } from "./readChatAnswer.ts";
import type { ImagesSeen } from "./runSettings.ts";

/**
 * Whether the server showed the model its images, by the tokens it counted: every image costs at least one. A server can
 * drop them all and still answer 200 (transformers serve with a processor that knows text only: 19 prompt tokens in
 * place of 43).
 *
 * @param answer to a question with so many images.
 * @param askWithoutImages asks the same text alone.
 * @returns "unknown" where the server counts nothing, or does not answer without images
 */
export async function checkImages(
  answer: ChatAnswer,
  images: number,
  askWithoutImages: () => Promise<Asked>,
): Promise<ImagesSeen> {
  if (answer.usage === null) return "unknown";
  const bare = (await askWithoutImages()).answer?.usage ?? null;
  if (bare === null) return "unknown";
  return answer.usage.prompt_tokens - bare.prompt_tokens < images ? "dropped" : "shown";
}
