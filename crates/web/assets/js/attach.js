// A file is brought into a field of the editor, which saves it like what is typed. Without this
// file the button beside leads to a page for it.

const form = document.querySelector('#edit');
showUploads(form);

/** Shows the buttons in a part of the page, which are of no use without this file. */
export function showUploads(part) {
  for (const button of part.querySelectorAll('button[data-upload]')) button.hidden = false;
}

form.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-upload]');
  if (!button) return;
  const input = Object.assign(document.createElement('input'), { type: 'file' });
  input.addEventListener('change', () => bring(button, input.files[0]));
  input.click();
});

async function bring(button, file) {
  const place = button.closest('[data-file]');
  const [busy, fault] = ['busy', 'fault'].map((name) => place.querySelector(`[data-${name}]`));
  button.disabled = true;
  busy.hidden = false;
  fault.hidden = true;
  const told = await send(file);
  busy.hidden = true;
  button.disabled = false;
  if (told.value) return hold(place, told);
  fault.textContent = told.fault ?? fault.dataset.fault;
  fault.hidden = false;
}

async function send(file) {
  const body = new FormData();
  body.append('file', file);
  const headers = { accept: 'application/json', 'x-csrf': form.elements.csrf.value };
  try {
    return await (await fetch(form.dataset.upload, { method: 'POST', body, headers })).json();
  } catch {
    // There is no connection, or no answer of ours: the page says so.
    return {};
  }
}

function hold(place, { name, value, link }) {
  const [held, typed] = ['held', 'typed'].map((part) => place.querySelector(`[data-${part}]`));
  const field = typed.querySelector('[name]');
  Object.assign(held.querySelector('a'), { textContent: name, href: link });
  held.hidden = false;
  typed.hidden = true;
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
