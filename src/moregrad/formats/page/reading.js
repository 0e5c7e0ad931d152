/* Words read by a model token by token, and what it expects after each. */

/** Lets the browser show and hear what is waiting, then goes on. Timers would wait for milliseconds, tasks do not. */
export function pause() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

const SLICE = 10; // Milliseconds of work between two pauses: less than a frame, so that nothing stutters.

/** Returns a function to be awaited between pieces of work: it pauses when a slice is over, and stops at the signal. */
export function slices(signal) {
  let begun = performance.now();
  return async () => {
    signal?.throwIfAborted();
    if (performance.now() - begun < SLICE) return;
    await pause();
    signal?.throwIfAborted();
    begun = performance.now();
  };
}

/** Returns the natural log of the sum of what the logits are logarithms of. */
export function logSumExp(logits) {
  let most = -Infinity,
    sum = 0;
  for (const logit of logits) if (logit > most) most = logit;
  for (const logit of logits) sum += Math.exp(logit - most);
  return most + Math.log(sum);
}

/** Reads words with `model`; the states of the word read last are kept, so that one letter more is one step more. */
export class Reader {
  constructor(model) {
    this.model = model;
    this.tokens = [];
    this.steps = [model.advance(model.begin(), 0)];
  }

  /** Returns what the model says after the boundary and after each token: {logits, state}. */
  async read(tokens, signal) {
    const breathe = slices(signal);
    let shared = 0;
    while (shared < tokens.length && shared < this.tokens.length && tokens[shared] === this.tokens[shared]) shared++;
    const steps = this.steps.slice(0, shared + 1);
    for (const token of tokens.slice(shared)) {
      await breathe();
      steps.push(this.model.advance(steps[steps.length - 1].state, token));
    }
    [this.tokens, this.steps] = [tokens, steps];
    return steps;
  }
}
