/* Requests to the JSON interface, which /openapi.json describes. */

import { normalise } from "/parts/typed.js";

const TOKEN = "moregrad token";
const ENDS = new Set(["stopped", "finished", "failed"]);
const LOST = "The server does not answer; is it still running?";

/** Takes the token out of the address, where `moregrad play` puts it, so that it is not passed on with a link. */
function takeToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem(TOKEN, given);
    history.replaceState(null, "", location.pathname);
  }
  return given ?? sessionStorage.getItem(TOKEN);
}

const token = takeToken();

async function request(path, options) {
  const headers = { ...options.headers, ...(token ? { Authorization: `Bearer ${token}` } : {}) };
  let response;
  try {
    response = await fetch(path, { ...options, headers });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error(LOST);
  }
  if (!response.ok) throw new Error(await sayProblem(response));
  return response;
}

async function sayProblem(response) {
  try {
    return (await response.json()).error.message;
  } catch {
    return `The server answers ${response.status}.`;
  }
}

/** Asks for what there is at a path. */
export async function get(path, { signal } = {}) {
  return (await request(path, { signal })).json();
}

/** Sends data as JSON and returns the answer. */
export async function post(path, data, { signal } = {}) {
  const headers = { "Content-Type": "application/json" };
  return (await request(path, { method: "POST", headers, body: JSON.stringify(data), signal })).json();
}

/** Sends a file and returns the list that it became. */
export async function upload(file) {
  const headers = { "Content-Type": "application/octet-stream" };
  const path = `/api/lists?name=${encodeURIComponent(file.name)}`;
  return (await request(path, { method: "POST", headers, body: file })).json();
}

/** Returns the path of a run. */
export function pathOf(run, what = "") {
  return `/api/runs/${encodeURIComponent(run)}${what && `/${what}`}`;
}

/**
 * Calls `tell(kind, data)` for every event of the training of a run, from the first one to the end; fails where the
 * server ends before the training does.
 */
export async function follow(run, tell, { signal } = {}) {
  const response = await request(pathOf(run, "events"), { signal });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let [left, last] = ["", ""];
  for (;;) {
    const { done, value } = await read(reader);
    if (done && ENDS.has(last)) return;
    if (done) throw new Error(LOST);
    const blocks = (left + value).split("\n\n");
    left = blocks.pop();
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s)));
      if (fields.event) tell((last = fields.event), JSON.parse(fields.data));
    }
  }
}

async function read(reader) {
  try {
    return await reader.read();
  } catch (error) {
    throw error.name === "AbortError" ? error : new Error(LOST);
  }
}

/** Returns a run of which `facts` are known as the parts of the page ask it: see the head of /parts/source.js. */
export function runSource(run, facts, label = null) {
  const ask = (what, asked, { signal } = {}) => post(pathOf(run, what), { ...asked, label }, { signal });
  return {
    async sample({ prefix = "", seed, ...options }, given) {
      const drawn = seed ?? crypto.getRandomValues(new Uint32Array(1))[0];
      const { samples, shortage } = await ask("sample", { ...options, prefix: normalise(prefix, facts), seed: drawn }, given);
      return { words: samples, shortage };
    },
    explain: (word, given) => ask("explain", { word: normalise(word, facts) }, given),
    probabilities: (prefix, given) => ask("probabilities", { prefix: normalise(prefix, facts) }, given),
  };
}
