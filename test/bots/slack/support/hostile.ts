/** Texts that try everything. */
import fc from 'fast-check';

const EVIL = [
  '<!channel>',
  '<!here|x>',
  '<@U0VICTIM>',
  '<#C0MUSIC|music>',
  '<https://evil.example|click>',
  '&lt;!everyone&gt;',
  '*bold* _it_ ~no~ `code` ```pre```',
  ':tada: :skull_and_crossbones:',
  '\u202egnirts\u202c \u200b\u2066',
  '\u0000\u0007\u001b[31m',
  '👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'e\u0301\u0302\u0303\u0304\u0305'.repeat(50),
  '|a|b|',
  '\ud83d',
  ' \n\t ',
  '',
  '> quote\n&amp;',
  'x'.repeat(6000),
  '&'.repeat(4000),
];

/** Any text, hostile ones often. */
export const text = fc.oneof(
  fc.constantFrom(...EVIL),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(fc.constantFrom(...EVIL), { maxLength: 6 }).map((parts) => parts.join(' ')),
);
