// Every page of a patient: the worker that keeps what they need without network, what waits to be sent, and leaving.
import { send, waiting } from "./queue.js";
import { make, moment, icon, patient } from "./parts.js";
import "./waiting.js";
import "./leave.js";

const main = document.querySelector("main");
const { kept } = document.body.dataset;

if (kept) {
	const words = make("div", {}, make("h2", { textContent: "You are offline" }), make("p", { textContent: `This is what you had on ${moment(kept)}.` }));
	const notice = make("section", { className: "notice notice-warn" }, icon("info"), words);
	notice.setAttribute("aria-label", "You are offline");
	(main.querySelector(".page-head") ?? main).after(notice);
	// Nobody who is in the middle of writing is taken to another page.
	addEventListener("online", () => words.lastChild.replaceChildren("There is a network again. ", make("a", { href: location.pathname + location.search, textContent: "Open this page as it is now" })));
}

async function trySending() {
	if ((await waiting(patient)).length) await send(patient);
}

addEventListener("online", trySending);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && trySending());
trySending();

if (navigator.serviceWorker) {
	try {
		await navigator.serviceWorker.register("/sw.js");
		(await navigator.serviceWorker.ready).active.postMessage({ keep: patient });
	} catch {
		// A browser that keeps nothing for us: the pages work while there is a network.
	}
}
