/** Keeps the org's page up to date while it is open, and fetches the bodies of a call when it is opened. */
const EVERY = 1000;

/** Puts what has changed into the page; calls that a person has opened stay as they are. */
async function refresh() {
	if (document.hidden) return;
	const answer = await fetch(location.href).catch(() => undefined);
	document.body.classList.toggle('gone', !answer?.ok);
	if (!answer?.ok) return;
	const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
	document.title = fresh.title;
	for (const part of document.querySelectorAll('[data-live]')) {
		const now = fresh.getElementById(part.id);
		if (now === null || now.innerHTML === part.seen) continue;
		part.seen = now.innerHTML;
		for (const opened of part.querySelectorAll('details[open]')) {
			now.querySelector(`#${opened.id}`)?.replaceWith(opened);
		}
		part.replaceChildren(...now.childNodes);
	}
}

document.addEventListener(
	'toggle',
	async ({ target }) => {
		const body = target.querySelector('.body');
		if (!target.open || body.childElementCount > 0) return;
		const answer = await fetch(`/calls/${target.dataset.call}`);
		const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
		body.replaceChildren(...page.querySelector('.bodies').childNodes);
	},
	// It does not bubble.
	true,
);

setInterval(refresh, EVERY);
