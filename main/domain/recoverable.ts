/** Milliseconds for which what registries said of an image is good (JUDGING §2). */
export const answerLife = 86_400_000;
