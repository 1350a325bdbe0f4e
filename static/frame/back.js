// Back that is pressed before htmx listens for it: the address is that of another page then, which is loaded.

function loadPageOfAddress() {
  const [loaded] = performance.getEntriesByType("navigation");
  if (!loaded) return;
  const from = new URL(loaded.name);
  if (from.pathname + from.search !== location.pathname + location.search) location.reload();
}

loadPageOfAddress();
window.addEventListener("popstate", loadPageOfAddress);
document.addEventListener("DOMContentLoaded", () => {
  // From here on htmx does it.
  window.removeEventListener("popstate", loadPageOfAddress);
  loadPageOfAddress();
});
