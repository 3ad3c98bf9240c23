// Keeps the pages a patient needs on the floor of a gym: Today and the plan, with all they show, for the one who is signed in.
// Pages come from the network first; what was kept says so. Everything goes when they sign out, or somebody else signs in.
const PAGES = ["/my/today", "/my/plan"];
const EDITION = "shell-" + hash(SHELL.join());
const KEPT = "kept-";
// A phone in a cellar has a network that never answers.
const SLOW = 6000;

function hash(text) {
	let sum = 5381;
	for (const letter of text) sum = ((sum * 33) ^ letter.codePointAt(0)) >>> 0;
	return sum.toString(36);
}

addEventListener("install", (event) => {
	event.waitUntil(caches.open(EDITION).then((cache) => cache.addAll(SHELL)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
	event.waitUntil(settle());
});

async function settle() {
	await clients.claim();
	// What was kept needs the styles it was made with, until it is here anew.
	const who = await keeper();
	const fresh = !who || (await Promise.all(PAGES.map((page) => renew(page, who)))).every(Boolean);
	const old = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== EDITION);
	if (fresh) await Promise.all(old.map((name) => caches.delete(name)));
}

// Whose pages are kept.
async function keeper() {
	const name = (await caches.keys()).find((name) => name.startsWith(KEPT));
	return name?.slice(KEPT.length);
}

// Forgets the pages of everyone but this person.
async function forget(but) {
	const others = (await caches.keys()).filter((name) => name.startsWith(KEPT) && name !== KEPT + but);
	await Promise.all(others.map((name) => caches.delete(name)));
}

async function renew(page, who) {
	try {
		const answer = await fetch(page, { headers: { Accept: "text/html" } });
		if (answer.redirected || answer.headers.get("x-viewer") !== who) return false;
		await store(page, answer);
		return true;
	} catch {
		return false;
	}
}

// Keeps a page and all it shows.
async function store(page, answer) {
	const who = answer.headers.get("x-viewer");
	if (!answer.ok || !who) return;
	const text = await answer.text();
	const cache = await caches.open(KEPT + who);
	const headers = new Headers(answer.headers);
	for (const name of ["content-encoding", "content-length"]) headers.delete(name);
	headers.set("x-kept", new Date().toISOString());
	await cache.put(page, new Response(text, { headers }));
	const shown = new Set([...text.matchAll(/(?:src|srcset|href)="(\/(?:assets|drawings|media)\/[^"\s]+\.(?:svg|png|jpg|webp|css|js))["\s]/g)].map((found) => found[1]));
	await Promise.all([...shown].map(async (address) => (await caches.match(address)) || cache.add(address).catch(() => null)));
}

addEventListener("message", (event) => {
	const { keep, forget: all } = event.data;
	if (all) event.waitUntil(forget(null));
	if (keep) event.waitUntil(forget(keep).then(() => Promise.all(PAGES.map((page) => missing(page, keep)))));
});

// A page is fetched for the store when it is not there, or older than an hour.
async function missing(page, who) {
	const kept = await (await caches.open(KEPT + who)).match(page);
	const age = kept ? Date.now() - new Date(kept.headers.get("x-kept")) : Infinity;
	if (age > 3600000) await renew(page, who);
}

addEventListener("sync", (event) => {
	if (event.tag === "diary") event.waitUntil(keeper().then((who) => who && send(who)));
});

addEventListener("fetch", (event) => {
	const { request } = event;
	const { origin, pathname, searchParams } = new URL(request.url);
	if (request.method !== "GET" || origin !== location.origin) return;
	if (request.mode === "navigate" && (pathname.startsWith("/my/") || pathname === "/clinic" || pathname.startsWith("/clinic/"))) {
		const plain = [...searchParams.keys()].every((name) => name === "done");
		event.respondWith(visit(event, PAGES.includes(pathname) && plain ? pathname : null));
	} else if (/^\/(assets|drawings|media)\//.test(pathname) && !request.headers.has("range")) {
		event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
	}
});

async function visit(event, page) {
	const kept = page && (await caches.match(page));
	try {
		const answer = await (kept ? inTime(fetch(event.request)) : fetch(event.request));
		const who = answer.headers.get("x-viewer");
		if (who) event.waitUntil(forget(who));
		if (page && answer.ok) event.waitUntil(store(page, answer.clone()));
		return answer;
	} catch {
		if (kept) return marked(kept);
		const today = await caches.match(PAGES[0]);
		return today ? Response.redirect(PAGES[0], 302) : Response.error();
	}
}

function inTime(answer) {
	return Promise.race([answer, new Promise((_, reject) => setTimeout(reject, SLOW))]);
}

// A page out of the store says since when it has been there.
async function marked(kept) {
	const text = (await kept.text()).replace("<body ", `<body data-kept="${kept.headers.get("x-kept")}" `);
	return new Response(text, { headers: kept.headers });
}
