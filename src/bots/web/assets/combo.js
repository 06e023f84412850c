// The list of suggestions: an ARIA combobox that always opens where there is room.
import { $, form, input, pick, say } from './kit.js';

const list = $('#suggestions');
const composer = $('.composer');
/** Room below which the bar is moved up rather than the list made smaller, in pixels. */
const LEAST_ROOM = 200;
const GAP = 14;

let active = -1;
/** Closed by hand: suggestions on their way do not open it again. */
let dismissed = false;
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

/** Above or below the bar, whichever has more room in what can be seen: a keyboard may cover the lower half. */
function place() {
  const view = window.visualViewport;
  const top = view?.offsetTop ?? 0;
  const bottom = top + (view?.height ?? window.innerHeight);
  const rooms = () => {
    const bar = composer.getBoundingClientRect();
    return { above: bar.top - top, below: bottom - $('.ask-row').getBoundingClientRect().bottom };
  };
  let { above, below } = rooms();
  if (Math.max(above, below) < LEAST_ROOM) {
    composer.scrollIntoView({ block: 'start' });
    ({ above, below } = rooms());
  }
  const up = above > below;
  list.dataset.side = up ? 'above' : 'below';
  list.style.setProperty('--room', `${Math.max(96, Math.floor((up ? above : below) - 2 * GAP))}px`);
}

export function showList(open) {
  const shown = open && list.children.length > 0 && document.activeElement === input;
  list.hidden = !shown;
  input.setAttribute('aria-expanded', String(shown));
  if (shown) place();
  else {
    active = -1;
    input.removeAttribute('aria-activedescendant');
  }
}

/** Suggestions that are no longer wanted. */
export function dropList() {
  list.replaceChildren();
  showList(false);
}

/** Suggestions have come. */
export function listArrived() {
  showList(!dismissed);
  say(list.children.length > 0 ? `${list.getAttribute('aria-label')}: ${list.children.length}` : '');
}

function choose(option) {
  input.value = option.dataset.label;
  pick.value = option.dataset.value;
  showList(false);
  form.requestSubmit();
}

input.addEventListener('input', () => {
  dismissed = false;
  pick.value = '';
  if (input.value.trim() === '') dropList();
});
input.addEventListener('keydown', (event) => {
  const open = !list.hidden;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (!open) showList(true);
    if (!list.hidden) highlight(event.key === 'ArrowDown' ? active + 1 : active < 0 ? -1 : active - 1);
  } else if (event.key === 'Escape') {
    dismissed = true;
    if (open) event.preventDefault();
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
window.visualViewport?.addEventListener('resize', () => !list.hidden && place());

// What opens or is scrolled to keeps clear of the bar, however high it is.
new ResizeObserver(() => {
  document.documentElement.style.setProperty('--bar', `${composer.offsetHeight}px`);
}).observe(composer);
