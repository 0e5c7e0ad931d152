/* The part that tells where the list came from and what the model is. */

import { make } from "./elements.js";
import { whole } from "./spelling.js";

/** Returns the part. */
export function provenancePart(facts) {
  const { list, model } = facts;
  const words = Object.entries(list.words)
    .map(([split, count]) => `${whole(count)} ${split}`)
    .join(", ");
  const left = list.left_out
    ? `; ${whole(list.left_out)} of ${whole(list.read)} read were left out, such as repeated ones`
    : "";
  const rows = [
    ["List", list.name],
    ["Origin", list.origin],
    ["Licence", list.licence ?? "not on record: whoever passes the words on should know it"],
    ["Words", `${words}${left}`],
    [
      "Characters",
      facts.characters.length > 80
        ? `${whole([...facts.characters].length)} different ones`
        : [...facts.characters].join(" ").replace("  ", " ␣ "),
    ],
    ...(list.labels ? [["Labels", list.labels]] : []),
    ["Model", model.settings ? `${model.name}: ${model.settings}` : model.name],
    ["Parameters", whole(model.parameters)],
    ["Training", `${whole(model.steps)} steps, ${whole(Math.round(model.seconds))} s`],
    [
      "Made with",
      Object.entries(facts.versions)
        .map((each) => each.join(" "))
        .join(", "),
    ],
  ];
  const terms = rows.flatMap(([term, text]) => [make("dt", {}, term), make("dd", { dir: "auto" }, text)]);
  const warnings = facts.warnings.map((each) => make("p", { class: "note", dir: "auto" }, each));
  return { element: make("div", { class: "part" }, make("dl", {}, ...terms), ...warnings) };
}
