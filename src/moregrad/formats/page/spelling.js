/* How characters and numbers are written for readers. */

/** Writes one character where it stands alone: a blank is seen, a mark that joins letters stands on a ring. */
export function spellCharacter(character) {
  if (character === "end") return "end";
  if (/^\s$/u.test(character)) return "␣";
  return /^\p{M}$/u.test(character) ? `◌${character}` : character;
}

/** Writes one character as a screen reader is to say it. */
export function sayCharacter(character) {
  return /^\s$/u.test(character) ? "blank" : character;
}

/** Writes a probability. */
export function percent(probability) {
  if (probability === 0) return "0 %";
  if (probability < 0.0001) return "< 0.01 %";
  return `${(100 * probability).toFixed(probability < 0.01 ? 2 : probability < 0.1 ? 1 : 0)} %`;
}

/** Writes a number with so many places behind the point, and "–" for null. */
export function decimals(number, places) {
  return number == null ? "–" : number.toFixed(places);
}

/** Writes a whole number. */
export function whole(number) {
  return number.toLocaleString("en");
}

/** Splits a word where it may be coloured: marks stay with their letter. Returns the number of characters of each part. */
export function clusters(word) {
  if (!Intl.Segmenter) return [...word].map(() => 1);
  const segments = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(word);
  return Array.from(segments, ({ segment }) => [...segment].length);
}
