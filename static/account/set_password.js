// The code of the link stands behind its #, which is sent nowhere: it goes into the form, and out of the address.
const form = document.querySelector("[data-takes-code]");
const code = location.hash.slice(1);
if (form && code) {
  form.elements.code.value = code;
  history.replaceState(null, "", location.pathname);
}
