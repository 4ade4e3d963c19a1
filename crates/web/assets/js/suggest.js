// Suggestions while typing. Without this file the search field is a plain form.

// Shorter pauses are between two keys of one word.
const PAUSE_MS = 150;

for (const field of document.querySelectorAll('[data-suggest]')) attach(field);

function attach(field) {
  const list = make('ul', { id: `${field.id}-suggest`, class: 'sx-suggest', role: 'listbox', 'aria-label': field.dataset.suggestLabel });
  const status = make('p', { class: 'unseen', role: 'status' });
  list.hidden = true;
  field.form.append(list, status);
  for (const [name, value] of [['role', 'combobox'], ['aria-expanded', 'false'], ['aria-controls', list.id], ['aria-autocomplete', 'list']]) {
    field.setAttribute(name, value);
  }

  let active = -1;
  let pause = 0;
  let asking = new AbortController();

  const isOpen = () => !list.hidden;

  function choose(at) {
    active = at;
    [...list.children].forEach((option, n) => option.setAttribute('aria-selected', n === at));
    if (at < 0) {
      field.removeAttribute('aria-activedescendant');
    } else {
      field.setAttribute('aria-activedescendant', list.children[at].id);
      list.children[at].scrollIntoView({ block: 'nearest' });
    }
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map((it, n) => option(it, `${list.id}-${n}`)));
    list.hidden = suggestions.length === 0;
    field.setAttribute('aria-expanded', isOpen());
    status.textContent = isOpen() ? field.dataset.suggestCount.replace('#', suggestions.length) : '';
    choose(-1);
  }

  /** Drops what is still on its way, so that a late answer never replaces a newer one. */
  function close() {
    clearTimeout(pause);
    asking.abort();
    show([]);
  }

  async function ask() {
    asking.abort();
    const own = (asking = new AbortController());
    const words = field.value.trim();
    if (words === '') return show([]);
    const query = new URLSearchParams({ q: words, region: field.form.elements.region.value });
    try {
      const answer = await fetch(`${field.dataset.suggest}?${query}`, { signal: own.signal });
      const suggestions = answer.ok ? (await answer.json()).suggestions : [];
      if (!own.signal.aborted) show(suggestions);
    } catch {
      // Aborted, or no connection: the form itself still searches.
      if (!own.signal.aborted) show([]);
    }
  }

  function askSoon() {
    clearTimeout(pause);
    pause = setTimeout(ask, PAUSE_MS);
  }

  // What an input method has not yet finished is no word.
  field.addEventListener('input', (event) => { if (!event.isComposing) askSoon(); });
  field.addEventListener('compositionend', askSoon);
  field.addEventListener('blur', close);
  field.form.addEventListener('submit', close);

  field.addEventListener('keydown', (event) => {
    const n = list.children.length;
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen()) return askSoon();
      // One step beyond either end is the field itself.
      const step = event.key === 'ArrowDown' ? 1 : -1;
      choose((active + 1 + step + n + 1) % (n + 1) - 1);
    } else if (event.key === 'Escape' && isOpen()) {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      location.assign(list.children[active].dataset.href);
    }
  });

  // The field keeps the focus, so that a press on the list does not close it first.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const chosen = event.target.closest('[role=option]');
    if (chosen) location.assign(chosen.dataset.href);
  });
}

function option({ href, name, why, body, region }, id) {
  const item = make('li', { id, role: 'option', 'aria-selected': 'false', 'data-href': href });
  const title = make('span', {}, ...marked(name));
  if (why.length > 0) title.append(make('span', { class: 'why' }, ...marked(why)));
  item.append(title, make('span', { class: 'by' }, region ? `${region}　${body}` : body));
  return item;
}

function marked(parts) {
  return parts.map(({ text, marked }) => (marked ? make('mark', {}, text) : text));
}

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
