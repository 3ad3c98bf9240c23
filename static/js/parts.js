// Small things several scripts need: who is looking, an element with what is in it, what a control is called.
const header = document.querySelector("[data-viewer]");

export const patient = header.dataset.viewer;
export const today = header.dataset.today;

export function make(tag, properties = {}, ...children) {
	const element = Object.assign(document.createElement(tag), properties);
	element.append(...children.filter((child) => child !== null));
	return element;
}

const sprite = header.querySelector("use").getAttribute("href").replace(/#.*/, "");

export function icon(name) {
	const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
	const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
	svg.setAttribute("class", "icon");
	svg.setAttribute("aria-hidden", "true");
	use.setAttribute("href", `${sprite}#${name}`);
	svg.append(use);
	return svg;
}

const tidy = (text) => text.replace(/\s+/g, " ").trim();

// What can be heard of an element: without what is there for the eye alone.
export function heard(element) {
	const copy = element.cloneNode(true);
	copy.querySelectorAll("[aria-hidden=true]").forEach((part) => part.remove());
	return tidy(copy.textContent);
}

export const entries = (number) => (number === 1 ? "1 entry" : `${number} entries`);

export const moment = (time) => new Date(time).toLocaleString("en-GB", { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
