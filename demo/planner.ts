import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A move as the planner has it. */
export interface PlannerMove {
	movePlanId: string;
	moveId: string;
	/** ISO 8601; a move without one is due at once. */
	effectiveDate?: string;
	employeeName?: string;
	currentSeat?: string;
	newSeat?: string;
}

/** What became of a move's Case, as the planner is told. */
export interface CaseChange {
	event: 'closed' | 'reopened' | 'reassigned' | 'deleted';
	movePlanId: string;
	moveId: string;
	/** When it was changed, in UTC. */
	at: string;
	record: { Id: string; CaseNumber: string; Status: string };
}

/** Stands for a workplace planner: gives its moves, and takes what became of their Cases. */
export interface Planner {
	/** `http://127.0.0.1:PORT` */
	url: string;
	/** What `/moves` gives; may be changed at any time. */
	moves: PlannerMove[];
	/** What came to `/case-changes`, in order. */
	changes: CaseChange[];
	/** Whether it is away: then it answers 503. */
	isAway: boolean;
	close(): void;
}

/** Starts a planner on this machine, on any free port. */
export async function startPlanner(): Promise<Planner> {
	const planner: Planner = { url: '', moves: [], changes: [], isAway: false, close: () => void server.close() };
	const server = createServer((request, answer) => {
		serve(planner, request, answer).catch((error: unknown) => {
			answer.writeHead(500).end(String(error));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	planner.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return planner;
}

async function serve(planner: Planner, request: IncomingMessage, answer: ServerResponse): Promise<void> {
	answer.setHeader('content-type', 'application/json');
	if (planner.isAway) answer.writeHead(503).end('{}');
	else if (request.method === 'GET' && request.url === '/moves') {
		answer.end(JSON.stringify({ moves: planner.moves }));
	} else if (request.method === 'POST' && request.url === '/case-changes') {
		const pieces: Buffer[] = [];
		for await (const piece of request) pieces.push(piece as Buffer);
		const { changes } = JSON.parse(Buffer.concat(pieces).toString()) as { changes: CaseChange[] };
		planner.changes.push(...changes);
		answer.end('{}');
	} else {
		answer.writeHead(404).end('{}');
	}
}
