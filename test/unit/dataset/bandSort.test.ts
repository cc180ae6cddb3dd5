import fc from 'fast-check';

import { BAND_HASH_BITS, BandSort, NO_BAND_HASH } from '../../../lib/dataset/bandSort';

describe('BandSort', () => {
	test('orders by hash and index, without those that are left out, time after time', () => {
		const hash = fc.oneof(fc.constant(NO_BAND_HASH), fc.nat(3), fc.nat(2 ** BAND_HASH_BITS - 1));
		fc.assert(
			fc.property(
				fc
					.nat(60)
					.chain((texts) =>
						fc.array(fc.array(hash, { minLength: texts, maxLength: texts }), { maxLength: 4 }),
					),
				(rounds) => {
					const texts = rounds[0]?.length ?? 0;
					const bands = new BandSort(texts, new Int32Array(2 * texts));
					for (const hashes of rounds) {
						bands.sort(Int32Array.from(hashes));
						const expected = hashes
							.map((_, index) => index)
							.filter((index) => hashes[index] !== NO_BAND_HASH)
							.sort((a, b) => hashes[a] - hashes[b] || a - b);
						expect([...bands.order.subarray(0, bands.length)]).toEqual(expected);
					}
				},
			),
		);
	});
});
