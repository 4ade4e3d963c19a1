// Puts rows in order by dragging their grip, or by Alt and an arrow on it.

/** Lets the rows of a list be moved, those too that come into it later; tells which one was. */
export function sortable(list, moved) {
  let held = null;
  let before = null; // What stood after the row that is held.

  list.addEventListener('keydown', (event) => {
    const row = gripped(event);
    const isDown = event.key === 'ArrowDown';
    if (!row || !event.altKey || !(isDown || event.key === 'ArrowUp')) return;
    event.preventDefault();
    const to = isDown ? row.nextElementSibling : row.previousElementSibling;
    if (!to?.matches('[data-row]')) return;
    to[isDown ? 'after' : 'before'](row);
    event.target.focus();
    moved(row);
  });

  // Only by the grip: text in a row that could be dragged by any place could not be marked.
  for (const [name, is] of [['mousedown', true], ['mouseup', false]]) {
    list.addEventListener(name, (event) => {
      const row = gripped(event);
      if (row) row.draggable = is;
    });
  }

  list.addEventListener('dragstart', (event) => {
    if (!event.target.matches?.('[data-row]')) return;
    held = event.target;
    before = held.nextElementSibling;
    held.classList.add('is-held');
  });
  list.addEventListener('dragover', (event) => {
    const row = event.target.closest('[data-row]');
    if (!held || row?.parentElement !== held.parentElement) return;
    event.preventDefault();
    const { top, height } = row.getBoundingClientRect();
    if (row !== held) row[event.clientY > top + height / 2 ? 'after' : 'before'](held);
  });
  list.addEventListener('drop', (event) => event.preventDefault());
  list.addEventListener('dragend', () => {
    if (!held) return;
    const row = held;
    held = null;
    row.classList.remove('is-held');
    row.draggable = false;
    if (row.nextElementSibling !== before) moved(row);
  });
}

/** Shows the grips in a part of the page, which are of no use without this file. */
export function showGrips(part) {
  for (const grip of part.querySelectorAll('[data-grip]')) grip.hidden = false;
}

function gripped(event) {
  return event.target.closest('[data-grip]')?.closest('[data-row]');
}
