// Rows that are ticked, and keys to walk them. Without this file the form works as it stands.

for (const form of document.querySelectorAll('[data-bulk]')) attach(form);
for (const button of document.querySelectorAll('[data-pins]')) say(button);

function attach(form) {
  const picks = [...form.querySelectorAll('[name=pick]')];
  const whole = form.querySelector('[name=whole]');
  const all = form.querySelector('[data-all]');
  const bar = form.querySelector('.sx-bulk');
  const count = bar.querySelector('[data-count]');
  const clear = Object.assign(document.createElement('button'), { type: 'button', className: 'sx-btn sx-btn-link', textContent: '清除' });
  let last = null;

  count.after(clear);
  all.hidden = false;
  for (const keys of document.querySelectorAll('[data-keys]')) keys.hidden = false;
  all.addEventListener('change', () => tick(picks, all.checked));
  clear.addEventListener('click', () => {
    if (whole) whole.checked = false;
    tick(picks, false);
  });
  form.addEventListener('change', show);
  // A tick with Shift takes the rows between along.
  form.addEventListener('click', (event) => {
    const at = picks.indexOf(event.target);
    if (at < 0) return;
    const from = event.shiftKey && last !== null ? last : at;
    tick(picks.slice(Math.min(from, at), Math.max(from, at) + 1), event.target.checked);
    last = at;
  });
  document.addEventListener('keydown', (event) => walk(event, picks));
  show();

  function tick(boxes, checked) {
    for (const box of boxes) box.checked = checked;
    show();
  }

  function show() {
    const n = picks.filter((it) => it.checked).length;
    all.checked = n === picks.length;
    all.indeterminate = n > 0 && n < picks.length;
    count.textContent = whole?.checked ? '' : count.dataset.count.replace('#', n);
    bar.hidden = n === 0 && !whole?.checked;
  }
}

/** J and K go down and up, X ticks, / looks for words. Typing is left alone. */
function walk(event, picks) {
  const typing = event.target.closest('input:not([type=checkbox]), select, textarea');
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const names = picks.map((it) => it.closest('tr').querySelector('a.name'));
  const row = event.target.closest('tr');
  const at = names.findIndex((it) => it.closest('tr') === row);
  const keys = {
    j: () => names[Math.min(at + 1, names.length - 1)].focus(),
    k: () => names[Math.max(at - 1, 0)].focus(),
    x: () => picks[at]?.click(),
    '/': () => document.querySelector('[data-find]')?.focus(),
  };
  const act = keys[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
}

/** The button says how many remarks go along. */
function say(button) {
  const words = button.querySelector('span');
  const alone = words.textContent;
  // Some of the fields stand outside the form, beside what they are about.
  document.addEventListener('input', () => {
    const n = [...button.form.elements].filter((it) => it.type === 'textarea' && it.value.trim()).length;
    words.textContent = n > 0 ? button.dataset.pins.replace('#', n) : alone;
  });
}
