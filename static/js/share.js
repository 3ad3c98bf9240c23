// The system's own share sheet, where there is one; the plain links beside it need no script.
for (const button of document.querySelectorAll("[data-share]")) {
	if (!navigator.share) break;
	button.hidden = false;
	button.addEventListener("click", async () => {
		const page = { title: document.querySelector("h1").textContent, url: document.querySelector("link[rel=canonical]").href };
		try {
			await navigator.share(page);
		} catch {
			// Whoever closes the sheet has changed their mind.
		}
	});
}
