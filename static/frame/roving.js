// Moving among a row of things that take turns in having the focus: the items of a menu, tabs.

// Give the index that a key leads to from the current one, around the ends; undefined if the key leads nowhere.
// `keys` are those for the one before and the one after.
export function indexAfter(event, { current, count, keys: [before, after] }) {
  const target = { [before]: current - 1, [after]: current + 1, Home: 0, End: count - 1 }[event.key];
  if (target === undefined) return undefined;
  event.preventDefault();
  return (target + count) % count;
}
