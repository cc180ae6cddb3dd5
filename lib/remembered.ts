/** Values that cost much to read and are asked for again and again, e.g. by each request of a burst. */

const LIFETIME_MS = 30_000;
const MAX_ENTRIES = 100;
const MS_BETWEEN_RENEWALS = 1_000;

interface Entry<T> {
	/** Milliseconds since the epoch, as all times here. */
	readAt: number;
	renewedAt: number;
	value: Promise<T>;
}

/** Remembers for half a minute, a hundred at most; what could not be read is not remembered. */
export class Remembered<T> {
	/** Oldest first. */
	private readonly entries = new Map<string, Entry<T>>();

	/**
	 * Judges by the remembered value, or by one that is read now; callers of the same moment share one reading. A value
	 * in which a fault is found may have been changed since: it is read again before that is said, but only once a
	 * second, so that faults which others send on purpose do not cost a reading each.
	 *
	 * @param id - of the value; without one nothing is remembered
	 * @param now - milliseconds since the epoch
	 * @param faultOf - what speaks against the caller by this value; undefined where nothing does
	 * @throws what `read` throws, when there is nothing remembered to go by
	 */
	async faultBy(
		id: string | undefined,
		now: number,
		read: () => Promise<T>,
		faultOf: (value: T) => string | undefined,
	): Promise<string | undefined> {
		if (id === undefined) return faultOf(await read());
		const entry = this.entries.get(id);
		if (!entry || isApart(now, entry.readAt, LIFETIME_MS)) {
			return faultOf(await this.readFirst(id, now, read));
		}
		const { value } = entry;
		const fault = faultOf(await value);
		if (fault === undefined) return undefined;
		if (entry.value === value) renew(entry, now, read);
		// Where it is another now, this call or one of the same moment has read it again.
		return entry.value === value ? fault : faultOf(await entry.value);
	}

	private async readFirst(id: string, now: number, read: () => Promise<T>): Promise<T> {
		const renewedAt = this.entries.get(id)?.renewedAt ?? -Infinity;
		const entry: Entry<T> = { readAt: now, renewedAt, value: read() };
		this.entries.delete(id);
		this.entries.set(id, entry);
		this.dropOldest(now);
		return await entry.value.catch(async (cause: unknown) => {
			if (this.entries.get(id) === entry) this.entries.delete(id);
			return await Promise.reject(cause as Error);
		});
	}

	private dropOldest(now: number): void {
		for (const [id, { readAt }] of this.entries) {
			const isOld = isApart(now, readAt, LIFETIME_MS);
			if (!isOld && this.entries.size <= MAX_ENTRIES) return;
			this.entries.delete(id);
		}
	}
}

/** Lives no longer for it: otherwise a value that cannot be read any more could be kept alive from outside. */
function renew<T>(entry: Entry<T>, now: number, read: () => Promise<T>): void {
	if (!isApart(now, entry.renewedAt, MS_BETWEEN_RENEWALS)) return;
	const before = entry.value;
	entry.renewedAt = now;
	entry.value = read().catch(async () => await before);
}

/** Either way: clocks are set back. */
function isApart(now: number, time: number, atLeastMs: number): boolean {
	return Math.abs(now - time) >= atLeastMs;
}
