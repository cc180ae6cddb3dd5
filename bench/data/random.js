/** A small seeded generator (mulberry32): the same numbers on every machine and version of Node. */
module.exports = function createRandom(seed) {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	return {
		next,
		/** An integer from `low` to `high`, both included. */
		integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
		pick: (list) => list[Math.floor(next() * list.length)],
		/** Early entries more often than late ones, as with words of a language. */
		pickEarly: (list) => list[Math.floor(list.length * next() ** 2.5)],
		chance: (probability) => next() < probability,
	};
};
