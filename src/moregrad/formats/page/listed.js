/*
 * The words of the list as a Bloom filter (Bloom 1970): it knows every one of them, holds a new word for one of them at
 * the rate that the page tells, and cannot be read back.
 */

const MASK = 2n ** 64n - 1n;

/** Mixes 64 bits as SplitMix64 does (Steele, Lea, Flood 2014). */
function mix(x) {
  x = ((x + 1n) * 0x9e3779b97f4a7c15n) & MASK;
  x = ((x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  x = ((x ^ (x >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return x ^ (x >> 31n);
}

/** Returns the hash of a word that `moregrad.data.membership.hash_words` gives it; `tokens` are without the boundary. */
export function hashWord(tokens) {
  let sum = 0n;
  [0, ...tokens].forEach((token, position) => {
    sum += mix((mix(BigInt(position)) + BigInt(token)) & MASK);
  });
  return sum & MASK;
}

/** Returns a function that tells whether the list holds a word; `bits` are bytes, the lowest bit of each first. */
export function listedWords(bits, hashes) {
  const size = bits.length * 8;
  return (tokens) => {
    if (size === 0) return false;
    const hash = hashWord(tokens);
    const first = Number(hash & 0xffffffffn),
      second = Number(hash >> 32n);
    for (let index = 0; index < hashes; index++) {
      const place = (first + index * second) % size;
      if (!((bits[place >> 3] >> (place & 7)) & 1)) return false;
    }
    return true;
  };
}
