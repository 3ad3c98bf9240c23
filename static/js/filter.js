// The list of exercises answers as one types. What does not fit is hidden at once, best fits first, by the rules of the server
// (src/exercises/words.rs); where the list goes on on further pages, or a filter changes, the server's own answer takes its place.
const form = document.querySelector("[data-filter]");
const box = form.elements.q;
const count = document.querySelector("[data-filter-count]");
const said = document.querySelector("[data-filter-said]");
const results = () => document.querySelector("[data-filter-results]");

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
const split = (text) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

// How well a card fits; the better, the smaller; 4 when it does not.
function fit({ name, words }, typed) {
	const text = typed.join(" ");
	const names = name.split(" ");
	const others = words.split(" ");
	const begins = (list, start) => list.some((word) => word.startsWith(start));
	if (name.startsWith(text)) return 0;
	if (text.length > 1 && names.map((word) => word[0]).join("").startsWith(text)) return 1;
	if (typed.every((start) => begins(names, start))) return 2;
	return typed.every((start) => begins(names, start) || begins(others, start)) ? 3 : 4;
}

// Shows what fits of the cards that are here.
function narrow() {
	const typed = split(box.value);
	const part = results();
	const list = part.querySelector("ul");
	const cards = [...list.children];
	cards.forEach((card, place) => (card.dataset.place ??= place));
	const ranked = cards.map((card) => ({ card, fit: fit(card.dataset, typed), place: Number(card.dataset.place) }));
	ranked.sort((a, b) => a.fit - b.fit || a.place - b.place);
	for (const { card, fit } of ranked) card.hidden = fit > 3;
	if (ranked.some(({ card }, index) => card !== cards[index])) list.append(...ranked.map(({ card }) => card));
	const shown = ranked.filter(({ card }) => !card.hidden).length;
	part.querySelector("[data-filter-none]").hidden = shown > 0 || !isKnown();
	say(isKnown() ? shown : null);
}

function say(number) {
	const words = number === null ? "Searching …" : `${number} exercise${number === 1 ? "" : "s"}`;
	if (count.textContent !== words) count.textContent = said.textContent = words;
}

// Whether everything that fits is among the cards that are here: more letters only ever take some away.
function isKnown() {
	const { whole, words } = results().dataset;
	return whole !== undefined && split(box.value).join(" ").startsWith(split(words).join(" "));
}

function address() {
	const given = [...new FormData(form)].filter(([name, value]) => value.trim() && !(name === "show" && value === "all"));
	const query = new URLSearchParams(given).toString();
	return query ? `${form.getAttribute("action")}?${query}` : form.getAttribute("action");
}

let asking = null;
async function ask() {
	asking?.abort();
	asking = new AbortController();
	try {
		const answer = await fetch(address(), { signal: asking.signal });
		if (!answer.ok || answer.redirected) return form.requestSubmit();
		const page = new DOMParser().parseFromString(await answer.text(), "text/html");
		results().replaceWith(page.querySelector("[data-filter-results]"));
		asking = null;
		const { whole, total } = results().dataset;
		if (whole !== undefined) narrow();
		else say(Number(total));
	} catch (error) {
		// Overtaken by the next letter; or no network, and then the button still tells so.
		if (error.name !== "AbortError") asking = null;
	}
}

let waiting = 0;
box.addEventListener("input", () => {
	clearTimeout(waiting);
	narrow();
	history.replaceState(null, "", address());
	if (isKnown()) asking?.abort();
	else waiting = setTimeout(ask, 60);
});
form.addEventListener("change", (event) => {
	if (event.target === box) return;
	history.replaceState(null, "", address());
	ask();
});
addEventListener("keydown", (event) => {
	const writing = event.target.closest("input, select, textarea, [contenteditable]");
	if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
		event.preventDefault();
		box.focus();
		box.select();
	} else if (event.key === "ArrowDown" && event.target === box) {
		event.preventDefault();
		results().querySelector("li:not([hidden]) a")?.focus();
	}
});
document.querySelector("[data-filter-key]").hidden = false;
// A browser that comes back fills in what was typed before.
if (box.value.trim() !== results().dataset.words) narrow();

// A star is pressed without leaving the list.
document.addEventListener("submit", async (event) => {
	const star = event.submitter;
	if (event.target.id !== "stars" || !star || event.target.dataset.plain) return;
	event.preventDefault();
	const body = new URLSearchParams(new FormData(event.target, star));
	const answer = await fetch(star.formAction, { method: "POST", body, redirect: "manual" }).catch(() => null);
	if (answer?.type !== "opaqueredirect") {
		event.target.dataset.plain = "true";
		return event.target.requestSubmit(star);
	}
	const pressed = star.value === "yes";
	star.value = pressed ? "no" : "yes";
	star.ariaPressed = String(pressed);
	const use = star.querySelector("use");
	use.setAttribute("href", use.getAttribute("href").replace(/#.*/, pressed ? "#star-full" : "#star"));
});
