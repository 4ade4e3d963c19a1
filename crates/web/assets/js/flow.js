// Saves a flow while one writes it, and shows it drawn anew. Without this file each button saves.

const form = document.querySelector('#flow');
const WAIT_MS = 900;
let timer = null;
let saving = null;

form.addEventListener('input', plan);
form.addEventListener('submit', (event) => {
  clearTimeout(timer);
  if (!saving) return;
  // A button goes after what is under way, with the revision that came of it.
  event.preventDefault();
  saving.then(() => form.requestSubmit(event.submitter));
});

function plan() {
  clearTimeout(timer);
  timer = setTimeout(() => { saving ??= save().finally(() => { saving = null; }); }, WAIT_MS);
}

async function save() {
  const sent = new URLSearchParams(new FormData(form));
  const answer = await fetch(location.pathname, { method: 'POST', body: sent }).catch(() => null);
  // What could not be saved stays in the form; the button tells why.
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (!page.querySelector('#flow')) return;
  document.querySelector('#revision').value = page.querySelector('#revision').value;
  document.querySelector('#drawing').replaceWith(page.querySelector('#drawing'));
  // Names may have changed: the choices are those of the page, what is being chosen stays.
  for (const select of form.querySelectorAll('select[name^="to:"]')) {
    const fresh = page.getElementById(select.id);
    if (!fresh || select === document.activeElement) continue;
    const chosen = select.value;
    select.replaceChildren(...fresh.childNodes);
    select.value = chosen;
  }
  const isNewer = new URLSearchParams(new FormData(form)).toString() !== sent.toString();
  if (isNewer && document.activeElement?.form === form) plan();
}
