/** Record ids of 18 characters: 15 that tell upper from lower case, and 3 that say the same without. */
export function recordId(prefix: string, number: number): string {
	const short = `${prefix}5e000000${number.toString(36).toUpperCase().padStart(4, '0')}`;
	return short + suffixOf(short);
}

/** https://help.salesforce.com/s/articleView?id=000385585 */
function suffixOf(short: string): string {
	return [0, 5, 10]
		.map((start) => {
			const bits = [...short.slice(start, start + 5)].map((letter, index) =>
				/[A-Z]/.test(letter) ? 2 ** index : 0,
			);
			return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'[bits.reduce<number>((sum, bit) => sum + bit, 0)];
		})
		.join('');
}
