// The drawing of an own exercise follows what is typed; what is wrong with it stands below.
const form = document.querySelector(".writing");
const part = document.querySelector("[data-preview]");
const [picture, words] = [part.querySelector("img"), part.querySelector("ul")];

function address() {
	const drawn = ([name, value]) => value && (/^(start|end)-/.test(name) || ["view", "region", "sides", "tempo"].includes(name));
	return `${part.dataset.preview}?${new URLSearchParams([...new FormData(form)].filter(drawn))}`;
}

function say(lines) {
	const items = lines.filter(Boolean).map((line) => Object.assign(document.createElement("li"), { textContent: line }));
	words.replaceChildren(...items);
}

let asking = null;
async function show() {
	asking?.abort();
	asking = new AbortController();
	const to = address();
	try {
		const answer = await fetch(to, { signal: asking.signal });
		if (!answer.ok) return;
		// 204: the positions cannot be read, and the last drawing stays.
		if (answer.status === 200) {
			picture.src = to;
			picture.hidden = false;
		}
		say(decodeURIComponent((answer.headers.get("x-flaws") ?? "").replaceAll("+", " ")).split("\n"));
	} catch {
		// Overtaken by the next digit, or no network: the last drawing stays.
	}
}

let waiting = 0;
form.addEventListener("input", ({ target }) => {
	if (!/^(start|end)-|^(view|region|sides|tempo|drawn)$/.test(target.name)) return;
	clearTimeout(waiting);
	waiting = setTimeout(show, 120);
});
part.querySelector("button").hidden = true;
