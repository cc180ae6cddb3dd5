import type { Cluster, ClusterOptions } from './clusters';
import { TextComparison } from './textComparison';

/** Bytes of texts that are in memory together. */
const HELD_BYTES = 16 * 1024 * 1024;
/** Texts that stay which another one of the cluster is compared with: by their fingerprints, and exactly. */
const MAX_ESTIMATES = 2000;
const MAX_COMPARISONS = 8;
const PAUSE_AFTER_MS = 25;

/** Members with the same normalised text. */
interface Group {
	/** The one of them that is preferred. */
	best: number;
	members: number[];
	text: Buffer;
}

interface OpenCluster {
	root: number;
	/** Members not read yet. */
	waiting: number;
	bytes: number;
	groups: Map<number, Group>;
}

/**
 * Settles clusters whose texts fit into memory: each text is compared with those that stay. A cluster is held from its
 * first to its last text; those that find no room wait for the next reading.
 */
export class WholeClusters {
	private readonly comparison: TextComparison;

	/** 1 for the members of clusters that are not settled. */
	private readonly isMember: Uint8Array;

	private readonly unsettled: Map<number, Cluster>;

	/** Clusters of the present reading, by root. */
	private open = new Map<number, OpenCluster>();

	/** 1 for the roots of clusters that are settled, or have to wait for the next reading. */
	private given = new Uint8Array(0);

	private heldBytes = 0;

	private since = performance.now();

	constructor(
		private readonly roots: Int32Array,
		clusters: Map<number, Cluster>,
		private readonly options: ClusterOptions,
	) {
		this.comparison = new TextComparison(options.threshold);
		this.unsettled = new Map(clusters);
		this.isMember = new Uint8Array(roots.length);
		for (const { members } of clusters.values())
			for (const index of members) this.isMember[index] = 1;
	}

	/** Gives those that do not fit. */
	async settle(): Promise<Map<number, Cluster>> {
		const large = new Map<number, Cluster>();
		while (this.unsettled.size > 0) {
			const before = this.unsettled.size;
			this.openAll();
			await this.options.readTexts(
				(index) => this.isMember[index] === 1 && this.given[this.roots[index]] === 0,
				async (index, text) => await this.take(index, text, large),
			);
			// A source that reads differently from one time to the next must not keep us here for ever.
			if (this.unsettled.size === before) break;
		}
		return large;
	}

	private openAll(): void {
		this.heldBytes = 0;
		this.open = new Map();
		this.given = new Uint8Array(this.roots.length);
	}

	private openFor(root: number): OpenCluster | undefined {
		const open = this.open.get(root);
		if (open || this.given[root] === 1) return open;
		const cluster = this.unsettled.get(root);
		if (!cluster) return undefined;
		const opened = { root, waiting: cluster.members.length, bytes: 0, groups: new Map() };
		this.open.set(root, opened);
		return opened;
	}

	private async take(index: number, text: string, large: Map<number, Cluster>): Promise<void> {
		const open = this.openFor(this.roots[index]);
		if (!open) return;
		if (!this.join(open, index, this.comparison.normalise(text))) {
			this.close(open);
			// Only one that takes most of the room is too large; another one has a chance in the next reading.
			if (open.bytes < HELD_BYTES / 2) return;
			large.set(open.root, this.unsettled.get(open.root)!);
			this.unsettled.delete(open.root);
			return;
		}
		open.waiting--;
		if (open.waiting > 0) return;
		await this.decide([...open.groups.values()]);
		this.close(open);
		this.unsettled.delete(open.root);
	}

	/** False when there is no room for the text. */
	private join(open: OpenCluster, index: number, bytes: Buffer): boolean {
		const exactRoot = this.options.index.exactRootOf(index);
		const group = open.groups.get(exactRoot);
		if (group?.text.equals(bytes)) {
			group.members.push(index);
			if (this.options.prefer(index, group.best) > 0) group.best = index;
			return true;
		}
		if (open.bytes > 0 && this.heldBytes + bytes.length > HELD_BYTES) return false;
		// Two texts of one hash: as unlikely as it is, the second one gets a group of its own.
		const name = group ? -1 - index : exactRoot;
		open.groups.set(name, { best: index, members: [index], text: copyOf(bytes) });
		open.bytes += bytes.length;
		this.heldBytes += bytes.length;
		return true;
	}

	private close(open: OpenCluster): void {
		this.heldBytes -= open.bytes;
		this.open.delete(open.root);
		this.given[open.root] = 1;
	}

	/** The best text stays, those like it go, and so on with the others. */
	private async decide(groups: Group[]): Promise<void> {
		const { prefer, onDuplicate } = this.options;
		groups.sort((a, b) => prefer(b.best, a.best));
		const staying: Group[] = [];
		for (const group of groups) {
			const found = this.findLike(group, staying);
			if (!found) staying.push(group);
			const leader = found ? found.group.best : group.best;
			for (const index of group.members)
				if (index !== leader) onDuplicate(index, leader, found?.similarity ?? 1, !found);
			await this.rest();
		}
	}

	private findLike(
		group: Group,
		staying: Group[],
	): { group: Group; similarity: number } | undefined {
		const { index, threshold } = this.options;
		if (threshold >= 1) return undefined;
		let comparisons = 0;
		for (let at = Math.max(0, staying.length - MAX_ESTIMATES); at < staying.length; at++) {
			const other = staying[at];
			if (!index.mayBeSimilar(group.members[0], other.members[0])) continue;
			const similarity = this.comparison.similarity(other.text, group.text);
			if (similarity >= threshold) return { group: other, similarity };
			if (++comparisons >= MAX_COMPARISONS) return undefined;
		}
		return undefined;
	}

	private async rest(): Promise<void> {
		if (!this.options.pause || performance.now() - this.since < PAUSE_AFTER_MS) return;
		await this.options.pause();
		this.since = performance.now();
	}
}

/** Memory of its own: a part of a shared block would keep all of that block. */
function copyOf(bytes: Buffer): Buffer {
	const copy = Buffer.allocUnsafeSlow(bytes.length);
	bytes.copy(copy);
	return copy;
}
