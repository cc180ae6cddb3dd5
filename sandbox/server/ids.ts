import { randomBytes, randomInt } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `length` random letters and digits, the way OpenAI's ids end. */
export function randomLetters(length: number): string {
	return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

export function newId(prefix: string, length = 24): string {
	return prefix + randomLetters(length);
}

export function newRequestId(): string {
	return `req_${randomBytes(16).toString('hex')}`;
}
