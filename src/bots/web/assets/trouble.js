// When a question or a press fails: one sentence where it was pressed, and a button that really does it again.
import { $, chat, form, input, pick, show } from './kit.js';

/** What a retry button does. */
const retries = new WeakMap();

/** Statuses after which the same press may well work. */
const mayWork = (status) => status === 0 || status === 429 || status >= 500;

/** The server's own sentence, or that there was none. */
function sentenceOf(xhr) {
  const page = new DOMParser().parseFromString(xhr?.responseText ?? '', 'text/html');
  return page.querySelector('.notice p')?.textContent ?? null;
}

function troubleOf(xhr, retry) {
  const section = $('#trouble').content.firstElementChild.cloneNode(true);
  const sentence = sentenceOf(xhr);
  if (sentence) $('p', section).textContent = sentence;
  const button = $('[data-retry]', section);
  if (mayWork(xhr?.status ?? 0)) retries.set(button, retry);
  else button.remove();
  return section;
}

/** Takes back what was said of an earlier try. */
export function clearTrouble(elt) {
  for (const old of elt.closest('.answer')?.querySelectorAll('.trouble') ?? []) old.remove();
}

/** A question failed. @param turn where it was asked @param asked its text @param picked the song that was picked */
export function questionFailed(turn, asked, picked, xhr) {
  for (const part of turn.querySelectorAll('.skeleton, .skeleton ~ .visually-hidden')) part.remove();
  turn.className = 'turn failed';
  const section = troubleOf(xhr, () => {
    turn.remove();
    input.value = asked;
    pick.value = picked;
    form.requestSubmit();
  });
  turn.append(section);
  chat.append(turn);
  show(turn, 'start');
}

/** A press in an answer failed. @param elt what was pressed */
export function pressFailed(elt, xhr) {
  clearTrouble(elt);
  const slot = elt.dataset.toggle && document.getElementById(elt.dataset.toggle);
  elt.setAttribute('data-pressed', '');
  const section = troubleOf(xhr, () => {
    section.remove();
    if (elt.matches('form')) elt.requestSubmit();
    else elt.click();
  });
  section.classList.add('small');
  if (slot) {
    elt.setAttribute('aria-expanded', 'false');
    slot.replaceChildren(section);
  } else {
    const place = elt.closest('.bar-of-controls, .chips, .alternatives, .filters, .uses, .choices');
    if (place) place.after(section);
    else elt.closest('.answer').append(section);
  }
  show(section);
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-retry]');
  if (button) retries.get(button)?.();
});
