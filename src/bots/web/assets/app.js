// What HTML and htmx can't do alone: history, suggestions, details that open and close, the skeleton while one waits,
// a sentence when the server is gone. Everything else works without scripts.
import { dropList, listArrived } from './combo.js';
import { $, chat, form, input, isNarrow, pick, say, show } from './kit.js';
import { backCloses, goBack, goTo, keepPlace } from './places.js';
import { clearTrouble, pressFailed, questionFailed } from './trouble.js';

const list = $('#suggestions');

// --- Asking ----------------------------------------------------------------------------------------------
let waiting = null;
/** The question as it was sent. */
let sent = { text: '', pick: '' };

function showWaiting(asked) {
  waiting?.remove();
  waiting = $('#waiting').content.firstElementChild.cloneNode(true);
  const bubble = $('.asked', waiting);
  if (asked.trim() === '') bubble.remove();
  else bubble.textContent = asked;
  chat.append(waiting);
  document.body.classList.add('talking');
  show(waiting, 'start');
}

document.addEventListener('click', (event) => {
  const example = event.target.closest('[data-ask]');
  if (!example) return;
  event.preventDefault();
  input.value = example.dataset.ask;
  pick.value = example.dataset.pick;
  form.requestSubmit();
});

const isQuestion = (detail) => detail.elt === form;
const isVote = (target) => target?.matches?.('.vote-result');

/** Asks every few seconds whether others have changed what stands there. */
const isLive = (element) => element?.matches?.('[data-live]');

document.addEventListener('htmx:beforeRequest', (event) => {
  const { detail } = event;
  if (isLive(detail.elt)) {
    // Nobody looks.
    if (document.hidden) event.preventDefault();
    return;
  }
  if (detail.elt === input) return;
  keepPlace();
  if (isQuestion(detail)) {
    sent = { text: input.value, pick: pick.value };
    showWaiting(sent.text);
    // A question in flight is not asked twice, and late suggestions do not pop up over its answer.
    dropList();
  } else {
    clearTrouble(detail.elt);
    detail.elt.closest('.answer')?.setAttribute('aria-busy', 'true');
  }
});

/** A request that failed: without an answer, or with a sentence in place of one. */
function failed(detail) {
  const { elt, xhr } = detail;
  elt.closest('.answer')?.removeAttribute('aria-busy');
  if (isQuestion(detail)) {
    questionFailed(waiting ?? document.createElement('article'), sent.text, sent.pick, xhr);
    waiting = null;
  } else if (elt.closest('.answer')) pressFailed(elt, xhr);
}

document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  // Suggestions for text that was asked or picked meanwhile, or a sentence in their place.
  if (detail.target === list) {
    if (waiting || pick.value !== '' || detail.xhr.status >= 400) detail.shouldSwap = false;
    return;
  }
  if (detail.xhr.status >= 400) {
    detail.shouldSwap = false;
    // It is asked again soon.
    if (isLive(detail.requestConfig.elt)) return;
    failed({ ...detail, elt: detail.requestConfig.elt });
    return;
  }
  if (detail.target === chat) {
    waiting?.remove();
    waiting = null;
  }
});

document.addEventListener('htmx:afterRequest', ({ detail }) => {
  detail.elt.closest('.answer')?.removeAttribute('aria-busy');
});

for (const failure of ['htmx:sendError', 'htmx:timeout']) {
  document.addEventListener(failure, ({ detail }) => {
    if (detail.elt !== input && !isLive(detail.elt)) failed(detail);
  });
}

/** Where the same answer can be found again. */
const addressOf = (xhr) => xhr.getResponseHeader('content-location') ?? location.href;

function questionSettled(xhr) {
  const turn = chat.lastElementChild;
  const heading = $('h2, h3', turn);
  // Whoever types the next question meanwhile keeps it, and goes on typing.
  if (input.value === sent.text || input.value.trim() === '') {
    input.value = '';
    pick.value = '';
    heading?.focus({ preventScroll: true });
  }
  if (heading) document.title = `${heading.textContent} · Music2Movie`;
  show(turn, 'start');
  goTo(addressOf(xhr));
}

/** The film whose details opened stays in sight above them: its own poster, or the row of all five. */
function showDetail(slot) {
  const film = slot.previousElementSibling;
  const row = slot.closest('.films');
  show(row && !isNarrow() ? row : (film ?? slot), 'start');
}

document.addEventListener('htmx:afterSettle', ({ detail }) => {
  const { target, elt, xhr } = detail;
  if (target === list) return listArrived();
  if (isLive(detail.requestConfig?.elt)) return;
  // Somebody went back meanwhile.
  if (!target.isConnected && !elt.isConnected) return;
  if (target === chat) return questionSettled(xhr);
  if (isVote(target)) return keepPlace();
  const swapped = elt.matches?.('.answer, .detail') ? elt : target;
  if (!swapped.matches?.('.slot, .answer, .detail')) return;
  const heading = $('h2, h3', swapped);
  heading?.focus({ preventScroll: true });
  const slot = swapped.closest('.slot');
  if (slot) showDetail(slot);
  else {
    show(swapped.matches('.answer') ? heading : swapped, 'start');
    if (heading && swapped.matches('.answer')) document.title = `${heading.textContent} · Music2Movie`;
  }
  goTo(addressOf(xhr), swapped.matches('.slot') && !slot?.dataset.switched);
});

// --- Details that open and close -------------------------------------------------------------------------
function closeSlot(slot) {
  slot.replaceChildren();
  delete slot.dataset.switched;
  $(`[data-toggle="${slot.id}"]`)?.setAttribute('aria-expanded', 'false');
}

/** Closes by going back, where that is all that going back would do. */
function closeByHand(slot) {
  const focusOpener = () => $(`[data-toggle="${slot.id}"]`)?.focus();
  if (backCloses() && $('.detail', slot)) return goBack(focusOpener);
  const address = slot.closest('.answer').dataset.token;
  keepPlace();
  closeSlot(slot);
  focusOpener();
  if (address) goTo(`/a/${address}`);
}

document.addEventListener('htmx:configRequest', (event) => {
  const button = event.detail.elt;
  if (!button.dataset?.toggle) return;
  const slot = document.getElementById(button.dataset.toggle);
  if (button.getAttribute('aria-expanded') === 'true') {
    event.preventDefault();
    closeByHand(slot);
  }
});
/** Every press has a key; one that brought no answer keeps it for the next try, so that it is done once. */
document.addEventListener('htmx:configRequest', ({ detail }) => {
  if (detail.verb !== 'post') return;
  detail.elt.dataset.key ??= `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  detail.headers['Idempotency-Key'] = detail.elt.dataset.key;
});
document.addEventListener('htmx:afterRequest', ({ detail }) => {
  if (detail.successful) delete detail.elt.dataset.key;
});
// Only once the details are there: a press that fails changes nothing.
document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  const button = detail.requestConfig?.elt;
  if (!detail.shouldSwap || !button?.dataset?.toggle) return;
  const slot = document.getElementById(button.dataset.toggle);
  for (const other of button.closest('.answer').querySelectorAll('.slot')) {
    if (other === slot) continue;
    if (other.children.length > 0) slot.dataset.switched = 'true';
    closeSlot(other);
  }
  button.setAttribute('aria-expanded', 'true');
});

document.addEventListener('click', async (event) => {
  const close = event.target.closest('[data-close]');
  if (close) closeByHand(close.closest('.slot'));
  const copy = event.target.closest('[data-copy]');
  if (copy && navigator.clipboard) {
    event.preventDefault();
    await navigator.clipboard.writeText(copy.href);
    say(copy.dataset.copy);
    const label = copy.dataset.label ?? copy.textContent;
    copy.dataset.label = label;
    copy.textContent = copy.dataset.copy;
    setTimeout(() => {
      copy.textContent = label;
    }, 4000);
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const slot = event.target.closest?.('.slot');
  if (slot) $('[data-close]', slot)?.click();
});

// Whatever opens is brought into sight.
document.addEventListener('toggle', ({ target }) => target.open && show(target), true);

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

// --- A pasted list of songs: a field of one line keeps its lines apart by + ---------------------------------
document.addEventListener('paste', (event) => {
  const { target, clipboardData } = event;
  const lines = (clipboardData?.getData('text/plain') ?? '').split(/[\r\n]+/).filter((line) => line.trim());
  if (target.id !== 'song' || lines.length < 2) return;
  event.preventDefault();
  target.setRangeText(lines.join(' + '), target.selectionStart, target.selectionEnd, 'end');
  target.dispatchEvent(new Event('input', { bubbles: true }));
});

// A chosen file's text goes into the field that is sent.
document.addEventListener('change', async (event) => {
  const { into } = event.target.dataset ?? {};
  if (into && event.target.files?.[0]) $(`#${into}`).value = await event.target.files[0].text();
});
