import type { FingerprintIndex } from '../fingerprint';
import { LeaderRound } from './leaderRound';
import { WholeClusters } from './wholeClusters';

/** What the texts of the clusters are compared by. */
export interface ClusterOptions {
	threshold: number;
	/** Fingerprints of the texts, to tell which pairs are worth an exact comparison. */
	index: FingerprintIndex;
	/** Which of two texts is to stay: a positive number for the first one. */
	prefer(a: number, b: number): number;
	/** Reads the texts of some indices, in order. */
	readTexts(
		isWanted: (index: number) => boolean,
		visit: (index: number, text: string) => void | Promise<void>,
	): Promise<void>;
	/** Called for each text that is a duplicate of one that stays. */
	onDuplicate(index: number, leader: number, similarity: number, isExact: boolean): void;
	/** Lets other work run. */
	pause?: () => Promise<void>;
}

export interface Cluster {
	members: number[];
	/** Times that its best text has been compared with all others without holding them. */
	rounds: number;
}

/** Times a cluster that does not fit into memory is gone through with another one of its texts in the lead. */
const MAX_ROUNDS = 8;

/**
 * Decides in clusters of probably similar texts which of them stay, such that every text that goes is, by its own
 * exact Jaccard similarity, a duplicate of one that stays. The best text of a cluster stays, those like it go; of the
 * others the best stays next. Bounded memory: reads the texts again as often as it has to, usually once.
 *
 * @param roots for each text the smallest index of its cluster
 */
export async function settleClusters(roots: Int32Array, options: ClusterOptions): Promise<void> {
	let clusters = clustersOf(roots);
	const clustered = clusters;
	options.index.keepOnly((index) => clustered.has(roots[index]));
	while (clusters.size > 0) {
		const large = await new WholeClusters(roots, clusters, options).settle();
		clusters = await new LeaderRound(roots, large, options).run();
		for (const [root, { rounds }] of clusters) if (rounds >= MAX_ROUNDS) clusters.delete(root);
	}
}

function clustersOf(roots: Int32Array): Map<number, Cluster> {
	const sizes = new Int32Array(roots.length);
	for (const root of roots) sizes[root]++;
	const clusters = new Map<number, Cluster>();
	roots.forEach((root, index) => {
		if (sizes[root] < 2) return;
		const cluster = clusters.get(root);
		if (cluster) cluster.members.push(index);
		else clusters.set(root, { members: [index], rounds: 0 });
	});
	return clusters;
}
