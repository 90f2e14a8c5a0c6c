const PAUSE = 200; // Of an archive, a word is searched for, not each of its letters.

// Typing narrows map, lists and table; Enter opens the first, then the next that is left.
function setUpSearch() {
  const field = byId("search");
  if (!field) return;
  let waiting = 0;
  const apply = () => {
    setQuery(field.value);
    refresh();
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (data.archive) waiting = setTimeout(apply, PAUSE);
    else apply();
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
