/** How Japanese is read, by kuromoji's dictionary. */
import { createRequire } from 'node:module';
import path from 'node:path';
import kuromoji from 'kuromoji';
import type { JapaneseReader } from '../engine/search/index.ts';

/** Parts of speech that are written together with the word before them. */
const ENDING = /^(?:助動詞|接尾)|接続助詞/u;

/** Loads the dictionary: about a second, and 100 MB until the reader is let go. */
export function loadJapanese(): Promise<JapaneseReader> {
  const dicPath = path.join(
    path.dirname(createRequire(import.meta.url).resolve('kuromoji/package.json')),
    'dict',
  );
  return new Promise((resolve, reject) => {
    kuromoji.builder({ dicPath }).build((error, tokenizer) => {
      if (error) return reject(error);
      resolve((text) => {
        let reading = '';
        for (const { reading: kana, surface_form, pos, pos_detail_1 } of tokenizer.tokenize(text)) {
          const joined = ENDING.test(pos) || ENDING.test(pos_detail_1) ? '' : ' ';
          reading += joined + (kana && kana !== '*' ? kana : surface_form);
        }
        return reading.trim();
      });
    });
  });
}
