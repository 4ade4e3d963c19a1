// A place on the page that is led to is open.

addEventListener('hashchange', reveal);
reveal();

function reveal() {
  const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let at = place; at; at = at.parentElement) if (at.matches('details')) at.open = true;
  if (place) place.scrollIntoView();
}
