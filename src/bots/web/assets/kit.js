// What the page's scripts share.

/** @returns {any} the first element that fits */
export const $ = (selector, from = document) => from.querySelector(selector);

export const form = $('#ask');
export const input = $('#song');
export const pick = $('#pick');
export const chat = $('#chat');

const calm = matchMedia('(prefers-reduced-motion: reduce)');
const narrow = matchMedia('(max-width: 46rem)');

/** Films stand below one another rather than side by side. */
export const isNarrow = () => narrow.matches;

/** Brings an element into sight: between the upper edge and the search bar, which the page's scroll padding leaves out. */
export function show(element, block = 'nearest') {
  element?.scrollIntoView({ block, behavior: calm.matches ? 'auto' : 'smooth' });
}

/** Says a text to those who listen to the page. */
export function say(text) {
  const status = $('#status');
  status.textContent = '';
  requestAnimationFrame(() => {
    status.textContent = text;
  });
}
