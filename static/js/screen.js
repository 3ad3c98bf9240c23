// What the guided session shows: a dialog over the whole window, with few and large controls.
import { make } from "./parts.js";

const REASONS = [...(document.querySelector("article.ex select[name=skip]")?.options ?? [])].filter((option) => option.value);

export function build(does, wants) {
	const press = (words, pressed, look = "") => {
		const button = make("button", { type: "button", className: `button ${look}`, textContent: words });
		button.addEventListener("click", pressed);
		return button;
	};
	const parts = {
		where: make("p", { className: "coach-where" }),
		name: make("h2", { id: "coach-name" }),
		side: make("p", { className: "coach-side" }),
		figure: make("img", { className: "coach-figure", alt: "", decoding: "async" }),
		planned: make("p", { className: "dose" }),
		cue: make("p", { className: "coach-cue soft" }),
		word: make("p", { className: "coach-word" }),
		count: make("p", { className: "coach-count" }),
		left: make("p", { className: "coach-left" }),
		said: make("p", { className: "visually-hidden" }),
	};
	parts.said.setAttribute("role", "status");
	for (const part of [parts.word, parts.count, parts.left]) part.ariaHidden = "true";
	const controls = {
		done: press("Done", () => does.done(), "button-primary coach-done"),
		back: press("Back", () => does.back()),
		pause: press("Pause", () => does.pause()),
		skip: press("Skip", () => ask(true)),
	};
	const stop = press("Stop", () => does.stop(), "button-small");
	const setting = (words, name) => {
		const box = make("input", { type: "checkbox", checked: wants[name] });
		box.addEventListener("change", () => does[name](box.checked));
		return make("label", { className: "choice" }, box, words);
	};
	const settings = make("div", { className: "coach-settings" }, setting("Sound", "sound"), "vibrate" in navigator ? setting("Vibration", "vibration") : null);
	const row = make("div", { className: "coach-row" }, controls.back, controls.pause, controls.skip);
	const reasons = make("div", { className: "coach-reasons", hidden: true },
		make("h3", { textContent: "Why do you skip it?", tabIndex: -1 }),
		press("Only this round", () => ask(false) ?? does.skip()),
		...REASONS.map((reason) => press(reason.textContent, () => ask(false) ?? does.leave(reason.value, reason.textContent))),
		press("I do not skip it", () => ask(false) ?? controls.done.focus(), "button-quiet"),
	);
	const clock = make("div", { className: "coach-clock" }, parts.word, parts.count, parts.left);
	const body = make("div", { className: "coach-body" }, parts.figure, make("div", { className: "coach-words" }, parts.name, parts.side, parts.planned, parts.cue), clock);
	const dialog = make("dialog", { className: "coach" }, make("div", { className: "coach-head" }, parts.where, stop), body, parts.said, reasons, make("div", { className: "coach-controls" }, controls.done, row, settings));
	dialog.setAttribute("aria-labelledby", "coach-name");
	dialog.addEventListener("cancel", (event) => {
		event.preventDefault();
		does.stop();
	});

	function ask(open) {
		reasons.hidden = !open;
		body.hidden = open;
		controls.done.hidden = row.hidden = settings.hidden = open;
		if (open) reasons.querySelector("h3").focus();
		return undefined;
	}

	const say = (part, words) => {
		if (part.textContent !== String(words)) part.textContent = words;
	};

	function show({ word, count, left, step, of, paused, calm, phase, ...rest }) {
		const end = phase === "end";
		for (const part of [parts.figure, parts.side, parts.planned, parts.cue, row, settings]) part.classList.toggle("is-away", end);
		say(parts.word, paused ? "Paused" : word);
		say(parts.count, count ?? "");
		say(parts.left, left ? `${left} s` : "");
		dialog.dataset.phase = paused ? "paused" : phase;
		say(controls.pause, paused ? "Go on" : "Pause");
		controls.pause.disabled = false;
		if (end) {
			say(parts.where, "The end of the session");
			say(parts.name, word);
			say(parts.word, "How did it feel?");
			say(controls.done, "Say how it felt");
			return say(parts.said, `${word}. How did it feel?`);
		}
		const { exercise, label, side } = step;
		say(parts.where, `${phase === "rest" ? "Next: " : ""}${label}`);
		say(parts.name, exercise.name);
		say(parts.side, side);
		say(parts.planned, exercise.planned);
		say(parts.cue, exercise.cue);
		say(controls.done, phase === "work" ? "Done" : "Start now");
		say(controls.skip, "Skip");
		const source = (calm ? exercise.still : exercise.moving) ?? "";
		if (source && parts.figure.getAttribute("src") !== source) parts.figure.src = source;
		parts.figure.alt = exercise.words;
		parts.figure.classList.toggle("is-away", !source);
		// Said once a phase: not every second.
		const spoken = paused ? "Paused" : phase === "work" && count !== "" ? word : `${word}. ${phase === "work" ? "" : `${exercise.name}, ${label.toLowerCase()}${side && !label.includes("side") ? `, ${side.toLowerCase()}` : ""}. ${exercise.planned}`}`;
		say(parts.said, spoken);
	}

	return {
		open() {
			document.body.append(dialog);
			dialog.showModal();
			controls.done.focus();
		},
		close() {
			dialog.close();
			dialog.remove();
		},
		show,
	};
}
