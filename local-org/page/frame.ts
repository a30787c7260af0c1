import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ApiResponse } from '../http';
import { Html, html } from './html';

/** What stands beside this file, for the browser. */
const own = (name: string): Html => new Html(readFileSync(join(__dirname, name), 'utf8'));

/** A whole page. Whatever in it has `data-live` and an ID is kept up to date while the page is open. */
export function page(title: string, content: Html): ApiResponse {
	const { text } = html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width" />
				<link rel="icon" href="data:," />
				<title>${title}</title>
				<style>
					${own('style.css')}
				</style>
			</head>
			<body>
				<main>${content}</main>
				<script type="module">
					${own('browser.js')};
				</script>
			</body>
		</html>`;
	return { status: 200, contentType: 'text/html; charset=UTF-8', text };
}
