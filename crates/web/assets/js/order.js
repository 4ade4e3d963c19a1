// Rows whose order is kept as soon as one was moved. Without this file a row has buttons up and
// down; each move is sent by itself, and a page that fails is loaded anew.

import { showGrips, sortable } from './sort.js';

for (const list of document.querySelectorAll('tbody[data-order]')) {
  showGrips(list);
  for (const arrow of list.querySelectorAll('[data-arrow]')) arrow.hidden = true;
  sortable(list, send);
}
for (const keys of document.querySelectorAll('[data-order-keys]')) keys.hidden = false;

// One move after the other, so that each finds the order that it was made in.
let sending = Promise.resolve();
function send(row) {
  const form = row.closest('form');
  const place = [...row.parentElement.querySelectorAll('[data-row]')].indexOf(row);
  const body = new URLSearchParams([['csrf', form.elements.csrf.value], ['shift', `${place}.${row.dataset.row}`]]);
  const address = row.parentElement.dataset.order;
  const move = () => fetch(address, { method: 'POST', body, redirect: 'manual' });
  sending = sending.then(move).then((done) => { if (done.type !== 'opaqueredirect') location.reload(); }, () => location.reload());
}
