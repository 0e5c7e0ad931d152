/* The part that begins trainings: a list, by name or dropped, a model, and what else is chosen. */

import { field, make, status } from "/parts/elements.js";
import { post, upload } from "./api.js";

const UPLOADED = "uploaded as "; // So descriptions of uploaded lists begin.

/** Returns the part; `onList(source)` is called when a list is chosen, `onBegin(run)` when a training has begun. */
export function trainPart(lists, models, { onList, onBegin }) {
  const list = make("select", { onchange: () => onList(list.value, reading()) });
  const faker = make("input", { placeholder: "faker:city:de_DE", autocomplete: "off", spellcheck: "false" });
  const model = make("select", {}, ...models.map((each) => option(each.name, each.name === "stack", each.summary)));
  const steps = make("input", { type: "number", min: 1, inputmode: "numeric", placeholder: "as many as suit the list" });
  const lower = make("input", { type: "checkbox", id: "lower", onchange: () => onList(list.value, reading()) });
  const file = make("input", { type: "file", class: "hidden", id: "file", onchange: () => take(file.files[0]) });
  const go = make("button", { type: "submit", class: "primary" }, "Train");
  const told = status();

  const [column, label] = ["name or number", "name or number"].map((placeholder) =>
    make("input", { placeholder, autocomplete: "off", spellcheck: "false", onchange: () => onList(list.value, reading()) }),
  );

  const reading = () => ({
    ...(lower.checked ? { lower: true } : {}),
    ...(column.value ? { column: asColumn(column.value) } : {}),
    ...(label.value ? { label: asColumn(label.value) } : {}),
  });
  const offer = (name, text) => {
    list.append(option(name, false, text));
    list.value = name;
    onList(name, reading());
  };

  const take = async (given) => {
    if (!given) return;
    told.textContent = `Sending ${given.name} …`;
    try {
      const { name } = await upload(given);
      told.textContent = "";
      offer(name, given.name);
    } catch (error) {
      told.textContent = error.message;
    }
    file.value = "";
  };

  const begin = async () => {
    go.disabled = true;
    told.textContent = "Reading the list …";
    const settings = { ...reading(), ...(steps.value ? { steps: Number(steps.value) } : {}) };
    if (settings.steps) settings.eval_every = Math.max(1, Math.ceil(settings.steps / 12));
    try {
      onBegin((await post("/api/runs", { source: list.value, model: model.value, settings })).name);
      told.textContent = "";
    } catch (error) {
      told.textContent = error.message;
    }
    go.disabled = false;
  };

  faker.addEventListener("change", () => faker.value.trim() && offer(faker.value.trim(), faker.value.trim()));
  const named = lists.filter(({ name }) => name !== "faker:PROVIDER:LOCALE");
  const first = named.find(({ description }) => !description.startsWith(UPLOADED));
  for (const { name, description } of named) {
    const text = description.startsWith(UPLOADED) ? description.slice(UPLOADED.length) : name;
    list.append(option(name, name === first?.name, text));
  }
  const form = make(
    "form",
    {
      class: "controls",
      onsubmit: (event) => {
        event.preventDefault();
        begin();
      },
    },
    field("List", list),
    field("Model", model),
    field("Or made by Faker", faker),
    field("Steps", steps),
    field("Column of the words", column, "of a table"),
    field("Column of labels", label, "such as gender"),
    make("div", { class: "field check" }, lower, make("label", { for: "lower" }, "put words in lower case")),
    dropField(file, take),
    make("div", { class: "buttons" }, go),
  );
  return { element: make("div", { class: "part" }, form, told), source: () => list.value, reading };
}

/** Returns the number or the name of a column. */
function asColumn(text) {
  return /^[1-9]\d*$/.test(text) ? Number(text) : text;
}

function option(value, selected, text) {
  return make("option", { value, selected }, text && text !== value ? `${value}: ${text}` : value);
}

/** A field that takes a file by drag and drop, by click, and by keyboard. */
function dropField(file, take) {
  const label = make("label", { for: file.id, class: "drop" }, "Drop a list here, or choose a file: text, CSV, JSON, Excel");
  const field = make("div", { class: "field wide" }, file, label);
  const over = (event) => {
    event.preventDefault();
    label.classList.toggle("over", event.type === "dragover");
  };
  field.addEventListener("dragover", over);
  field.addEventListener("dragleave", over);
  field.addEventListener("drop", (event) => {
    over(event);
    take(event.dataTransfer.files[0]);
  });
  return field;
}
