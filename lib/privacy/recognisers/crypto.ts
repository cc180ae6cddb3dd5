import { createHash } from 'crypto';
import type { Report } from '../types';
import { keccak256 } from './keccak';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BASE58_FORM = /^[13][1-9A-HJ-NP-Za-km-z]{25,34}$/;
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const BECH32_FORM = /^(?:bc1[ac-hj-np-z02-9]{11,71}|BC1[AC-HJ-NP-Z02-9]{11,71})$/;
const ETHEREUM_FORM = /^0x[\da-fA-F]{40}$/;
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** Hashes are dear: in a text with more candidates than this, the form is enough. */
const MAX_CHECKS = 500;

/** How many checksums were computed in one text. */
export interface CheckCount {
	count: number;
}

/** Bitcoin (base58check, bech32, bech32m) and Ethereum addresses (EIP-55 where the case says something). */
export function reportCrypto(
	code: string,
	start: number,
	checks: CheckCount,
	report: Report,
): void {
	if (code.length < 14 || code.length > 90) return;
	const check = checkOf(code);
	if (check && (checks.count++ >= MAX_CHECKS || check()))
		report(start, start + code.length, 'crypto', 1, true);
}

function checkOf(code: string): (() => boolean) | undefined {
	if (BASE58_FORM.test(code)) return () => isBase58Check(code);
	if (BECH32_FORM.test(code)) return () => isBech32(code.toLowerCase());
	if (ETHEREUM_FORM.test(code)) return () => isEthereum(code.slice(2));
	return undefined;
}

/** Version, 20 bytes, and the first four bytes of their double SHA-256. */
function isBase58Check(code: string): boolean {
	const bytes = new Uint8Array(25);
	for (let place = 0; place < code.length; place++) {
		let carry = BASE58.indexOf(code[place]);
		for (let at = bytes.length - 1; at >= 0; at--) {
			carry += bytes[at] * 58;
			bytes[at] = carry & 0xff;
			carry >>= 8;
		}
		if (carry !== 0) return false;
	}
	if (bytes[0] !== 0 && bytes[0] !== 5) return false;
	const hash = sha256(sha256(bytes.subarray(0, 21)));
	return [0, 1, 2, 3].every((at) => hash[at] === bytes[21 + at]);
}

function sha256(bytes: Uint8Array): Uint8Array {
	return createHash('sha256').update(bytes).digest();
}

/** BIP 173 and BIP 350. */
function isBech32(code: string): boolean {
	const values = [3, 3, 0, 2, 3];
	for (const character of code.slice(3)) values.push(BECH32.indexOf(character));
	let check = 1;
	for (const value of values) {
		const top = check >>> 25;
		check = ((check & 0x1ffffff) << 5) ^ value;
		GENERATORS.forEach((generator, bit) => {
			if (((top >>> bit) & 1) !== 0) check ^= generator;
		});
	}
	return check === 1 || check === 0x2bc830a3;
}

function isEthereum(hex: string): boolean {
	const lower = hex.toLowerCase();
	if (hex === lower || hex === hex.toUpperCase()) return true;
	const hash = keccak256(Buffer.from(lower, 'ascii')).toString('hex');
	return [...hex].every((character, at) => {
		const isUpper = parseInt(hash[at], 16) >= 8;
		return character === (isUpper ? lower[at].toUpperCase() : lower[at]);
	});
}
