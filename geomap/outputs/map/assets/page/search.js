// Typing narrows map, lists and table; Enter opens the first, then the next that is left.
function setUpSearch() {
  const field = byId("search");
  if (!field) return;
  field.addEventListener("input", () => {
    setQuery(field.value);
    refresh();
  });
  field.addEventListener("keydown", (key) => {
    if (key.key === "Enter" || key.key === "ArrowDown") step(1);
    else if (key.key === "ArrowUp") step(-1);
    else if (key.key === "Escape") leaveSearch();
    else return;
    key.preventDefault();
    key.stopPropagation();
  });
  byId("show-all").addEventListener("click", () => {
    clearFilters();
    refresh();
    field.focus();
  });
}

function leaveSearch() {
  byId("search").value = "";
  setQuery("");
  refresh();
  byId("search").blur();
}
