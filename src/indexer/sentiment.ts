import Sentiment from 'sentiment';

const analyser = new Sentiment();

/** The feeling in a text's words. */
export interface TextSentiment {
  /** −1…1, bleak to bright. */
  readonly sentiment: number;
  /** 0…1, how much of it is dark, whatever else is bright. */
  readonly negativity: number;
}

/** Squashes a sum of word scores into (−1, 1): s/√(s² + 15), the normalisation that VADER uses. */
const squash = (score: number) => score / Math.sqrt(score * score + 15);

/** Scores a text by the AFINN word list (−5…5 a word; a negator directly before a word turns it). */
export function textSentiment(text: string): TextSentiment {
  if (text === '') return { sentiment: 0, negativity: 0 };
  const { score, calculation } = analyser.analyze(text);
  let negative = 0;
  for (const entry of calculation) for (const value of Object.values(entry)) if (value < 0) negative -= value;
  return { sentiment: squash(score), negativity: squash(negative) };
}
