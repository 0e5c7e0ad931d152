/* Random numbers that a seed decides, by Chris Doty-Humphrey's sfc32, which passes PractRand. */

/** Returns a function that draws numbers from 0 up to but not including 1, in steps of 2 to the power of -32. */
export function randomNumbers(seed) {
  let a = seed >>> 0,
    b = Math.floor(seed / 2 ** 32) >>> 0,
    c = 0,
    counter = 1;
  const draw = () => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 15; round++) draw(); // Nearby seeds begin alike.
  return draw;
}

/** Returns a seed that nobody can foresee. */
export function freshSeed() {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2));
  return (high >>> 11) * 2 ** 32 + low;
}
