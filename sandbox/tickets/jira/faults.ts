/** What goes wrong, in ways that only Jira's API has, on top of the faults of any server. */
import { type Fault, Faults } from '../../server/faults';

export interface JiraFault extends Fault {
	/** Lets this many matching requests through first. */
	after?: number;
	/** `emptyPage` sends a page of a search without issues; `repeatedToken` the page token that was sent. */
	search?: 'emptyPage' | 'repeatedToken';
}

export class JiraFaults {
	private readonly plain = new Faults();

	private waiting: Array<{ fault: JiraFault; left: number }> = [];

	add(fault: JiraFault): void {
		this.waiting.push({ fault, left: fault.after ?? 0 });
	}

	/** The fault that a request meets. */
	take(method: string, url: string): JiraFault | undefined {
		for (const entry of [...this.waiting]) {
			const { fault } = entry;
			const fits =
				(!fault.method || fault.method === method) && new RegExp(fault.path ?? '').test(url);
			if (!fits) continue;
			if (entry.left-- > 0) continue;
			if (fault.search) return this.used(entry);
			const { after: _after, ...rest } = fault;
			this.waiting.splice(this.waiting.indexOf(entry), 1);
			this.plain.add(rest);
		}
		return this.plain.take(method, url);
	}

	private used(entry: { fault: JiraFault; left: number }): JiraFault {
		const times = (entry.fault.times ?? 1) - 1;
		entry.left = 0;
		entry.fault = { ...entry.fault, times };
		if (times <= 0) this.waiting.splice(this.waiting.indexOf(entry), 1);
		return entry.fault;
	}
}
