/**
 * The only script of a report: sorts a table by the column whose heading is pressed. A classic script, since modules do
 * not load from files. Cells sort by their `data-sort` number where they have one, else by their text; empty ones last.
 */
export const SORT_SCRIPT: string = `
(function () {
  document.querySelectorAll('table.sortable').forEach(function (table) {
    table.querySelectorAll('thead th').forEach(function (heading, column) {
      heading.querySelector('button').addEventListener('click', function () {
        var down = heading.getAttribute('aria-sort') === 'ascending';
        table.querySelectorAll('thead th').forEach(function (other) { other.removeAttribute('aria-sort'); });
        heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        var body = table.tBodies[0];
        var rows = Array.prototype.slice.call(body.rows);
        function key(row) {
          var cell = row.cells[column];
          var number = cell.getAttribute('data-sort');
          return number === null ? cell.textContent : number === '' ? null : Number(number);
        }
        rows.sort(function (a, b) {
          var x = key(a), y = key(b);
          if (x === null || y === null) return (x === null) - (y === null);
          var order = typeof x === 'string' ? x.localeCompare(y) : x - y;
          return down ? -order : order;
        });
        table.classList.add('sorted');
        rows.forEach(function (row) { body.appendChild(row); });
      });
    });
  });
})();
`;
