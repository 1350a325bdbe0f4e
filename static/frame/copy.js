// Copy buttons are there only where copying works.
export function showCopyButtons() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy], [data-copy-code]")) button.hidden = false;
}

async function copy(button) {
  const status = button.parentElement.querySelector("[role=status]");
  try {
    const text = button.dataset.copy ?? button.closest("p").previousElementSibling.textContent;
    await navigator.clipboard.writeText(text);
    status.textContent = "Copied";
  } catch {
    status.textContent = "Failed to copy: select the text, and copy it";
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-copy-code]");
  if (button) copy(button);
});
