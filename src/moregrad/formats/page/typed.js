/* What a reader types, in the form of the words trained on. */

/**
 * Returns a text as the model knows it: a capital that it does not know is taken for its letter, and blanks around the
 * text are left out where the model knows no blank.
 */
export function normalise(text, { characters, lower }) {
  const known = new Set(characters);
  const word = (lower ? text.toLowerCase() : text).normalize("NFC");
  const spelled = [...(known.has(" ") ? word : word.trim())];
  const lowered = (character) => character.toLowerCase();
  return spelled.map((each) => (known.has(each) || !known.has(lowered(each)) ? each : lowered(each))).join("");
}
