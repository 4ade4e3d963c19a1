// A guide's list of materials with ticks that stay on the device, and its print button.

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

for (const kit of document.querySelectorAll('[data-kit]')) keep(kit);

function keep(kit) {
  const key = `shixiang.kit.${kit.dataset.kit}`;
  const ticks = [...kit.querySelectorAll('[type=checkbox]')];
  const section = kit.closest('section');
  const count = section.querySelector('[data-kit-count]');
  const clear = section.querySelector('[data-kit-clear]');
  const ready = () => ticks.filter((tick) => tick.checked);
  if (ticks.length === 0) return;

  function say() {
    const numbers = [ready().length, ticks.length];
    count.value = count.dataset.kitCount.replace(/#/g, () => numbers.shift());
    clear.hidden = ready().length === 0;
  }

  function save() {
    const names = ready().map((tick) => tick.value);
    write(key, names.length > 0 ? JSON.stringify(names) : null);
    say();
  }

  // By name: in a later edition another material may stand at the same place.
  const kept = read(key);
  for (const tick of ticks) tick.checked = kept.includes(tick.value);
  for (const shown of section.querySelectorAll('[data-kit-shown]')) shown.hidden = false;
  kit.addEventListener('change', save);
  clear.addEventListener('click', () => {
    for (const tick of ticks) tick.checked = false;
    save();
    ticks[0].focus();
  });
  say();
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return Array.isArray(kept) ? kept : [];
  } catch {
    // The browser keeps nothing for us, or something else was kept there.
    return [];
  }
}

function write(key, text) {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Ticks then last as long as the page.
  }
}
