import type { Finding } from './types';

/**
 * A list of findings that cannot grow without bound: counts all of them by code, keeps at most `max`,
 * and of each code at least the first while there is room for one of each.
 */
export class FindingList {
	readonly counts: Record<string, number> = Object.create(null) as Record<string, number>;

	errors = 0;

	warnings = 0;

	leftOut = 0;

	private readonly kept = new Map<string, Finding[]>();

	private size = 0;

	constructor(private readonly max: number) {}

	add(finding: Finding): void {
		this.counts[finding.code] = (this.counts[finding.code] ?? 0) + 1;
		if (finding.severity === 'error') this.errors++;
		if (finding.severity === 'warning') this.warnings++;
		if (this.size >= this.max && !this.makeRoomFor(finding.code)) {
			this.leftOut++;
			return;
		}
		const same = this.kept.get(finding.code);
		if (same) same.push(finding);
		else this.kept.set(finding.code, [finding]);
		this.size++;
	}

	/** The findings kept: those about the whole file first, then by line. */
	list(): Finding[] {
		return [...this.kept.values()].flat().sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
	}

	/** A code not seen yet takes the place of the last finding of the code that has most of them. */
	private makeRoomFor(code: string): boolean {
		if (this.kept.has(code)) return false;
		let largest: Finding[] = [];
		for (const findings of this.kept.values()) {
			if (findings.length > largest.length) largest = findings;
		}
		if (largest.length < 2) return false;
		largest.pop();
		this.size--;
		this.leftOut++;
		return true;
	}
}
