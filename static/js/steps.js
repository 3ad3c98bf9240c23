// The rounds of today in the order they are done, read from the forms of the page: exercise by exercise, those done in turn round by
// round. Also what the clock says in the middle of one.
import { heard } from "./parts.js";

const number = (text) => (text ? Number(text) : null);

function exercise(article) {
	const known = article.querySelector("[data-guide]");
	const form = article.querySelector("form");
	const { work, amount, hold, rest, tempo, side } = known.dataset;
	return {
		id: article.id,
		form,
		name: heard(article.querySelector("h2")),
		planned: known.textContent.trim(),
		cue: article.querySelector("details ul li")?.textContent ?? "",
		moving: article.querySelector(".stage-moving")?.getAttribute("src"),
		still: article.querySelector(".stage-still source")?.getAttribute("srcset"),
		words: article.querySelector(".stage-moving")?.alt ?? "",
		work,
		amount: number(amount),
		hold: number(hold),
		rest: number(rest) ?? 0,
		tempo: tempo ? tempo.split("-").map(Number) : null,
		side,
		inTurn: known.hasAttribute("data-in-turn"),
		rounds: [...form.querySelectorAll("input[name=done]")].map((tick) => ({ value: tick.value, label: heard(tick.labels[0]) })),
	};
}

// "Left side", "Right side", or how both work.
function side(exercise, value) {
	if (value.startsWith("left") || exercise.side === "left") return "Left side";
	if (value.startsWith("right") || exercise.side === "right") return "Right side";
	return exercise.side === "alternating" ? "Change sides each time" : "";
}

export function steps() {
	const groups = [];
	for (const article of document.querySelectorAll("article.ex:has([data-guide])")) {
		// What is not asked for today stands folded below, and is done without a guide.
		if (article.closest("details.later")) continue;
		const one = exercise(article);
		if (one.inTurn && groups.length) groups.at(-1).push(one);
		else groups.push([one]);
	}
	return groups.flatMap((group) => inOrder(group));
}

function inOrder(group) {
	const all = group.flatMap((exercise, place) =>
		exercise.rounds.map(({ value, label }) => ({ exercise, place, value, label, round: Number(value.split("-").at(-1)), side: side(exercise, value) })),
	);
	const most = Math.max(...all.map(({ round }) => round));
	// In turn: a round of each. By itself: a round on each side, then the next.
	return [...Array(most).keys()].flatMap((before) => all.filter(({ round }) => round === before + 1).sort((a, b) => a.place - b.place));
}

// How long one round takes, in seconds; nothing where the patient counts.
export function seconds({ work, amount, hold, tempo }) {
	if (work === "hold" || work === "time") return amount;
	if (work === "breaths") return amount * 8;
	const beat = beats({ hold, tempo });
	return work === "reps" && beat ? amount * (beat[0] + beat[1] + beat[2]) : null;
}

const beats = ({ hold, tempo }) => tempo ?? (hold ? [2, hold, 2] : null);

// What to do at this second of a round: a word, and how long it still goes.
export function moment(exercise, elapsed) {
	const { work, amount } = exercise;
	const left = Math.ceil(seconds(exercise) - elapsed);
	if (work === "hold") return { word: "Hold", count: left, beat: 0 };
	if (work === "time") return { word: "Go on", count: left, beat: 0 };
	if (work === "breaths") {
		const breath = Math.floor(elapsed / 8);
		return { word: elapsed % 8 < 4 ? "Breathe in" : "Breathe out", count: Math.min(breath + 1, amount), of: amount, beat: Math.floor(elapsed / 4) };
	}
	const [up, still, down] = beats(exercise);
	const turn = up + still + down;
	const rep = Math.floor(elapsed / turn);
	const at = elapsed - rep * turn;
	const part = at < up ? 0 : at < up + still ? 1 : 2;
	const until = [up, up + still, turn][part];
	return { word: ["Up", "Still", "Down"][part], count: Math.min(rep + 1, amount), of: amount, left: Math.ceil(until - at), beat: rep * 3 + part };
}
