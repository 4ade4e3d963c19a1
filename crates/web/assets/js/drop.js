// What drops down closes by Escape, and the lists of the frame when one turns elsewhere.
// Without this file each closes by its own button.

const OPEN = 'details[open]:is(.sx-drop, .sx-more, .sx-hint)';
const OPEN_LIST = 'details[open].sx-drop';

document.addEventListener('keydown', (event) => {
  // An input method takes its own Escape.
  if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
  const open = event.target.closest(OPEN);
  if (!open) return;
  open.open = false;
  open.querySelector('summary').focus();
});

for (const turn of ['focusin', 'pointerdown']) {
  document.addEventListener(turn, ({ target }) => {
    for (const list of document.querySelectorAll(OPEN_LIST)) {
      if (!list.contains(target)) list.open = false;
    }
  });
}
