// What waits on this phone, in words: sent as soon as there is a network, decided where the diary says something else by now, and
// discarded by nobody but the patient.
import { change, drop, listen, others, send, waiting } from "./queue.js";
import { entries, icon, make, patient } from "./parts.js";

const part = make("section", { className: "notice notice-warn waits", hidden: true, tabIndex: -1 });
part.setAttribute("aria-labelledby", "waits");
const main = document.querySelector("main");
const head = main.querySelector(".page-head");
if (head) head.after(part);
else main.prepend(part);
const said = make("p", { className: "visually-hidden" });
said.setAttribute("role", "status");
part.before(said);

let signedOut = false;

function list(mine) {
	const line = ({ about, words }) => make("li", {}, make("b", { textContent: about }), words.length ? `: ${words.join(" · ")}` : "");
	return make("ul", { className: "waits-list" }, ...mine.map(line));
}

function button(words, pressed, about = "") {
	const hidden = about ? make("span", { className: "visually-hidden", textContent: `: ${about}` }) : null;
	const made = make("button", { type: "button", className: "button button-small" }, words, hidden);
	made.addEventListener("click", pressed);
	return made;
}

async function tryNow() {
	const { end } = await send(patient);
	signedOut = end === "sign-in";
	if (end === "offline") say("There is no network yet. What you wrote down stays on this phone.");
	await show();
}

function plain(mine) {
	const words = signedOut
		? "You were signed out. Sign in, and they are sent."
		: "They are safe on this phone, and go by themselves when there is a network.";
	const next = signedOut
		? make("a", { className: "button button-small", href: "/sign-in?next=/my/today", textContent: "Sign in" })
		: button("Try to send now", tryNow);
	const what = make("details", { className: "more" }, make("summary", { textContent: "What waits" }), list(mine));
	return [make("p", { textContent: words }), what, make("p", { className: "actions" }, next)];
}

function decision(entry) {
	const questions = entry.conflicts.map((conflict, index) => {
		const choice = (value, whose, words) => {
			const radio = make("input", { type: "radio", name: `decide-${entry.number}-${index}`, value, required: true });
			return make("label", { className: "box" }, radio, make("span", {}, make("b", { textContent: `${whose}:` }), " ", words));
		};
		const both = make("div", { className: "choices" }, choice("mine", "On this phone", conflict.yours), choice("theirs", "In your diary", conflict.diary));
		return make("fieldset", { className: "field" }, make("legend", { textContent: `${conflict.about}: which is right?` }), both);
	});
	const press = make("button", { className: "button button-small" }, "Keep what I chose", make("span", { className: "visually-hidden", textContent: `: ${entry.about}` }));
	const form = make("form", { className: "form" }, ...questions, make("p", { className: "actions" }, press));
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		const choices = entry.conflicts.map((_, index) => form.elements[`decide-${entry.number}-${index}`].value);
		const { conflicts, ...rest } = entry;
		await change({ ...rest, body: settled(entry, choices), state: "waiting" });
		await tryNow();
		part.focus();
	});
	return make("div", { className: "waits-one" }, make("h3", { textContent: "Your diary says something else by now" }), form);
}

// The entry as it is sent again: it has now seen what the diary says.
function settled({ body, conflicts }, choices) {
	let fields = [...new URLSearchParams(body)];
	conflicts.forEach(({ clear, ...said }, index) => {
		const cleared = ([name, value]) => clear.some(([field, only]) => field === name && (only === null || only === value));
		fields = fields.filter((field) => !cleared(field)).concat(said[choices[index]]);
	});
	return new URLSearchParams(fields).toString();
}

function refusal(entry) {
	const discard = button("Discard this entry", async () => {
		await drop(entry);
		await tryNow();
	}, entry.about);
	const words = entry.problems.map((problem) => make("p", { textContent: problem }));
	return make("div", { className: "waits-one" }, make("h3", { textContent: "Your diary did not take this" }), list([entry]), ...words, make("p", { className: "actions" }, discard));
}

function say(words) {
	if (said.textContent !== words) said.textContent = words;
}

async function show() {
	const [mine, foreign] = [await waiting(patient), await others(patient)];
	part.hidden = !mine.length && !foreign;
	if (part.hidden) return part.replaceChildren();
	const going = mine.filter((entry) => entry.state === "waiting");
	const heading = mine.length ? `${entries(mine.length)} ${mine.length === 1 ? "waits" : "wait"} to be sent` : "Another person’s entries wait on this phone";
	const body = make("div", {}, make("h2", { id: "waits", textContent: heading }));
	if (going.length) body.append(...plain(going));
	for (const entry of mine) {
		if (entry.state === "conflict") body.append(decision(entry));
		if (entry.state === "refused") body.append(refusal(entry));
	}
	if (foreign) body.append(make("p", { textContent: `${entries(foreign)} of somebody else ${foreign === 1 ? "waits" : "wait"} here, and ${foreign === 1 ? "goes" : "go"} when they sign in.` }));
	part.replaceChildren(icon("clock"), body);
	if (mine.length) say(heading);
}

listen(({ saved, end }) => {
	signedOut = end === "sign-in";
	if (saved) say(`${entries(saved)} sent. Your diary has ${saved === 1 ? "it" : "them"} now.`);
	show();
});
addEventListener("diary-signed-out", () => {
	signedOut = true;
	show();
});
show();
