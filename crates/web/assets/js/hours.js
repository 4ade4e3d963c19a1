// Says whether a window is open right now. The page itself tells only the hours of its day.

const MINUTE_MS = 60_000;
const clock = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai', hourCycle: 'h23',
  year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
});

const places = document.querySelectorAll('[data-day]');
if (places.length > 0) tick();
document.addEventListener('visibilitychange', showAll);

function tick() {
  showAll();
  setTimeout(tick, MINUTE_MS - (Date.now() % MINUTE_MS));
}

function showAll() {
  for (const place of places) show(place, now());
}

function show(place, { day, time }) {
  const [open, closed, until, from] = ['open', 'closed', 'until', 'from'].map((name) => place.querySelector(`[data-${name}]`));
  // A page that was left open over midnight knows nothing of the new day.
  const isToday = place.dataset.day === day;
  const spans = place.dataset.spans.split(' ').filter(Boolean).map((span) => span.split('-'));
  const isOpen = spans.some(([from, to]) => from <= time && time < to);
  const later = spans.find(([from]) => time < from);
  const next = later ? later[0] : place.dataset.next;
  open.hidden = !isToday || !isOpen;
  closed.hidden = !isToday || isOpen;
  // A day without hours says itself when the next ones are.
  until.hidden = spans.length === 0 || next === '';
  from.textContent = next;
}

function now() {
  const part = Object.fromEntries(clock.formatToParts(Date.now()).map(({ type, value }) => [type, value]));
  return { day: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}` };
}
