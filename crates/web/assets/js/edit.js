// The editor saves while one types.

import { parse, say, take } from './take.js';

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

form.addEventListener('input', (event) => {
  // A list tells by itself that its rows stand in another order.
  const place = event.target.matches('[data-list]') ? event.target : event.target.closest('[data-input]');
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

if (sessionStorage.getItem(LEFT) === form.dataset.save) plan(0);
sessionStorage.removeItem(LEFT);
