// Every question and every state of an answer is a place in the browser's history: Back, Forward and Reload bring
// back all turns as they stood. A place's turns are kept in the tab's session storage, each turn once.
import { $, chat, form } from './kit.js';

const PLACE = 'm2m:place:';
const TURN = 'm2m:turn:';

/** The turns as they were last kept: element → its id and its markup. */
const kept = new WeakMap();

let count = 0;
const freshId = () => `${Date.now().toString(36).padStart(9, '0')}${(count++).toString(36)}`;

/** Makes room by letting go of the oldest fifth. */
function forgetOldest() {
  const names = Object.keys(sessionStorage).filter((name) => name.startsWith('m2m:'));
  const age = (name) => name.slice(name.lastIndexOf(':') + 1);
  names.sort((a, b) => (age(a) < age(b) ? -1 : 1));
  for (const name of names.slice(0, Math.ceil(names.length / 5))) sessionStorage.removeItem(name);
  return names.length > 0;
}

function write(name, text) {
  for (;;) {
    try {
      sessionStorage.setItem(name, text);
      return;
    } catch {
      if (!forgetOldest()) return;
    }
  }
}

function read(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

const turnsNow = () => [...chat.children].filter((turn) => !turn.matches('.waiting'));

function keepTurn(turn) {
  const html = turn.outerHTML;
  const before = kept.get(turn);
  if (before?.html === html) return before.id;
  const id = freshId();
  kept.set(turn, { id, html });
  write(TURN + id, html);
  return id;
}

/** The place that the page shows. */
let current = history.state?.place;

/** Keeps what stands on the page now under its place. */
export function keepPlace() {
  const place = { turns: turnsNow().map(keepTurn), title: document.title, y: window.scrollY };
  write(PLACE + current, JSON.stringify(place));
}

/** A new place for what stands on the page now. @param closes whether Back does nothing but close what was opened */
export function goTo(address, closes = false) {
  current = freshId();
  history.pushState({ place: current, closes }, '', address);
  keepPlace();
}

/** Whether going back only closes the details that were opened here. */
export const backCloses = () => history.state?.closes === true;

/** Called once the place before is back. */
let afterBack = null;

/** Goes back, then calls `then`. */
export function goBack(then) {
  afterBack = then;
  history.back();
}

function elementOf(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content.firstElementChild;
}

/** Puts a kept place back. @returns whether all of it was still kept */
function putBack(id) {
  const place = JSON.parse(read(PLACE + id) ?? 'null');
  const markup = place?.turns.map((turn) => read(TURN + turn));
  if (!markup || markup.includes(null)) return false;
  const before = new Map(turnsNow().map((turn) => [kept.get(turn)?.id, turn]));
  const turns = place.turns.map((turn, at) => {
    const standing = before.get(turn);
    if (standing?.outerHTML === markup[at]) return standing;
    const made = elementOf(markup[at]);
    kept.set(made, { id: turn, html: markup[at] });
    return made;
  });
  chat.replaceChildren(...turns);
  for (const turn of turns) window.htmx.process(turn);
  document.body.classList.toggle('talking', turns.length > 0);
  document.title = place.title;
  window.scrollTo(0, place.y);
  return true;
}

/** A page that was asked for by its address is a place, too. */
function newPlace() {
  current = freshId();
  history.replaceState({ place: current }, '');
  keepPlace();
}

history.scrollRestoration = 'manual';
if (!current || !putBack(current)) newPlace();

window.addEventListener('popstate', () => {
  // The page still shows the place that was left.
  window.htmx.trigger(form, 'htmx:abort');
  keepPlace();
  current = history.state?.place;
  if (!current) newPlace();
  else if (!putBack(current)) location.reload();
  afterBack?.();
  afterBack = null;
});
window.addEventListener('pagehide', keepPlace);

// The skip link moves the focus, and is no place in the history.
$('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  $('#song').focus();
});
