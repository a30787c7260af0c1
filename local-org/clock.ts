/** What time it is for everything in an org: it runs with the machine's, or with the one given, until it is moved. */
export class Clock {
	private ahead = 0;
	private stoppedAt: number | undefined;

	/** `source` is what it runs with. */
	constructor(private readonly source: () => Date = () => new Date()) {}

	/** The org's time. */
	now(): Date {
		return new Date(this.stoppedAt ?? this.source().getTime() + this.ahead);
	}

	/** Moves it forward by so many milliseconds, or back by a negative number. */
	advance(ms: number): void {
		this.set(new Date(this.now().getTime() + ms));
	}

	/** Makes it this moment. It goes on from there, unless it is stopped. */
	set(moment: Date): void {
		if (this.stoppedAt !== undefined) this.stoppedAt = moment.getTime();
		else this.ahead = moment.getTime() - this.source().getTime();
	}

	/** Stops it, at this moment when one is given: what is written from now on has one time. */
	stop(moment: Date = this.now()): void {
		this.stoppedAt = moment.getTime();
	}

	/** Lets a stopped one go on from where it stands. */
	start(): void {
		if (this.stoppedAt === undefined) return;
		this.ahead = this.stoppedAt - this.source().getTime();
		this.stoppedAt = undefined;
	}
}

const SECOND = 1000;

/**
 * A moment as records keep it. Salesforce keeps no fraction of a second and cuts it off, in stamps and in date-times
 * that are written (salesforce.stackexchange 234824; frombelvideres4thfloor, Last Modified Date rounding).
 */
export const toSecond = (moment: Date): string =>
	new Date(Math.floor(moment.getTime() / SECOND) * SECOND).toISOString();
