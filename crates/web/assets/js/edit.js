// The editor saves while one types, and moves rows by mouse and keyboard.

const form = document.querySelector('#edit');
const TYPING_MS = 2000;
const LONGEST_MS = 3000;
const AGAIN_MS = 5000;

const changed = new Set(); // Places and lists that are to be saved.
let timer = null;
let first = null; // When the oldest change that is not saved was made.
let saving = null; // The save that is under way.
let leaving = false;

const id = (name) => document.getElementById(name);
const csrf = () => form.elements.csrf.value;

function touch(place) {
  changed.add(place);
  first ??= Date.now();
  plan(Math.min(TYPING_MS, first + LONGEST_MS - Date.now()));
}

function plan(wait) {
  clearTimeout(timer);
  timer = setTimeout(save, Math.max(0, wait));
}

/** The fields of the places that changed; a list that was put in order sends its rows. */
function fields(places) {
  const pairs = new URLSearchParams({ csrf: csrf(), revision: id('revision').value });
  for (const place of places) {
    const inputs = place.matches('[data-list]')
      ? place.querySelectorAll('input[name$="[]"]')
      : place.querySelectorAll('[name]');
    for (const it of inputs) {
      if (it.type !== 'checkbox' || it.checked) pairs.append(it.name, it.value);
    }
  }
  return pairs;
}

function save() {
  if (!leaving) saving ??= send().finally(() => { saving = null; });
}

async function send() {
  const places = [...changed];
  changed.clear();
  first = null;
  let answer = null;
  try {
    answer = await post(fields(places));
  } catch {
    // The server can not be reached: it is tried again below.
  }
  if (answer?.ok) {
    take(await answer.text());
    say(null);
    if (changed.size > 0) plan(TYPING_MS);
    return;
  }
  for (const place of places) if (place.isConnected) changed.add(place);
  if (answer?.status === 409) {
    take(await answer.text());
    return;
  }
  first ??= Date.now();
  const isOut = answer?.status === 401 || answer?.status === 403;
  say(isOut ? 'out' : 'unsaved');
  plan(AGAIN_MS);
}

async function post(pairs) {
  // What is under way when the page is closed still arrives, if it is not too much for that.
  const keepalive = pairs.toString().length < 60_000;
  const answer = await fetch(form.dataset.save, { method: 'POST', body: pairs, keepalive });
  if (answer.status !== 403) return answer;
  // Signed in anew elsewhere: the token of this page is of the session before.
  const page = await fetch(location.pathname);
  const token = parse(await page.text()).querySelector('meta[name=csrf]');
  if (!token) return answer;
  form.elements.csrf.value = token.content;
  pairs.set('csrf', token.content);
  return fetch(form.dataset.save, { method: 'POST', body: pairs });
}

const parse = (html) => new DOMParser().parseFromString(html, 'text/html');

/** Puts what is new in the place of what it replaces, found by its id. */
function take(html) {
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
  if (typed === null) return;
  const again = id(here.id);
  if (!again) return;
  if (again.value !== typed && again.type !== 'checkbox') {
    again.value = typed;
    touch(again.closest('[data-input]'));
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

function say(what) {
  for (const it of form.querySelectorAll('[data-say]')) it.hidden = it.dataset.say !== what;
  id('status').hidden = what !== null;
}

form.addEventListener('input', (event) => {
  const place = event.target.closest('[data-input]');
  if (place) touch(place);
});

// A button sends the whole form: what waits goes with it, after what is under way.
form.addEventListener('submit', (event) => {
  clearTimeout(timer);
  if (saving) {
    event.preventDefault();
    saving.then(() => form.requestSubmit(event.submitter));
    return;
  }
  leaving = true;
});

const LEFT = 'shixiang.left'; // Of which draft something was on its way when the tab left it.
addEventListener('pagehide', () => {
  if (leaving || (changed.size === 0 && !saving)) return;
  sessionStorage.setItem(LEFT, form.dataset.save);
  if (navigator.sendBeacon(form.dataset.save, fields(changed))) changed.clear();
});
document.addEventListener('visibilitychange', () => {
  // Who comes back sees what others wrote meanwhile.
  if (document.visibilityState === 'visible' || changed.size > 0) plan(0);
});
addEventListener('pageshow', (event) => {
  leaving = false;
  if (event.persisted) plan(0);
});

// Rows.
function lists(root) {
  for (const it of root.querySelectorAll('button[data-upload]')) it.hidden = false;
  for (const grip of root.querySelectorAll('[data-grip]')) {
    grip.hidden = false;
    grip.addEventListener('keydown', (event) => {
      if (event.altKey && /^Arrow(Up|Down)$/.test(event.key)) {
        event.preventDefault();
        move(grip, event.key === 'ArrowDown');
      }
    });
    for (const [name, is] of [['mousedown', true], ['mouseup', false]]) {
      grip.addEventListener(name, () => { grip.closest('[data-row]').draggable = is; });
    }
  }
}

function move(grip, down) {
  const row = grip.closest('[data-row]');
  const to = down ? row.nextElementSibling : row.previousElementSibling;
  if (!to?.matches('[data-row]')) return;
  to[down ? 'after' : 'before'](row);
  grip.focus();
  touch(row.closest('[data-list]'));
}

let held = null;
form.addEventListener('dragstart', (event) => {
  held = event.target.closest?.('[data-row]');
  held?.classList.add('is-held');
});
form.addEventListener('dragover', (event) => {
  const row = event.target.closest('[data-row]');
  if (!held || !row || row.parentElement !== held.parentElement) return;
  event.preventDefault();
  const box = row.getBoundingClientRect();
  if (row !== held) row[event.clientY > box.top + box.height / 2 ? 'after' : 'before'](held);
});
form.addEventListener('drop', (event) => event.preventDefault());
form.addEventListener('dragend', () => {
  if (!held) return;
  held.classList.remove('is-held');
  held.draggable = false;
  touch(held.closest('[data-list]'));
  held = null;
});

// A place that is led to is open.
function reveal() {
  const place = location.hash && id(decodeURIComponent(location.hash.slice(1)));
  for (let at = place; at; at = at.parentElement) if (at.matches('details')) at.open = true;
  if (place) place.scrollIntoView();
}
addEventListener('hashchange', reveal);
lists(form);
reveal();
if (sessionStorage.getItem(LEFT) === form.dataset.save) plan(0);
sessionStorage.removeItem(LEFT);
