// Saves a flow while one writes it, shows it drawn anew, moves its rows and takes changes back.
// Without this file each button does so, and shows the page anew.

import { showGrips, sortable } from './sort.js';

const form = document.querySelector('#flow');
const rows = document.querySelector('#rows');
const WAIT_MS = 900;
const MOST_KEPT_ALIVE = 60_000;

let timer = null;
let saving = Promise.resolve(); // One save after the other.
let nWaiting = 0;
let touched = null; // The field that was written in last, while one is in it,
let saved = null; // and the one of which something is saved since one came into it.
let refused = null; // The button that is left to the browser, so that the page says why.

const id = (name) => document.getElementById(name);
const steps = () => [...rows.querySelectorAll('[data-row]')];

showGrips(rows);
sortable(rows, () => save());

// What an input method has not yet finished is no word.
for (const name of ['input', 'compositionend']) {
  form.addEventListener(name, (event) => {
    if (event.isComposing || !event.target.matches('input')) return;
    touched = event.target.id;
    clearTimeout(timer);
    timer = setTimeout(save, WAIT_MS);
  });
}
form.addEventListener('change', ({ target }) => {
  // One goes on where one chose; its row is shown anew by that.
  if (target.matches('select')) target.focus();
  save();
});
form.addEventListener('focusout', () => { touched = saved = null; });
form.addEventListener('submit', (event) => {
  if (event.submitter === refused) return;
  event.preventDefault();
  save(event.submitter);
});
addEventListener('pagehide', () => { if (timer) save(); });

document.addEventListener('keydown', (event) => {
  const key = event.key.toLowerCase();
  const isOurs = (event.ctrlKey || event.metaKey) && !event.altKey && (key === 'z' || key === 'y');
  // A field takes back by itself what is typed in it.
  if (!isOurs || event.target.closest('input')) return;
  event.preventDefault();
  const button = id(key === 'y' || event.shiftKey ? 'redo' : 'undo');
  if (!button.disabled) save(button);
});

/** Sends the form as it stands, as the button would or, without one, to be kept. */
function save(button = null) {
  clearTimeout(timer);
  timer = null;
  // What was refused waits for the person to press a button.
  if (!button && form.hasAttribute('data-refused')) return;
  const goesOn = !button && touched !== null && touched === saved;
  saved = button ? null : touched;
  nWaiting += 1;
  saving = saving.then(() => send(button, goesOn)).finally(() => { nWaiting -= 1; });
}

async function send(button, goesOn) {
  const body = new URLSearchParams(new FormData(form));
  body.append('do', button?.value ?? 'save');
  if (goesOn) body.append('goes_on', '1');
  const before = fields();
  const keepalive = body.toString().length < MOST_KEPT_ALIVE;
  const answer = await fetch(location.pathname, { method: 'POST', body, keepalive }).catch(() => null);
  const page = answer && new DOMParser().parseFromString(await answer.text(), 'text/html');
  const isSaved = Boolean(answer?.ok && page.getElementById('flow'));
  id('unsaved').hidden = isSaved;
  if (isSaved) {
    history.replaceState(null, '', answer.url);
    take(page, before, button);
  } else if (button && answer) {
    refused = button;
    form.requestSubmit(button);
  }
}

function fields() {
  return new Map([...rows.querySelectorAll('input[id], select')].map((it) => [it.id, it.value]));
}

function take(page, before, button) {
  form.removeAttribute('data-refused');
  id('note')?.remove();
  id('state').replaceWith(page.getElementById('state'));
  for (const name of ['undo', 'redo']) id(name).disabled = page.getElementById(name).disabled;
  draw(page);
  // Rows that were moved since are not put back: the save that waits tells of them.
  if (nWaiting > 1 && !button) return;
  // What is open stays open.
  for (const it of rows.querySelectorAll('details[id]')) {
    if (it.open) page.getElementById(it.id)?.setAttribute('open', '');
  }
  for (const [name, value] of fields()) {
    const fresh = page.getElementById(name);
    if (fresh && value !== before.get(name)) fresh.value = value;
  }
  const here = document.activeElement;
  const row = here.closest('[data-row]');
  const old = steps();
  swap([...page.getElementById('rows').children], here.matches('input') ? row : null);
  const isAdded = (it) => /(add|insert|branch)$/.test(button?.value) && old.every((was) => was.id !== it.id);
  goOn(here, steps().find(isAdded), old.indexOf(row));
}

/** Puts what is new in the place of the old, but for a row that is being written in. */
function swap(fresh, kept) {
  const at = fresh.findIndex((it) => it.id === kept?.id);
  if (at < 0) {
    rows.replaceChildren(...fresh);
  } else {
    for (const it of [...rows.children]) if (it !== kept) it.remove();
    kept.before(...fresh.slice(0, at));
    kept.after(...fresh.slice(at + 1));
    kept.querySelector('legend').textContent = fresh[at].querySelector('legend').textContent;
  }
  showGrips(rows);
}

/** Goes on in a row that is new, where one was, or in the row that took its place. */
function goOn(here, added, place) {
  if (added) return added.querySelector('input[id]').focus();
  if (here.isConnected && !here.disabled) return;
  const again = [id(here.id), id({ undo: 'redo', redo: 'undo' }[here.id])].find((it) => it && !it.disabled);
  const there = again ?? steps()[place] ?? steps().at(-1) ?? id('add');
  there.focus();
}

function draw(page) {
  const found = page.getElementById('found');
  id('found').hidden = found.hidden;
  id('found').replaceChildren(...found.childNodes);
  id('told').textContent = page.getElementById('told').textContent;
  const [old, fresh] = [id('picture'), page.getElementById('picture')];
  const [image, drawn] = [old, fresh].map((it) => it.querySelector('img'));
  // The same image with another source does not flicker.
  if (image && drawn) image.src = drawn.getAttribute('src');
  else old.replaceChildren(...fresh.childNodes);
}
