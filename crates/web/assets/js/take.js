// What the server answers to a save is put in its place on the page of the editor.

import { showUploads } from './attach.js';
import { lists } from './cards.js';

const form = document.querySelector('#edit');
const id = (name) => document.getElementById(name);

export const parse = (html) => new DOMParser().parseFromString(html, 'text/html');

/** Puts what is new in the place of what it replaces, found by its id. */
export function take(html) {
  const page = parse(html);
  const isWhole = page.querySelector('#sections') !== null;
  const parts = [...page.querySelectorAll('body > [id], .sx-field')];
  const founds = new Map();
  for (const part of parts) {
    if (part.matches('[data-found]')) founds.set(part.id, part);
    else if (part.matches('.sx-field')) swapField(part);
    else id(part.id)?.replaceWith(part);
  }
  if (!isWhole) return;
  for (const place of form.querySelectorAll('[data-found]')) found(place, founds.get(place.id));
  required();
}

/** Someone else wrote there; what is being typed in it stays. */
function swapField(field) {
  const old = id(field.id);
  const here = document.activeElement;
  const typed = old?.contains(here) ? here.value : null;
  old?.replaceWith(field);
  lists(field);
  showUploads(field);
  if (typed === null) return;
  const again = id(here.id);
  if (!again) return;
  if (again.value !== typed && again.type !== 'checkbox') {
    again.value = typed;
    again.dispatchEvent(new Event('input', { bubbles: true }));
  }
  again.focus();
}

function found(place, fresh) {
  const input = id(place.dataset.found);
  place.replaceChildren(...(fresh?.childNodes ?? []));
  if (!input?.name) return;
  const isBad = fresh?.hasAttribute('data-bad');
  isBad ? input.setAttribute('aria-invalid', 'true') : input.removeAttribute('aria-invalid');
  fresh ? input.setAttribute('aria-describedby', place.id) : input.removeAttribute('aria-describedby');
}

function required() {
  const keys = new Set(id('sections').dataset.required.split(' '));
  for (const field of form.querySelectorAll('.sx-field')) {
    const key = field.id.slice('b-'.length);
    id(`l-f-${key}`)?.classList.toggle('required', keys.has(key));
  }
}

/** Says how the last save went, if it did not go well. */
export function say(what) {
  for (const it of form.querySelectorAll('[data-say]')) it.hidden = it.dataset.say !== what;
  id('status').hidden = what !== null;
}
