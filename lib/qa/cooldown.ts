import type { Surroundings } from '../http/types';

/** A pause that everybody keeps once one of them was told that there were too many requests. */
export class Cooldown {
	private until = 0;

	constructor(private readonly surroundings: Pick<Surroundings, 'sleep' | 'now'>) {}

	/** Nobody goes on for as many milliseconds from now; a longer pause that is on stays. */
	begin(ms: number): void {
		this.until = Math.max(this.until, this.surroundings.now() + ms);
	}

	/** Resolves when no pause is on, also none that began in the meantime. */
	async over(): Promise<void> {
		const { sleep, now } = this.surroundings;
		for (let wait = this.until - now(); wait > 0; wait = this.until - now()) await sleep(wait);
	}
}
