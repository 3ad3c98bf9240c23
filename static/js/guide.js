// The guided session: one round a screen, with clocks that come from the time of day, never from ticks, so that a reload, a call and a
// sleeping phone change nothing. A round counts when the patient says so, never because a clock has run out.
import { keep, send } from "./queue.js";
import { patient } from "./parts.js";
import { build } from "./screen.js";
import { choose, maySleep, signal, stayAwake, wants } from "./signals.js";
import { moment, seconds, steps } from "./steps.js";

const READY = 5;
const all = steps();
const first = all[0]?.exercise.form;
const place = first && ["plan", "version", "day", "ordinal"].map((name) => first.elements[name].value).join("-");
const memory = `guide-${patient}-${place}`;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

// Where the patient is: the round, what the clock counts (ready, work, rest), since when, and what had passed when it was stopped.
let state = JSON.parse(localStorage.getItem(memory) ?? "null");
let screen = null;
let timer = 0;
let last = "";

function remember() {
	if (state) localStorage.setItem(memory, JSON.stringify(state));
	else localStorage.removeItem(memory);
}

const step = () => all[state.index];
const isTicked = ({ exercise, value }) => exercise.form.querySelector(`input[name=done][value="${value}"]`).defaultChecked;
const isSkipped = ({ exercise }) => exercise.form.elements.skip?.value;
const elapsed = () => state.stopped ?? (Date.now() - state.since) / 1000;
const length = () => (state.phase === "work" ? seconds(step().exercise) : { ready: READY, rest: state.rest }[state.phase]);

// The next round that is neither done nor left out.
function next(from) {
	const index = all.findIndex((one, index) => index >= from && !isTicked(one) && !isSkipped(one));
	return index < 0 ? all.length : index;
}

function enter(phase, more = {}) {
	state = { ...state, phase, since: Date.now(), stopped: null, ...more };
	last = "";
	remember();
	draw();
}

function go(index) {
	if (index >= all.length) return enter("end", { index });
	enter("ready", { index });
}

function begin() {
	state ??= { index: next(0), open: true, phase: "ready", since: Date.now(), stopped: null };
	if (state.index >= all.length || state.phase === "end") state = { ...state, index: next(0), phase: next(0) < all.length ? "ready" : "end", since: Date.now(), stopped: null };
	state.open = true;
	remember();
	show();
}

function show() {
	screen = build({ done, back, skip, pause, stop, leave: leaveOut, sound: (on) => choose("sound", on), vibration: (on) => choose("vibration", on) }, { sound: wants("sound"), vibration: wants("vibration") });
	screen.open();
	stayAwake();
	draw();
	timer = setInterval(tick, 200);
}

function stop() {
	clearInterval(timer);
	maySleep();
	screen?.close();
	screen = null;
	const ended = state.phase === "end";
	state = ended ? null : { ...state, open: false, stopped: elapsed() };
	remember();
	name();
	const felt = document.querySelector("#felt");
	if (ended && felt) {
		felt.tabIndex = -1;
		felt.scrollIntoView();
		felt.focus({ preventScroll: true });
	} else start?.focus();
}

// A round is done: it is written down at once, kept on the phone where there is no network.
async function done() {
	if (state.phase === "end") return stop();
	if (state.phase !== "work") return enter("work");
	const one = step();
	const tick = one.exercise.form.querySelector(`input[name=done][value="${one.value}"]`);
	if (!tick.defaultChecked) write(one, [["done", one.value]], [one.label]);
	tick.checked = tick.defaultChecked = true;
	signal("end");
	const following = next(state.index + 1);
	if (following >= all.length || !one.exercise.rest) return go(following);
	enter("rest", { index: following, rest: one.exercise.rest });
}

async function write({ exercise }, said, words) {
	const known = ["plan", "version", "day", "ordinal", "prescription"].map((name) => [name, exercise.form.elements[name].value]);
	const body = new URLSearchParams([...known, ...said]).toString();
	await keep({ patient, path: exercise.form.getAttribute("action"), body, about: exercise.name, words });
	const { end } = await send(patient);
	if (end !== "sent") (await navigator.serviceWorker?.getRegistration())?.sync?.register("diary").catch(() => null);
}

function back() {
	go(Math.max(0, state.index - 1));
}

// This round is passed over; it stays open in the list.
function skip() {
	if (state.phase === "rest") return enter("ready");
	go(next(state.index + 1));
}

// The whole exercise is left out, with its reason.
function leaveOut(reason, words) {
	const { exercise } = step();
	const field = exercise.form.elements.skip;
	write(step(), [["skip", reason], ["shown-skip", exercise.form.elements["shown-skip"].value]], [`Skipped: ${words}`]);
	field.value = reason;
	for (const option of field.options) option.defaultSelected = option.selected;
	exercise.form.elements["shown-skip"].value = reason;
	go(next(state.index + 1));
}

function pause() {
	if (state.stopped === null) state.stopped = elapsed();
	else state = { ...state, since: Date.now() - state.stopped * 1000, stopped: null };
	remember();
	draw();
}

function tick() {
	if (state.stopped !== null || state.phase === "end") return;
	const whole = length();
	if (state.phase === "ready" && elapsed() >= whole) {
		signal("end");
		return enter("work");
	}
	if (state.phase === "rest" && elapsed() >= whole) return enter("ready");
	draw();
}

function draw() {
	if (!screen) return;
	const one = step();
	const now = picture(one);
	if (now.sound && now.sound !== last) signal(now.kind ?? "beat");
	last = now.sound ?? last;
	screen.show({ ...now, step: one, of: all.length, paused: state.stopped !== null, calm: calm.matches, phase: state.phase });
}

// What the screen says now.
function picture(one) {
	const passed = elapsed();
	if (state.phase === "end") return { word: "That was everything for now", count: "" };
	const left = Math.max(0, Math.ceil((length() ?? 0) - passed));
	if (state.phase === "rest") return { word: "Rest", count: left, sound: left <= 3 && left > 0 ? `rest ${left}` : null };
	if (state.phase === "ready") return { word: "Get ready", count: left, sound: left <= 3 && left > 0 ? `ready ${left}` : null };
	const whole = length();
	if (whole === null) return { word: one.exercise.planned, count: "" };
	if (passed >= whole) return { word: "Time. Press Done if you did it", count: "", sound: "over", kind: "end" };
	const at = moment(one.exercise, passed);
	const count = at.of ? `${at.count} of ${at.of}` : at.count;
	return { word: at.word, count, left: at.left, sound: at.of ? `beat ${at.beat}` : null };
}

// The button stands before the first exercise; a session that was left in the middle goes on.
let start = null;

function name() {
	if (start) start.lastChild.textContent = state ? "Go on with the guided session" : "Start guided session";
}

if (all.length) {
	start = document.createElement("button");
	start.type = "button";
	start.className = "button coach-start";
	const play = document.querySelector(".stage-play .icon")?.cloneNode(true);
	if (play) start.append(play);
	start.append("");
	name();
	start.addEventListener("click", begin);
	document.querySelector("article.ex").parentElement.before(start);
	if (state?.open) show();
	document.addEventListener("visibilitychange", () => screen && document.visibilityState === "visible" && stayAwake());
}
