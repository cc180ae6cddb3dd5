import type { Cluster, ClusterOptions } from './clusters';
import { TextComparison } from './textComparison';

/** Bytes of leaders' texts that are in memory together. */
const HELD_BYTES = 16 * 1024 * 1024;

interface LedCluster {
	cluster: Cluster;
	leader: number;
	/** Normalised text of the leader while it is in memory. */
	text?: Buffer;
	/** Members still to be compared with the leader. */
	waiting: number;
	/** Those that are not like it. */
	unlike: number[];
}

/** Compares every member of large clusters with the best one, in as many readings as memory asks for. */
export class LeaderRound {
	private readonly comparison: TextComparison;

	private readonly led = new Map<number, LedCluster>();

	private readonly pending: Set<LedCluster>;

	private heldBytes = 0;

	/** 1 for texts that are still needed. */
	private readonly wanted: Uint8Array;

	constructor(
		private readonly roots: Int32Array,
		clusters: Map<number, Cluster>,
		private readonly options: ClusterOptions,
	) {
		this.comparison = new TextComparison(options.threshold);
		this.wanted = new Uint8Array(clusters.size > 0 ? roots.length : 0);
		for (const [root, cluster] of clusters) {
			const { members } = cluster;
			for (const index of members) this.wanted[index] = 1;
			const leader = members.reduce((best, index) =>
				options.prefer(index, best) > 0 ? index : best,
			);
			this.led.set(root, { cluster, leader, waiting: members.length - 1, unlike: [] });
		}
		this.pending = new Set(this.led.values());
	}

	/** The members that were not like their leader, where there are at least two of them. */
	async run(): Promise<Map<number, Cluster>> {
		while (this.pending.size > 0) {
			const before = this.progress();
			await this.options.readTexts(
				(index) => this.wanted[index] === 1,
				(index, text) => this.take(index, text),
			);
			// A source that reads differently from one time to the next must not keep us here for ever.
			if (this.progress() === before) break;
		}
		const rest = new Map<number, Cluster>();
		for (const [root, { cluster, unlike }] of this.led) {
			if (unlike.length > 1) rest.set(root, { members: unlike, rounds: cluster.rounds + 1 });
		}
		return rest;
	}

	private progress(): string {
		return `${this.pending.size} ${this.heldBytes}`;
	}

	private take(index: number, text: string): void {
		const led = this.led.get(this.roots[index]);
		if (!led) return;
		if (index === led.leader) this.hold(led, index, text);
		else if (led.text) this.compare(led, led.text, index, text);
	}

	private hold(led: LedCluster, index: number, text: string): void {
		if (led.text) return;
		const bytes = this.comparison.normalise(text);
		if (this.heldBytes > 0 && this.heldBytes + bytes.length > HELD_BYTES) return;
		led.text = Buffer.from(bytes);
		this.heldBytes += bytes.length;
		this.wanted[index] = 0;
	}

	private compare(led: LedCluster, leader: Buffer, index: number, text: string): void {
		const bytes = this.comparison.normalise(text);
		const similarity = this.comparison.similarity(leader, bytes);
		if (similarity >= this.options.threshold)
			this.options.onDuplicate(index, led.leader, similarity, leader.equals(bytes));
		else led.unlike.push(index);
		this.wanted[index] = 0;
		if (--led.waiting > 0) return;
		this.heldBytes -= leader.length;
		led.text = undefined;
		this.pending.delete(led);
	}
}
