/** Records of which one is kept. */
export interface DuplicateCluster {
	/** Line of the file, or place of the item, of the record that is kept. */
	kept: number;
	/** Records of the cluster, the kept one among them. */
	size: number;
	/** The first ones that are left out. */
	duplicates: Array<{ place: number; similarity: number }>;
}

export interface ClusterList {
	clusters: number;
	largestCluster: number;
	clusterList: DuplicateCluster[];
	clustersNotListed: number;
}

const MAX_DUPLICATES_LISTED = 10;

/**
 * The largest clusters.
 *
 * @param keepers for each record the index of the one that stays in its place; negative for those that stay
 */
export function listClusters(
	keepers: Int32Array,
	maxClusters: number,
	placeOf: (index: number) => number,
	similarityOf: (index: number) => number,
): ClusterList {
	const duplicates = new Int32Array(keepers.length);
	for (const keeper of keepers) if (keeper >= 0) duplicates[keeper]++;
	const kept: number[] = [];
	duplicates.forEach((count, index) => {
		if (count > 0) kept.push(index);
	});
	kept.sort((a, b) => duplicates[b] - duplicates[a] || a - b);
	const listed = new Map<number, DuplicateCluster>();
	for (const index of kept.slice(0, maxClusters))
		listed.set(index, { kept: placeOf(index), size: duplicates[index] + 1, duplicates: [] });
	keepers.forEach((keeper, index) => {
		const cluster = keeper >= 0 ? listed.get(keeper) : undefined;
		if (cluster && cluster.duplicates.length < MAX_DUPLICATES_LISTED)
			cluster.duplicates.push({ place: placeOf(index), similarity: similarityOf(index) });
	});
	return {
		clusters: kept.length,
		largestCluster: kept.length === 0 ? 0 : duplicates[kept[0]] + 1,
		clusterList: [...listed.values()],
		clustersNotListed: kept.length - listed.size,
	};
}
