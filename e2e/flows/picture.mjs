// Looks at a flowchart as a browser lays it out: words by their real fonts, lines as they run.

/** Returns what is wrong with a chart to the eye, each as a line. */
export async function faults(page, svg) {
  await page.setContent(`<!doctype html><meta charset="utf-8"><body>${svg.replace(/^<\?xml[^>]*\?>/, '')}`);
  return page.evaluate(() => {
    const faults = [];
    const box = (it) => {
      const { x, y, width, height } = it.getBBox();
      return { left: x, top: y, right: x + width, bottom: y + height };
    };
    const meets = (a, b) =>
      a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const nodes = [...document.querySelectorAll('[data-node]')].map((it) => ({
      name: it.textContent,
      symbol: it.dataset.symbol,
      ...box(it.querySelector('rect, ellipse, polygon')),
      words: [...it.querySelectorAll('text')].map(box),
    }));
    const lines = [...document.querySelectorAll('[data-from]')].map((it) => ({
      from: it.dataset.from,
      to: it.dataset.to,
      labels: [...it.querySelectorAll('text')].map((text) => ({ name: text.textContent, ...box(text) })),
      points: it.querySelector('path').getAttribute('d').match(/[\d.-]+ [\d.-]+/g)
        .map((pair) => pair.split(' ').map(Number)),
    }));
    const labels = lines.flatMap((it) => it.labels);

    const count = (symbol) => nodes.filter((it) => it.symbol === symbol).length;
    if (count('start') !== 1) faults.push(`${count('start')} starts`);
    if (count('end') < 1) faults.push('no end');
    nodes.forEach((a, at) => {
      for (const b of nodes.slice(at + 1)) if (meets(a, b)) faults.push(`${a.name} on ${b.name}`);
      for (const b of labels) if (meets(a, b)) faults.push(`${b.name} on ${a.name}`);
      for (const word of a.words) {
        if (word.left < a.left || word.right > a.right) faults.push(`words beyond ${a.name}`);
      }
    });
    labels.forEach((a, at) => {
      for (const b of labels.slice(at + 1)) {
        const isSame = lines.some((it) => it.labels.includes(a) && it.labels.includes(b));
        if (!isSame && meets(a, b)) faults.push(`${a.name} on ${b.name}`);
      }
    });
    for (const { from, to, points } of lines) {
      for (let at = 1; at < points.length; at += 1) {
        const [[x1, y1], [x2, y2]] = [points[at - 1], points[at]];
        if (x1 !== x2 && y1 !== y2) faults.push(`${from} to ${to} runs aslant`);
        const segment = {
          left: Math.min(x1, x2), right: Math.max(x1, x2), top: Math.min(y1, y2), bottom: Math.max(y1, y2),
        };
        for (const it of [...nodes, ...labels]) {
          if (meets(segment, it)) faults.push(`${from} to ${to} runs through ${it.name}`);
        }
      }
    }
    document.querySelectorAll('[data-symbol=condition]').forEach((it) => {
      const exits = lines.filter((line) => line.from === it.dataset.node);
      if (exits.length < 2) faults.push(`${it.textContent} has ${exits.length} exits`);
      if (exits.some((line) => line.labels.length === 0)) faults.push(`${it.textContent} has an exit without words`);
    });
    return faults;
  });
}
