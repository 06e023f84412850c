// What HTML and htmx can't do alone: the list of suggestions, details that open and close, the skeleton
// while one waits, a sentence when the server is gone. Everything else works without this file.

const $ = (selector, from = document) => from.querySelector(selector);
const form = $('#ask');
const input = $('#song');
const pick = $('#pick');
const list = $('#suggestions');
const chat = $('#chat');
const status = $('#status');
const calm = matchMedia('(prefers-reduced-motion: reduce)');

const say = (text) => {
  status.textContent = '';
  requestAnimationFrame(() => {
    status.textContent = text;
  });
};

// --- Suggestions: an ARIA combobox -----------------------------------------------------------------------
let active = -1;
const options = () => [...list.children];

function highlight(at) {
  const all = options();
  active = all.length === 0 ? -1 : (at + all.length) % all.length;
  for (const [i, option] of all.entries()) option.setAttribute('aria-selected', String(i === active));
  const current = all[active];
  if (current) {
    input.setAttribute('aria-activedescendant', current.id);
    current.scrollIntoView({ block: 'nearest' });
  } else input.removeAttribute('aria-activedescendant');
}

function showList(open) {
  const shown = open && list.children.length > 0 && document.activeElement === input;
  list.hidden = !shown;
  input.setAttribute('aria-expanded', String(shown));
  if (!shown) {
    active = -1;
    input.removeAttribute('aria-activedescendant');
  }
}

function choose(option) {
  input.value = option.dataset.label;
  pick.value = option.dataset.value;
  showList(false);
  form.requestSubmit();
}

input.addEventListener('input', () => {
  pick.value = '';
  if (input.value.trim() === '') {
    list.replaceChildren();
    showList(false);
  }
});
input.addEventListener('keydown', (event) => {
  const open = !list.hidden;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (!open) showList(true);
    if (!list.hidden) highlight(event.key === 'ArrowDown' ? active + 1 : active < 0 ? -1 : active - 1);
  } else if (event.key === 'Escape' && open) {
    event.preventDefault();
    showList(false);
  } else if (event.key === 'Enter' && open && active >= 0) {
    event.preventDefault();
    choose(options()[active]);
  }
});
input.addEventListener('focus', () => showList(true));
// Not when the focus is back by then.
input.addEventListener('blur', () => setTimeout(() => showList(document.activeElement === input), 120));
list.addEventListener('pointerdown', (event) => event.preventDefault());
list.addEventListener('click', (event) => {
  const option = event.target.closest('[role=option]');
  if (option) choose(option);
});

// --- Asking ----------------------------------------------------------------------------------------------
let waiting = null;
/** The question as it was sent. */
let sent = '';

function showWaiting(asked) {
  waiting?.remove();
  waiting = $('#waiting').content.firstElementChild.cloneNode(true);
  $('.asked', waiting).textContent = asked;
  chat.append(waiting);
  document.body.classList.add('talking');
  waiting.scrollIntoView({ block: 'start', behavior: calm.matches ? 'auto' : 'smooth' });
}

function showUnreachable(place) {
  const sentence = $('#unreachable').content.firstElementChild.cloneNode(true);
  if (place === chat) {
    const turn = waiting ?? document.createElement('article');
    turn.className = 'turn';
    for (const part of turn.querySelectorAll('.skeleton, .skeleton ~ .visually-hidden')) part.remove();
    turn.append(sentence);
    chat.append(turn);
    waiting = null;
  } else place.append(sentence);
  $('h2', sentence).focus();
  say($('p', sentence).textContent);
}

document.addEventListener('click', (event) => {
  const example = event.target.closest('[data-ask]');
  if (example) {
    event.preventDefault();
    input.value = example.dataset.ask;
    pick.value = example.dataset.pick;
    form.requestSubmit();
  }
});

const isQuestion = (detail) => detail.elt === form;

document.addEventListener('htmx:beforeRequest', ({ detail }) => {
  if (isQuestion(detail)) {
    showList(false);
    sent = input.value;
    showWaiting(sent);
    // A question in flight is not asked twice, and late suggestions do not pop up over its answer.
    list.replaceChildren();
  } else detail.elt.closest('.answer')?.setAttribute('aria-busy', 'true');
});

document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  if (detail.target === chat) {
    waiting?.remove();
    waiting = null;
  }
  // Suggestions for text that was asked or picked meanwhile.
  if (detail.target === list && (waiting || pick.value !== '')) detail.shouldSwap = false;
});

document.addEventListener('htmx:afterRequest', ({ detail }) => {
  detail.elt.closest('.answer')?.removeAttribute('aria-busy');
});

for (const failure of ['htmx:sendError', 'htmx:timeout']) {
  document.addEventListener(failure, ({ detail }) => {
    if (detail.elt === input) return;
    const place = isQuestion(detail) ? chat : detail.elt.closest('.answer');
    if (place) showUnreachable(place);
  });
}

document.addEventListener('htmx:afterSettle', ({ detail }) => {
  const { target, elt } = detail;
  if (target === list) {
    showList(true);
    say(list.children.length > 0 ? `${list.getAttribute('aria-label')}: ${list.children.length}` : '');
    return;
  }
  if (target === chat) {
    const turn = chat.lastElementChild;
    const heading = $('h2, h3', turn);
    // Whoever types the next question meanwhile keeps it, and goes on typing.
    if (input.value === sent || input.value === '') {
      input.value = '';
      pick.value = '';
      heading?.focus({ preventScroll: true });
    }
    turn.scrollIntoView({ block: 'start', behavior: calm.matches ? 'auto' : 'smooth' });
    if (heading) document.title = `${heading.textContent} · Music2Movie`;
    return;
  }
  const swapped = elt.matches?.('.answer, .detail') ? elt : target;
  if (swapped.matches?.('.slot, .answer, .detail')) {
    const heading = $('h2, h3', swapped);
    heading?.focus({ preventScroll: true });
    const seen = swapped.closest('.detail') ?? $('.detail', swapped) ?? heading;
    seen?.scrollIntoView({ block: 'nearest', behavior: calm.matches ? 'auto' : 'smooth' });
  }
});

// --- Details that open and close -------------------------------------------------------------------------
function closeSlot(slot) {
  slot.replaceChildren();
  $(`[data-toggle="${slot.id}"]`)?.setAttribute('aria-expanded', 'false');
}

document.addEventListener('htmx:configRequest', (event) => {
  const button = event.detail.elt;
  if (!button.dataset?.toggle) return;
  const slot = document.getElementById(button.dataset.toggle);
  if (button.getAttribute('aria-expanded') === 'true') {
    event.preventDefault();
    closeSlot(slot);
    return;
  }
  for (const other of button.closest('.answer').querySelectorAll('.slot')) closeSlot(other);
  button.setAttribute('aria-expanded', 'true');
});

document.addEventListener('click', async (event) => {
  const close = event.target.closest('[data-close]');
  if (close) {
    const slot = close.closest('.slot');
    const opener = $(`[data-toggle="${slot.id}"]`);
    closeSlot(slot);
    opener?.focus();
  }
  if (event.target.closest('[data-retry]')) {
    const turn = event.target.closest('.turn');
    const asked = $('.asked', turn)?.textContent ?? '';
    if (turn.querySelectorAll('.answer').length > 1) event.target.closest('.answer').remove();
    else {
      turn.remove();
      input.value = asked;
      form.requestSubmit();
    }
  }
  const copy = event.target.closest('[data-copy]');
  if (copy && navigator.clipboard) {
    event.preventDefault();
    await navigator.clipboard.writeText(copy.href);
    say(copy.dataset.copy);
    const label = copy.textContent;
    copy.textContent = copy.dataset.copy;
    setTimeout(() => {
      copy.textContent = label;
    }, 1800);
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const slot = event.target.closest?.('.slot');
  if (slot) $('[data-close]', slot)?.click();
});

// --- Posters: what can't be loaded makes way for the drawn one below it --------------------------------------
document.addEventListener(
  'error',
  ({ target }) => {
    if (target.matches?.('img.real')) target.remove();
  },
  true,
);
for (const image of document.querySelectorAll('img.real')) {
  // Those that failed before this script ran.
  if (image.complete && image.naturalWidth === 0) image.remove();
}
