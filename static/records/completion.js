// Completion in Record input: names of fields where a name belongs, and what a field takes where its value belongs.

// The fields stand in the table "Fields of the schema".
function schemaFields() {
  return [...document.querySelectorAll("[data-field]")].map((row) => ({
    name: row.dataset.field,
    propertyName: row.dataset.propertyName,
    types: row.dataset.types.split(" or "),
    nullable: row.hasAttribute("data-nullable"),
    categorical: row.hasAttribute("data-categorical"),
    isId: row.hasAttribute("data-id"),
  }));
}

const matchKey = (name) => name.replaceAll("_", "").toLowerCase();

// Where a place in a text stands: in a name or a value, of which key, in an object with which keys so far.
// The text may be anything: what is not JSON ends the reading without a place.
export function placeAt(before) {
  const stack = [];
  let isInString = false;
  for (const [token] of before.matchAll(/"(?:[^"\\]|\\.)*("|$)|[{}[\]:,]|[^\s{}[\]:,"]+/gs)) {
    const top = stack.at(-1);
    isInString = token.startsWith('"') && !/^"(?:[^"\\]|\\.)*"$/s.test(token);
    if (token === "{" || token === "[") stack.push({ isObject: token === "{", keys: [], key: null, of: top?.key });
    else if (token === "}" || token === "]") stack.pop();
    else if (!top) continue;
    else if (token === ",") top.key = null;
    else if (token === ":") top.key = top.keys.at(-1) ?? null;
    else if (top.isObject && top.key === null && token.startsWith('"') && !isInString) top.keys.push(token.slice(1, -1));
  }
  const top = stack.at(-1);
  if (!top?.isObject) return null;
  return { isName: top.key === null, isInString, key: top.key, keys: top.keys, isProperties: top.of === "properties" };
}

function names(fields, place) {
  const given = new Set(place.keys.map(matchKey));
  const usable = fields.filter(({ name, isId }) => !given.has(matchKey(name)) && !(place.isProperties && isId));
  return usable.map((field, index) => {
    const name = place.isProperties ? field.propertyName : field.name;
    return { value: place.isInString ? name : `"${name}": `, caption: name, meta: typeWords(field), score: usable.length - index };
  });
}

function typeWords(field) {
  const words = field.types.join(" or ");
  return `${field.categorical ? "categorical " : ""}${words}${field.nullable ? ", nullable" : ""}`;
}

function values(fields, place) {
  const field = fields.find(({ name }) => matchKey(name) === matchKey(place.key));
  if (!field || place.isInString) return [];
  const texts = [];
  if (field.types.includes("string")) texts.push('""');
  if (field.types.includes("boolean")) texts.push("true", "false");
  if (field.types.some((type) => type === "int" || type === "long")) texts.push("0");
  if (field.types.some((type) => type === "float" || type === "double")) texts.push("0.0");
  if (field.nullable) texts.push("null");
  return texts.map((value, index) => ({ value, caption: value, meta: typeWords(field), score: texts.length - index }));
}

export const completions = {
  // What was typed of the word goes: Ace itself would remove what it has filtered by, which lags behind fast typing.
  insertMatch(editor, { value }) {
    const end = editor.getCursorPosition();
    const typed = editor.session.getLine(end.row).slice(0, end.column).match(/[A-Za-z0-9_]*$/)[0];
    const start = { row: end.row, column: end.column - typed.length };
    editor.session.replace({ start, end }, value);
  },
  getCompletions(editor, session, position, prefix, callback) {
    const before = session.getTextRange({ start: { row: 0, column: 0 }, end: position });
    const place = placeAt(before.slice(0, before.length - prefix.length));
    if (!place) return callback(null, []);
    const found = place.isName ? names(schemaFields(), place) : values(schemaFields(), place);
    callback(null, found.map((each) => ({ ...each, completer: completions })));
  },
};
