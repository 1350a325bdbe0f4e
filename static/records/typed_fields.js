// The page's fields with typed text, as JSON: to tell whether anything changed, and to keep as a draft.

const NAMES = /^(record_input|view|schema|(origin|value|state|dropped)-.*)$/;

export function typedFields(form) {
  return JSON.stringify([...new FormData(form)].filter(([name]) => NAMES.test(name)));
}
