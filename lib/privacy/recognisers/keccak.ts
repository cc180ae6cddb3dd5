const LANES = 25;
const RATE_BYTES = 136;
const MASK = (1n << 64n) - 1n;
const ROTATIONS = [
	0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14,
];
const ROUNDS = roundConstants();

/**
 * Keccak-256 with the padding from before SHA-3, as Ethereum uses it (EIP-55); Node's own hashes do not have it.
 * For short inputs: one block of up to 135 bytes.
 */
export function keccak256(input: Uint8Array): Buffer {
	const block = Buffer.alloc(RATE_BYTES);
	block.set(input.subarray(0, RATE_BYTES - 1));
	block[Math.min(input.length, RATE_BYTES - 1)] ^= 0x01;
	block[RATE_BYTES - 1] ^= 0x80;
	let state: bigint[] = new Array<bigint>(LANES).fill(0n);
	for (let lane = 0; lane < RATE_BYTES / 8; lane++) state[lane] = block.readBigUInt64LE(lane * 8);
	for (const constant of ROUNDS) state = round(state, constant);
	const digest = Buffer.alloc(32);
	for (let lane = 0; lane < 4; lane++) digest.writeBigUInt64LE(state[lane], lane * 8);
	return digest;
}

function round(state: bigint[], constant: bigint): bigint[] {
	const columns = [0, 1, 2, 3, 4].map(
		(x) => state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20],
	);
	const mixed = state.map(
		(lane, at) => lane ^ columns[(at + 4) % 5] ^ rotate(columns[(at + 1) % 5], 1),
	);
	const moved: bigint[] = new Array<bigint>(LANES).fill(0n);
	for (let y = 0; y < 5; y++)
		for (let x = 0; x < 5; x++)
			moved[y + 5 * ((2 * x + 3 * y) % 5)] = rotate(mixed[x + 5 * y], ROTATIONS[x + 5 * y]);
	const next = moved.map((lane, at) => {
		const row = at - (at % 5);
		return lane ^ (~moved[row + ((at + 1) % 5)] & MASK & moved[row + ((at + 2) % 5)]);
	});
	next[0] ^= constant;
	return next;
}

function rotate(lane: bigint, by: number): bigint {
	const shift = BigInt(by);
	return ((lane << shift) | (lane >> (64n - shift))) & MASK;
}

/** The constants come from a shift register (FIPS 202, algorithm 5). */
function roundConstants(): bigint[] {
	let register = 1;
	const constants: bigint[] = [];
	for (let number = 0; number < 24; number++) {
		let constant = 0n;
		for (let bit = 0; bit < 7; bit++) {
			if ((register & 1) !== 0) constant |= 1n << ((1n << BigInt(bit)) - 1n);
			register <<= 1;
			if ((register & 0x100) !== 0) register ^= 0x171;
		}
		constants.push(constant);
	}
	return constants;
}
