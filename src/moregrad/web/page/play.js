/* The playground: runs and trainings on one tab, single numbers on the other. */

import { make } from "/parts/elements.js";
import { get } from "./api.js";
import { comparePart } from "./compare.js";
import { graphPart } from "./graph.js";
import { listPart } from "./lists.js";
import { livePart } from "./live.js";
import { lookAt } from "./look.js";
import { moonsPart } from "./moons.js";
import { runsPart } from "./runs.js";
import { trainPart } from "./train.js";

const TABS = { words: "Words", numbers: "Single numbers" };
const $ = (id) => document.getElementById(id);

function alertOf(error) {
  $("alert").textContent = error.message;
  $("alert").hidden = false;
}

/** Makes the tabs; arrow keys go from one to the other. `onShow(name)` is called when one is shown. */
function makeTabs(onShow) {
  const names = Object.keys(TABS);
  const buttons = names.map((name) =>
    make("button", { role: "tab", id: `${name}-tab-button`, "aria-controls": `${name}-tab`, onclick: () => show(name) }, TABS[name]),
  );
  const show = (shown) => {
    names.forEach((name, index) => {
      $(`${name}-tab`).hidden = name !== shown;
      buttons[index].setAttribute("aria-selected", name === shown);
      buttons[index].tabIndex = name === shown ? 0 : -1;
    });
    onShow(shown);
  };
  $("tabs").append(...buttons);
  $("tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
    show(names[next]);
    buttons[next].focus();
  });
  show(names[0]);
}

async function startWords() {
  const [{ lists }, { models }] = await Promise.all([get("/api/lists"), get("/api/models")]);
  let [chosen, label, runs] = [null, null, []];

  const refresh = async () => {
    runs = (await get("/api/runs")).runs;
    runsList.show(runs, chosen);
  };
  const look = async (name, given = null) => {
    [chosen, label] = [name, given];
    runsList.show(runs, chosen);
    try {
      const { labels } = runs.find((run) => run.name === name);
      const sections = await lookAt(name, labels, label, (other) => look(name, other));
      if (chosen === name && label === given) $("run").replaceChildren(...sections);
    } catch (error) {
      $("run").replaceChildren(make("p", { class: "note" }, error.message));
    }
  };
  const compare = (names) => {
    $("compare").hidden = names.length < 2;
    if (names.length > 1) sideBySide.show(names.map((name) => runs.find((run) => run.name === name)));
    runsList.show(runs, chosen);
  };
  const news = async (name, kind) => {
    await refresh();
    if (kind !== "evaluation" || chosen !== name) await look(name, label);
  };
  const begin = async (name) => {
    $("live").hidden = false;
    live.watch(name);
    $("live").scrollIntoView({ block: "nearest" });
    await refresh();
  };

  const runsList = runsPart({ onChoose: look, onCompare: compare });
  const [sideBySide, list, live] = [comparePart(), listPart(), livePart({ onNews: (...all) => news(...all).catch(alertOf) })];
  const train = trainPart(lists, models, { onList: list.show, onBegin: (name) => begin(name).catch(alertOf) });
  $("runs").append(runsList.element);
  $("train").append(train.element);
  $("list").append(list.element);
  $("live").append(live.element);
  $("compare").append(sideBySide.element);
  list.show(train.source(), train.reading());
  await refresh();
  const under = runs.find((run) => run.training === "under way");
  if (under) await begin(under.name);
  else if (runs.length) await look(runs[0].name);
}

let [numbers, begun] = [[graphPart(), moonsPart()], false];
$("graph").append(numbers[0].element);
$("moons").append(numbers[1].element);
makeTabs((shown) => {
  if (shown === "numbers" && !begun) {
    begun = true;
    for (const part of numbers) part.begin();
  }
});
startWords().catch(alertOf);
