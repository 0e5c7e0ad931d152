/* The part that tells where the list came from and what the model is. */

import { make } from "./elements.js";
import { spellCharacter, whole } from "./spelling.js";

const SPELLED = 80; // Characters of an alphabet that are shown, not only counted.
const REASONS = { too_long: "too long", duplicate: "repeated", control: "with control characters" };

/** Returns the part. */
export function provenancePart(facts) {
  const { list, model, versions } = facts;
  const rows = {
    List: list.name,
    Origin: list.origin,
    Licence: list.licence ?? "not on record: whoever passes the words on should know it",
    Words: counts(list.words),
    "Left out": Object.keys(list.left_out).length ? `${counts(list.left_out)}, of ${whole(list.read)} read` : null,
    Characters: alphabet([...facts.characters]),
    Labels: list.labels,
    Model: model.settings ? `${model.name}: ${model.settings}` : model.name,
    Parameters: whole(model.parameters),
    Training: `${whole(model.steps)} steps, ${whole(Math.round(model.seconds))} s`,
    "Made with": Object.entries(versions).flat().join(" "),
  };
  const told = Object.entries(rows).filter(([, text]) => text !== null);
  const terms = told.flatMap(([term, text]) => [make("dt", {}, term), make("dd", {}, make("bdi", {}, text))]);
  const warnings = facts.warnings.map((each) => make("p", { class: "note", dir: "auto" }, each));
  return { element: make("div", { class: "part" }, make("dl", {}, ...terms), ...warnings) };
}

function counts(numbers) {
  return Object.entries(numbers)
    .map(([name, count]) => `${whole(count)} ${REASONS[name] ?? name}`)
    .join(", ");
}

function alphabet(characters) {
  if (characters.length > SPELLED) return `${whole(characters.length)} different ones`;
  return characters.map(spellCharacter).join(" ");
}
