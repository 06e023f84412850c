/** A message's payload as a page of a phone: Discord's proportions, colours and markdown, drawn by ourselves. */
import type { DiscordFile, DiscordMessage } from '../src/bots/discord/render/message.ts';

// biome-ignore-start lint/suspicious/noExplicitAny: payloads as they go over the line
type Any = any;

/** Little pictures for the emoji that messages hold: the packaged browser brings no font of them. */
const PICTURES: Readonly<Record<string, string>> = {
  '⬅️': '<rect width="16" height="16" rx="3" fill="#3b88c3"/><path d="M13 8H5m3-4L4 8l4 4" stroke="#fff" stroke-width="2" fill="none"/>',
  '➡️': '<rect width="16" height="16" rx="3" fill="#3b88c3"/><path d="M3 8h8M8 4l4 4-4 4" stroke="#fff" stroke-width="2" fill="none"/>',
  '🎛️': '<rect y="2" width="16" height="12" rx="2" fill="#99aab5"/><path d="M4 4v8M8 4v8M12 4v8" stroke="#31373d"/><path d="M2.5 9h3M6.5 6h3M10.5 10h3" stroke="#dd2e44" stroke-width="2"/>',
  '💎': '<path d="M3.5 2h9L16 6l-8 9L0 6z" fill="#5dadec"/><path d="M0 6h16M5 6l3 9 3-9-3-4z" stroke="#bddcf4" fill="none"/>',
  '🌟': '<path d="m8 0 2.3 5.2L16 6l-4.2 3.800L13 15.5 8 12.600l-5 2.9 1.2-5.700L0 6l5.7-.8z" fill="#ffac33"/>',
  '⚖️': '<path d="M8 1v13M2 4h12M5 14h6" stroke="#ffac33" stroke-width="1.5"/><path d="M0 9l2-5 2 5zm12 0 2-5 2 5z" fill="#ffac33"/>',
  '🗑️': '<path d="M3 4h10l-1 12H4z" fill="#99aab5"/><path d="M2 3h12M6 2h4" stroke="#ccd6dd" stroke-width="2"/><path d="M6 6v8m4-8v8" stroke="#66757f"/>',
  '🎬': '<path d="M1 7h14v8H1z" fill="#31373d"/><path d="m1 6 13-4 .7 2.5L2 8z" fill="#ccd6dd"/>',
  '📣': '<path d="M1 7 13 1v12L1 10z" fill="#dd2e44"/><path d="M4 10v5h3l-1-4" fill="#be1931"/>',
  '📌': '<circle cx="9" cy="5" r="4.5" fill="#dd2e44"/><path d="M7 9 3 15" stroke="#99aab5" stroke-width="1.5"/>',
  '👍': '<path d="M2 7h3v8H2zm4 0 3-6c2 0 2 2 1 5h5l-1 9H6z" fill="#ffdc5d"/>',
  '👎': '<path d="M2 9h3V1H2zm4 0 3 6c2 0 2-2 1-5h5L14 1H6z" fill="#ffdc5d"/>',
  '🎞️': '<rect width="16" height="16" rx="2" fill="#31373d"/><path d="M2 0v16M14 0v16" stroke="#99aab5" stroke-dasharray="2"/>',
  '✖️': '<path d="m3 3 10 10M13 3 3 13" stroke="#ccd6dd" stroke-width="3"/>',
};

/** Signs that the font lacks, drawn in the colour of the text. */
const SIGNS: Readonly<Record<string, string>> = {
  '♪': '<path d="M6 2l7-1v9" stroke="currentColor" stroke-width="1.5" fill="none"/><path d="M6 2v10" stroke="currentColor" stroke-width="1.5"/><ellipse cx="4" cy="12.5" rx="2.5" ry="2" fill="currentColor"/><ellipse cx="11" cy="10.5" rx="2.5" ry="2" fill="currentColor"/>',
  '★': '<path d="m8 1 2 4.700L15 6.200l-3.8 3.300L12.4 15 8 12.2 3.6 15l1.2-5.500L1 6.200l5-.5z" fill="currentColor"/>',
  '↗': '<path d="M4 12l8-8M6 4h6v6" stroke="currentColor" stroke-width="1.8" fill="none"/>',
  '⬇️': '<path d="M8 2v11M4 9l4 4 4-4" stroke="currentColor" stroke-width="2" fill="none"/>',
};

const picture = (inside: string) => `<svg class="emoji" viewBox="0 0 16 16">${inside}</svg>`;

const html = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function emoji(text: string): string {
  const keycap = text.replace(
    /(\d)\ufe0f\u20e3|🔟/gu,
    (_, digit?: string) => `<b class="key">${digit ?? '10'}</b>`,
  );
  return Object.entries({ ...PICTURES, ...SIGNS }).reduce(
    (all, [sign, inside]) => all.replaceAll(sign, picture(inside)),
    keycap,
  );
}

/** Discord's markdown, as far as our messages use it. */
function markdown(text: string): string {
  const kept: string[] = [];
  const guarded = text.replace(
    /\\([^\w\s])/g,
    (_, sign: string) => `\u0001${kept.push(html(sign)) - 1}\u0002`,
  );
  const lines = html(guarded)
    .split('\n')
    .map((line) => {
      const inline = line
        .replace(/\[([^\]]+)\]\((https?:[^)]+)\)/g, '<a>$1</a>')
        .replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
        .replace(/\*(.+?)\*/g, '<em>$1</em>');
      if (inline.startsWith('-# ')) return `<small>${inline.slice(3)}</small>`;
      if (inline.startsWith('### ')) return `<h3>${inline.slice(4)}</h3>`;
      if (inline.startsWith('- ')) return `<span class="item">${inline.slice(2)}</span>`;
      return `<span>${inline || '&nbsp;'}</span>`;
    });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: our own marks around what was escaped
  return emoji(lines.join('').replace(/\u0001(\d+)\u0002/g, (_, at: string) => kept[Number(at)]!));
}

/** A picture's address as the page can show it: files that travel along are written out. */
function source(url: string, files: readonly DiscordFile[]): string {
  const file = files.find(({ name }) => url === `attachment://${name}`);
  return file ? `data:image/png;base64,${file.attachment.toString('base64')}` : html(url);
}

function embed(one: Any, files: readonly DiscordFile[]): string {
  const colour = `#${(one.color ?? 0).toString(16).padStart(6, '0')}`;
  const fields = (one.fields ?? [])
    .map((field: Any) => `<div class="field"><b>${markdown(field.name)}</b>${markdown(field.value)}</div>`)
    .join('');
  const thumbnail = one.thumbnail
    ? `<img class="thumb" alt="" src="${source(one.thumbnail.url, files)}">`
    : '';
  const image = one.image ? `<img class="large" alt="" src="${source(one.image.url, files)}">` : '';
  return `<div class="embed" style="border-color:${colour}"><div class="beside"><div class="text">${
    one.title ? `<h3 class="title">${markdown(one.title)}</h3>` : ''
  }${one.description ? `<div class="about">${markdown(one.description)}</div>` : ''}</div>${thumbnail}</div>${
    fields && `<div class="fields">${fields}</div>`
  }${image}${one.footer ? `<footer>${html(one.footer.text)}</footer>` : ''}</div>`;
}

function component(one: Any, files: readonly DiscordFile[]): string {
  const inside = () => (one.components ?? []).map((inner: Any) => component(inner, files)).join('');
  switch (one.type) {
    case 1:
      return `<div class="row">${inside()}</div>`;
    case 2: {
      const sign = one.emoji ? emoji(one.emoji.name) : '';
      const looks = one.style === 1 ? ' primary' : '';
      return `<span class="button${looks}">${sign}${one.label ? html(one.label) : ''}${one.url ? emoji('↗') : ''}</span>`;
    }
    case 3:
      return `<span class="select">${html(one.placeholder ?? '')}<i>⌄</i></span>`;
    case 9:
      return `<div class="section"><div class="text">${inside()}</div>${component(one.accessory, files)}</div>`;
    case 10:
      return `<div class="display">${markdown(one.content)}</div>`;
    case 11:
      return `<img class="thumb card" alt="${html(one.description ?? '')}" src="${source(one.media.url, files)}">`;
    case 12:
      return one.items
        .map((item: Any) => `<img class="large" alt="" src="${source(item.media.url, files)}">`)
        .join('');
    case 17:
      return `<div class="container">${inside()}</div>`;
    default:
      return '';
  }
}
// biome-ignore-end lint/suspicious/noExplicitAny: payloads as they go over the line

const STYLE = `
*{box-sizing:border-box;margin:0}
body{width:390px;background:#313338;color:#dbdee1;font:15px/1.36 "Open Sans",sans-serif;padding:12px 12px 20px 0}
.message{display:grid;grid-template-columns:64px 1fr}
.avatar{width:40px;height:40px;border-radius:50%;margin-left:12px;background:linear-gradient(135deg,#4a5b8c,#b05a7a 50%,#f2b35e);color:#fff;display:grid;place-items:center;font-size:20px}
.name{color:#fff;font-weight:600}.tag{background:#5865f2;color:#fff;border-radius:4px;font-size:10px;font-weight:600;padding:1px 5px;margin:0 5px;vertical-align:2px}
.time{color:#949ba4;font-size:12px}
.asked{color:#b5bac1;font-size:13px;padding:0 0 6px 64px}.asked b{color:#c9cdfb}
.body span,.body small,.about span,.about small,.display span,.display small{display:block}
small{color:#949ba4;font-size:12px}h3{font-size:15px}
a,.title{color:#00a8fc}.item{padding-left:12px}.item:before{content:"• ";margin-left:-12px}
.embed{background:#2b2d31;border-left:4px solid;border-radius:4px;margin-top:6px;padding:8px 12px 10px 10px}
.beside,.section{display:flex;gap:10px;justify-content:space-between}.text{min-width:0;flex:1}
.title{font-size:15px;font-weight:600}.about{font-size:14px;margin-top:3px}
.thumb{width:56px;height:84px;object-fit:cover;border-radius:4px;flex:none}
.large{display:block;width:100%;max-height:400px;object-fit:contain;object-position:left;border-radius:4px;margin-top:10px}
.fields{display:grid;grid-template-columns:repeat(2,1fr);gap:6px;margin-top:8px;font-size:13px}.field b{display:block}
footer{font-size:11px;color:#b5bac1;margin-top:8px}
.row{display:flex;flex-wrap:wrap;gap:6px;margin-top:6px}
.button{background:#4e5058;color:#fff;border-radius:8px;padding:7px 11px;font-size:13.5px;font-weight:500;display:inline-flex;gap:5px;align-items:center}
.primary{background:#5865f2}.select{flex:1;background:#1e1f22;border-radius:8px;padding:9px 12px;font-size:14px;color:#949ba4;display:flex;justify-content:space-between}
.emoji{width:16px;height:16px;flex:none;vertical-align:-2px}.key{display:inline-grid;place-items:center;min-width:18px;height:18px;border-radius:4px;background:#3b88c3;color:#fff;font-size:12px;padding:0 3px;margin-right:2px;vertical-align:1px}
.container{background:#2b2d31;border:1px solid #3f4147;border-radius:8px;padding:12px;margin-top:4px;display:grid;gap:10px}.container .row{margin-top:0}.display{font-size:14px}.container strong{color:#f2f3f5}
`;

/** @param asked the line above the answer: who gave which command */
export function phonePage(message: DiscordMessage, asked: { who: string; command: string }): string {
  const { content, embeds, components, files } = message;
  const shown = [
    content && `<div class="body">${markdown(content)}</div>`,
    ...embeds.map((one) => embed(one, files)),
    ...components.map((one) => component(one, files)),
  ];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><style>${STYLE}</style><div class="asked"><b>${html(asked.who)}</b> used <b>${html(asked.command)}</b></div><div class="message"><div class="avatar">${emoji('♪')}</div><div><span class="name">Music2Movie</span><span class="tag">APP</span><span class="time">Today at 20:04</span>${shown.join('')}</div></div></html>`;
}
