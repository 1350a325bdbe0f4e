// Reads a chosen file into the text area that the page sends. Without a script, its contents are pasted there.

const TOO_LONG = "This file has more characters than this page takes. Give a location in Amazon S3 instead.";
const NO_TEXT = "This file is not text in UTF-8. Save it in UTF-8, and choose it again.";
const NOT_READ = "This file could not be read. Choose it again.";

async function textOf(file, most) {
  // A character has at most four bytes.
  if (file.size > 4 * most) throw new RangeError(TOO_LONG);
  const bytes = await file.arrayBuffer().catch(() => {
    throw new Error(NOT_READ);
  });
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new TypeError(NO_TEXT);
  }
  if (text.length > most) throw new RangeError(TOO_LONG);
  return text;
}

for (const input of document.querySelectorAll("input[type=file][data-fills]")) {
  const area = document.getElementById(input.dataset.fills);
  const error = document.getElementById(input.getAttribute("aria-describedby"));
  input.closest("[hidden]").hidden = false;
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    error.textContent = "";
    try {
      area.value = await textOf(file, Number(input.dataset.most));
    } catch (problem) {
      error.textContent = problem.message;
      input.value = "";
    }
  });
}
