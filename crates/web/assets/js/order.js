// Puts rows in order by dragging their grip, or by Alt and an arrow on it. Without this file a
// row has buttons up and down; each move is sent by itself, and a page that fails is loaded anew.

for (const list of document.querySelectorAll('tbody[data-order]')) begin(list);
for (const keys of document.querySelectorAll('[data-order-keys]')) keys.hidden = false;

function begin(list) {
  let held = null;
  let from = -1;
  for (const row of list.querySelectorAll('tr[data-row]')) {
    const [grip, ...arrows] = row.querySelectorAll('.sx-grip');
    grip.hidden = false;
    for (const arrow of arrows) arrow.hidden = true;
    grip.addEventListener('mousedown', () => { row.draggable = true; });
    grip.addEventListener('mouseup', () => { row.draggable = false; });
    grip.addEventListener('keydown', (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      const to = rows(list)[place(row) + step];
      if (!event.altKey || !step) return;
      event.preventDefault();
      if (!to) return;
      to[step > 0 ? 'after' : 'before'](row);
      grip.focus();
      send(row);
    });
    row.addEventListener('dragstart', () => { held = row; from = place(row); });
    row.addEventListener('dragover', (event) => {
      if (!held) return;
      event.preventDefault();
      if (held !== row) row[event.offsetY > row.offsetHeight / 2 ? 'after' : 'before'](held);
    });
    row.addEventListener('drop', (event) => event.preventDefault());
    row.addEventListener('dragend', () => {
      row.draggable = false;
      held = null;
      if (place(row) !== from) send(row);
    });
  }
}

function rows(list) {
  return [...list.querySelectorAll('tr[data-row]')];
}

function place(row) {
  return rows(row.parentElement).indexOf(row);
}

// One move after the other, so that each finds the order that it was made in.
let sending = Promise.resolve();
function send(row) {
  const form = row.closest('form');
  const body = new URLSearchParams([['csrf', form.elements.csrf.value], ['shift', `${place(row)}.${row.dataset.row}`]]);
  const address = row.parentElement.dataset.order;
  const move = () => fetch(address, { method: 'POST', body, redirect: 'manual' });
  sending = sending.then(move).then((done) => { if (done.type !== 'opaqueredirect') location.reload(); }, () => location.reload());
}
