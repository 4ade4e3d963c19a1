// The rows of the editor's lists are moved by their grips, and called by what is typed in them.

import { showGrips, sortable } from './sort.js';

const LONGEST_TITLE = 60;

const form = document.querySelector('#edit');
lists(form);
form.addEventListener('input', (event) => {
  const row = event.target.closest('[data-text]')?.closest('[data-row]');
  if (row) call(row);
});

/** Makes the lists in a part of the page ready. */
export function lists(part) {
  showGrips(part);
  for (const list of part.querySelectorAll('[data-list]')) sortable(list, () => moved(list));
}

function moved(list) {
  rows(list).forEach(call);
  list.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Calls a row by the first text in it, as the server does, or by its place. */
function call(row) {
  const title = row.querySelector('[data-title]');
  const lines = [...row.querySelectorAll('[data-text]')].flatMap((cell) => text(cell).split('\n'));
  const first = lines.map((line) => line.trim()).find(Boolean);
  const place = rows(row.parentElement).indexOf(row) + 1;
  title.textContent = first ? short(first) : title.dataset.title.replace('#', place);
}

/** What a cell says: a file in it, by its name. */
function text(cell) {
  return cell.querySelector('[data-held]:not([hidden]) a')?.textContent ?? cell.querySelector('[name]').value;
}

function short(line) {
  const letters = [...line];
  return letters.length > LONGEST_TITLE ? `${letters.slice(0, LONGEST_TITLE).join('')}…` : line;
}

function rows(list) {
  return [...list.querySelectorAll('[data-row]')];
}
