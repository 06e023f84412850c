/** The song that somebody else's message is about: in its words, its links, or what other bots and players show. */
import { pastedSongs, questionIn } from '../../conversation/pasted-links.ts';
import { clean } from '../../shared/text.ts';

/** What stands under a message's words, in the names of Discord's API, as far as it is looked at. */
export interface SeenEmbed {
  readonly title?: unknown;
  readonly url?: unknown;
  readonly description?: unknown;
  readonly author?: { readonly name?: unknown } | null;
  readonly provider?: { readonly name?: unknown } | null;
  readonly fields?: readonly { readonly name?: unknown; readonly value?: unknown }[];
}

/** A message in the names of Discord's API; every field may be absent or of another kind. */
export interface SeenMessage {
  readonly content?: unknown;
  readonly author?: { readonly id?: unknown } | null;
  readonly embeds?: readonly SeenEmbed[];
  readonly components?: readonly unknown[];
  readonly message_snapshots?: readonly { readonly message?: SeenMessage }[];
}

const MOST_TEXT = 2000;
const MOST_QUESTIONS = 3;
/** Depth and number of components looked at: Discord allows three levels and forty. */
const MOST_DEPTH = 4;

const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, MOST_TEXT) : '');
const list = <T>(value: readonly T[] | undefined): readonly T[] =>
  Array.isArray(value) ? value.slice(0, 40) : [];

/** The texts of components of a message of the second version, in order. */
function componentTexts(components: readonly unknown[] | undefined, depth = 0): string[] {
  if (depth > MOST_DEPTH) return [];
  return list(components).flatMap((one) => {
    const { content, components: inner } = (one ?? {}) as { content?: unknown; components?: unknown[] };
    return [text(content), ...componentTexts(inner, depth + 1)].filter(Boolean);
  });
}

/** Marks that say what kind of video it is, not which song. */
const KIND_OF_VIDEO =
  /[([{【][^)\]}】]*\b(?:official|video|audio|lyrics?|visuali[sz]er|m\/?v|hd|hq|4k|remaster(?:ed)?|live|letra|clip)\b[^)\]}】]*[)\]}】]/giu;

const named = (title: string, artist: string) => [title, artist].filter(Boolean).join(' – ');

/** A video: `Artist - Title (Official Video)`, or the title alone on its artist's channel. */
function fromVideo(title: string, channel: string): string {
  const plain = clean(title.replace(KIND_OF_VIDEO, ' ').replace(/\s+\|.*$/, ''), 200);
  if (/\s[-–—]\s/.test(plain)) return plain;
  return named(plain, clean(channel.replace(/\s*-\s*Topic$|\s*VEVO$|\s+Official$/iu, ''), 120));
}

/** `Title by Artist on Apple Music`, also with `Single` and in the shapes of other shops. */
function fromShop(title: string, description: string): string {
  const plain = title.replace(/\s+on\s+Apple\sMusic$|\s+-\s+(?:Single|EP)(?=\s|$)/giu, '');
  const by = /^(.+?)\s+(?:by|von|par|de|di)\s+(.+)$/iu.exec(plain) ?? /^(.+?)\s+[-–—]\s+(.+)$/u.exec(plain);
  if (by) return named(clean(by[1]!, 200), clean(by[2]!, 120));
  return named(clean(plain, 200), clean(/(?:by|·|–)\s*([^·\n]+)/u.exec(description)?.[1] ?? '', 120));
}

const unmarked = (markdown: string) =>
  clean(markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*_`~]|^#+ |^-# /gm, ''), 200);

/** What stands first as a link or in bold is the song; what stands in bold after it, or behind `by`, its artist. */
function fromMarkdown(markdown: string): string {
  const shown = /\[([^\]\n]{1,200})\]\(|\*\*([^*\n]{1,200})\*\*/.exec(markdown);
  if (!shown) return '';
  const title = unmarked(shown[1] ?? shown[2] ?? '');
  const rest = markdown.slice(shown.index + shown[0].length).replace(/^[^)\s]*\)/, '');
  const artist = /\*\*\[?([^*\n\]]{1,120})|\bby\s+\[?([^\n\]*(]{1,120})/iu.exec(rest);
  return named(title, unmarked(artist?.[1] ?? artist?.[2] ?? ''));
}

const ARTIST_FIELD = /^(?:artists?|author|by|künstler|artiste|artista|アーティスト|아티스트)$/iu;

function fromEmbed(embed: SeenEmbed): string {
  const [title, url, description] = [text(embed.title), text(embed.url), text(embed.description)];
  const [provider, author] = [text(embed.provider?.name), text(embed.author?.name)];
  if (/^youtube/i.test(provider) || /^https:\/\/(?:www\.|music\.)?youtu\.?be/.test(url)) {
    return fromVideo(title, author);
  }
  if (/^apple music$/i.test(provider) || url.startsWith('https://music.apple.com/')) {
    return fromShop(title, description);
  }
  const field = list(embed.fields).find(({ name }) => ARTIST_FIELD.test(unmarked(text(name))));
  const artist = unmarked(text(field?.value));
  const marked = fromMarkdown(description);
  if (marked) return artist && !marked.includes(' – ') ? named(marked, artist) : marked;
  // “Now playing” names no song.
  if (title && (artist || author)) return named(unmarked(title), artist || unmarked(author));
  return unmarked(title);
}

/** Questions that the message may stand for, likeliest first; none where it holds no song and no words. */
export function questionsIn(message: SeenMessage): string[] {
  const whole = [message, ...list(message.message_snapshots).map((one) => one.message ?? {})];
  const contents = whole.map(({ content }) => text(content)).filter(Boolean);
  const embeds = whole.flatMap((one) => list(one.embeds));
  const shown = [
    ...embeds.flatMap(({ url, title, description, fields }) => [
      text(url),
      text(title),
      text(description),
      ...list(fields).map(({ value }) => text(value)),
    ]),
    ...componentTexts(message.components),
  ];
  const linked = contents.find((content) => pastedSongs(content).length > 0);
  const [first] = pastedSongs(shown.join('\n'));
  const questions = [
    linked ? questionIn(linked) : '',
    first ?? '',
    ...embeds.map(fromEmbed),
    fromMarkdown(componentTexts(message.components).join('\n')),
    contents[0] ?? '',
  ];
  return [...new Set(questions.map((question) => question.trim()))].filter(Boolean).slice(0, MOST_QUESTIONS);
}
