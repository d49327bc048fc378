// What is typed names the row that was seen, by its mark. Our own acts change marks: whoever waits then gets the new one.

const waiting = new Set();

export function hold(cell) {
  const { book, tab } = cell.closest(".sheet").dataset;
  const { row, column } = cell.dataset;
  const place = { book, tab, row, column, mark: cell.parentNode.dataset.mark };
  waiting.add(place);
  return place;
}

export const release = (place) => waiting.delete(place);

export function renew({ book, tab, row }, before, mark) {
  for (const other of waiting) {
    if (other.book === book && other.tab === tab && other.row === row && other.mark === before) other.mark = mark;
  }
  const shown = document.getElementById(`r${row}`);
  if (shown?.dataset.mark === before) shown.dataset.mark = mark;
}
