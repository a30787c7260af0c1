import type { ApiResponse } from '../http';
import type { Org } from '../org';
import type { LoggedCall, ShownBody } from './callLog';
import { page } from './frame';
import { counted, html } from './html';
import type { Html } from './html';

/** Where a path, a query or a body names an object. */
const NAMED = [/\/sobjects\/(\w+)/g, /\bFROM\s+(\w+)/gi, /"(?:type|object)"\s*:\s*"(\w+)"/g];

/** An address as people read it; one that cannot be decoded stays as it is. */
function readable(path: string): string {
	try {
		return decodeURIComponent(path.replaceAll('+', ' '));
	} catch {
		return path;
	}
}

/** The API names of the objects that a call names. */
export function objectsOf(org: Org, { path, request }: LoggedCall): Set<string> {
	const text = `${readable(path)}\n${'shown' in request ? String(request.shown) : ''}`;
	const names = NAMED.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name));
	return new Set(names.flatMap((name) => org.catalog.known(name).map((object) => object.name)));
}

/** How long a call took; whoever listens for changes waits minutes. */
function duration(milliseconds: number): string {
	return milliseconds < 10_000 ? `${Math.round(milliseconds)} ms` : `${Math.round(milliseconds / 1_000)} s`;
}

/** One call, whose bodies come when it is opened. */
export function callRow({ number, at, milliseconds, method, path, status, records }: LoggedCall): Html {
	const well = status >= 200 && status < 400;
	return html`<details id="call-${number}" data-call="${number}">
		<summary>
			<span class="aside faint">${at.toTimeString().slice(0, 8)}</span>
			<span>${method}</span>
			<code class="path">${readable(path).replace('/services/data', '')}</code>
			<span class="${well ? 'good' : 'bad'}">${status === 0 ? 'cut' : status}</span>
			<span class="aside number">${records === undefined ? '' : counted(records, 'record')}</span>
			<span class="aside number faint">${duration(milliseconds)}</span>
		</summary>
		<div class="body"></div>
	</details>`;
}

/** A call with what was sent and answered. */
export function callPage(call: LoggedCall): ApiResponse {
	return page(
		`Call ${call.number}`,
		html`<h1>${call.method} <code>${readable(call.path)}</code></h1>
			<p><a href="/">All calls</a></p>
			<section class="bodies">
				<h3>Request</h3>
				${body(call.request)}
				<h3>Answer: ${call.status || 'cut'}</h3>
				${body(call.response)}
			</section>`,
	);
}

function body(one: ShownBody): Html {
	if ('notShown' in one) return html`<p>${one.notShown}</p>`;
	if (one.shown === '') return html`<p>Empty.</p>`;
	return html`<pre>${pretty(one.shown)}</pre>`;
}

/** JSON over several lines; other text as it is. */
function pretty(shown: unknown): string {
	if (typeof shown !== 'string') return JSON.stringify(shown, null, 2);
	try {
		return JSON.stringify(JSON.parse(shown), null, 2);
	} catch {
		return shown;
	}
}
