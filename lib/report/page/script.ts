/** All that the page does by itself: tables are sorted by a press on a heading. Without it they stand as they were written. */

/**
 * A first press sorts upwards, a second one downwards, a third gives the order of the document back. Numbers are compared by
 * `data-value`, which is in the base unit whatever unit is shown; a cell without a value comes last.
 */
export const SCRIPT = `
'use strict';
for (const table of document.querySelectorAll('main table')) {
  const body = table.tBodies[0];
  const heads = table.tHead ? Array.from(table.tHead.rows[0].cells) : [];
  if (!body || body.rows.length < 3) continue;
  const written = Array.from(body.rows);
  const text = (row, at) => (row.cells[at] ? row.cells[at].textContent.trim() : '');
  const number = (row, at) => (row.cells[at] && row.cells[at].dataset.value !== undefined ? Number(row.cells[at].dataset.value) : NaN);
  const order = (at, up) => {
    const numeric = written.some((row) => !Number.isNaN(number(row, at)));
    return written.slice().sort((a, b) => {
      const [x, y] = numeric ? [number(a, at), number(b, at)] : [text(a, at), text(b, at)];
      if (numeric && (Number.isNaN(x) || Number.isNaN(y))) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
      const difference = numeric ? x - y : x.localeCompare(y, 'en', { numeric: true });
      return up ? difference : -difference;
    });
  };
  heads.forEach((head, at) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const next = { ascending: 'descending', descending: '' }[head.getAttribute('aria-sort') || ''] ?? 'ascending';
      heads.forEach((other) => other.removeAttribute('aria-sort'));
      if (next) head.setAttribute('aria-sort', next);
      body.append(...(next ? order(at, next === 'ascending') : written));
    });
  });
}
`
