"use strict";
const body = document.querySelector("#machines tbody");
const search = document.querySelector("#search");
const verdict = document.querySelector("#verdict");
function filter() {
  const wanted = search.value.toLowerCase();
  for (const row of body.rows) {
    const matches = row.textContent.toLowerCase().includes(wanted);
    row.hidden = !matches || (verdict.value !== "" && row.dataset.verdict !== verdict.value);
  }
}
search.addEventListener("input", filter);
verdict.addEventListener("change", filter);
document.querySelectorAll("#machines th button").forEach((button, column) => {
  let up = true;
  button.addEventListener("click", () => {
    const text = (row) => row.cells[column].textContent;
    const order = new Intl.Collator(undefined, { numeric: true });
    const rows = [...body.rows].sort((a, b) => order.compare(text(a), text(b)) * (up ? 1 : -1));
    up = !up;
    body.append(...rows);
  });
});
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("details").forEach((each) => { each.open = true; });
});
