import { type Message, wordsFor } from '../../../src/i18n/index.ts';

/** The sentence as an English reader gets it. */
export const inEnglish = ({ key, params }: Message) => wordsFor('en').t(key, params);
