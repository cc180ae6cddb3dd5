export interface SeenRequest {
	method: string;
	/** With the query, without host, headers or body: nothing secret is kept. */
	path: string;
	status: number | null;
	/** How a fault met it, if one did. */
	fault?: string;
}

/** The last requests, and how often each route was asked. */
export class RequestLog {
	private readonly recent: SeenRequest[] = [];
	private readonly counts = new Map<string, number>();

	constructor(private readonly kept = 500) {}

	add(request: SeenRequest): SeenRequest {
		this.recent.push(request);
		if (this.recent.length > this.kept) this.recent.shift();
		const route = `${request.method} ${request.path.split('?')[0]}`;
		if (this.counts.has(route) || this.counts.size < 5000) {
			this.counts.set(route, (this.counts.get(route) ?? 0) + 1);
		}
		return request;
	}

	show() {
		return { counts: Object.fromEntries(this.counts), recent: [...this.recent] };
	}

	clear(): void {
		this.recent.length = 0;
		this.counts.clear();
	}
}
