/* Labels of words, where they have any: the field that chooses one, and the model given the one that was chosen. */

import { field, make } from "./elements.js";

/** Returns the field, or nothing where there are no `labels`; `onChoose(label)` is called with null for any label. */
export function labelField(labels, chosen, onChoose) {
  if (!labels.length) return [];
  const options = [make("option", { value: "", selected: chosen === null }, "any")];
  options.push(...labels.map((each) => make("option", { value: each, selected: each === chosen }, each)));
  const select = make("select", { onchange: () => onChoose(select.selectedIndex ? select.value : null) }, ...options);
  return [field("Label", select)];
}

/**
 * Returns `model`, which is one of words with any label, given the label at place `index`.
 *
 * The last two arrays of its state are the log shares of the labels and what comes next under each; where a word
 * begins, the whole share is given to one label.
 */
export function givenLabel(model, index) {
  const advance = (state, token) => {
    const made = model.advance(state, token);
    if (token !== 0) return made;
    const [shares, following] = made.state.slice(-2);
    const certain = shares.map((_, place) => (place === index ? 0 : -Infinity));
    const logits = following.slice(index * model.vocab, (index + 1) * model.vocab);
    return { logits, state: [...made.state.slice(0, -2), certain, following] };
  };
  return { ...model, advance };
}
